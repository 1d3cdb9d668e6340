// What a heap went through, as the report carries it; reports/history_columns.cc writes it and explains the format.
import { type Numbers, numbersOf } from "./numbers";

/** Moment 0 is after mm_init, moment n after request n; what is born with b and dies with d is there at b .. d - 1. */
export interface History {
  alignment: number; // that blocks were held to, in bytes
  requests: number; // answered soundly
  axis: AddressAxis;
  lives: Lives;
  grown: Float64Array; // bytes that mem_sbrk has granted, at each moment
  ranges: RangeLife[]; // that mem_map has handed out
}

/** Blocks at one place and of one size, by birth; a column each. */
export interface Lives {
  count: number;
  born: Uint32Array;
  died: Uint32Array;
  block: Uint32Array;
  offset: Float64Array; // in the heap
  size: Float64Array; // payload bytes
}

export interface RangeLife {
  offset: number;
  bytes: number;
  born: number;
  died: number;
}

/** Heap offsets as heights: where nothing ever lies between what grows and what is mapped, the room is cut out. */
export interface AddressAxis {
  cutAt: number;
  cutBytes: number;
  height: number;
}

export function heightOf(axis: AddressAxis, offset: number): number {
  if (offset >= axis.cutAt + axis.cutBytes) return offset - axis.cutBytes;
  return Math.min(offset, axis.cutAt);
}

export function offsetAt(axis: AddressAxis, height: number): number {
  return height >= axis.cutAt && axis.cutBytes > 0 ? height + axis.cutBytes : height;
}

/** Throws an Error for what is no such data, and where the browser cannot unpack it. */
export async function readHistory(base64: string): Promise<History> {
  return decode(await numbersOf(base64));
}

/** 0, -1, 1, -2, 2 ... are written as 0, 1, 2, 3, 4 ... */
function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

const formatVersion = 1;

function decode(numbers: Numbers): History {
  if (numbers.next() !== formatVersion) throw new Error("the data of the picture are of another version");
  const alignment = numbers.next();
  const requests = numbers.next();
  const axis = { cutAt: numbers.next(), cutBytes: numbers.next(), height: numbers.next() };
  const grown = decodeGrown(numbers, requests + 1);
  const lives = decodeLives(numbers);
  const ranges = decodeRanges(numbers);
  numbers.expectEnd();
  return { alignment, requests, axis, lives, grown, ranges };
}

function decodeGrown(numbers: Numbers, moments: number): Float64Array {
  const grown = new Float64Array(moments);
  let bytes = 0;
  let moment = 0;
  for (let changes = numbers.next(); changes > 0; --changes) {
    const next = moment + numbers.next();
    grown.fill(bytes, moment, next);
    moment = next;
    bytes += signed(numbers.next());
  }
  grown.fill(bytes, moment);
  return grown;
}

function decodeLives(numbers: Numbers): Lives {
  const count = numbers.next();
  const unit = numbers.next();
  let last = 0;
  const born = Uint32Array.from(numbers.column(count), (step) => (last += step));
  const died = Uint32Array.from(numbers.column(count), (time, i) => born[i] + time);
  last = 0;
  const offset = numbers.column(count).map((step) => (last += signed(step) * unit));
  const size = numbers.column(count);
  const block = decodeBlocks(numbers.column(count), born, died);
  return { count, born, died, block, offset, size };
}

function decodeBlocks(steps: Float64Array, born: Uint32Array, died: Uint32Array): Uint32Array {
  const ending = new Map<number, number>(); // the block of a life that ends at this moment
  let next = 0;
  return Uint32Array.from(steps, (step, i) => {
    const resized = ending.get(born[i]);
    const block = (resized ?? next) + signed(step);
    if (resized === undefined) next = block + 1;
    ending.set(died[i], block);
    return block;
  });
}

function decodeRanges(numbers: Numbers): RangeLife[] {
  const ranges: RangeLife[] = [];
  for (let count = numbers.next(); count > 0; --count) {
    const born = numbers.next();
    const died = born + numbers.next();
    ranges.push({ born, died, offset: numbers.next(), bytes: numbers.next() });
  }
  return ranges;
}
