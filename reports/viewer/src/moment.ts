// What lies where after one request, and what that request did.
import type { History } from "./history";
import type { Sweep } from "./sweep";
import { offsetText, percentOf, plural, requestText, sizeText } from "./words";

export interface Hole {
  bottom: number;
  top: number; // without the overhead of one block, which is taken to lie at its upper end
}

export interface Moment {
  request: number;
  lives: number[]; // of the blocks that are there
  holes: Hole[];
  heap: number; // bytes, as are the following
  payload: number;
  internal: number;
}

/** null when the replay did not come so far. */
export function momentAt(history: History, sweep: Sweep, request: number): Moment | null {
  if (request > history.requests) return null;
  const { born, died, count } = history.lives;
  const lives: number[] = [];
  for (let i = 0; i < count && born[i] <= request; ++i) {
    if (died[i] > request) lives.push(i);
  }
  const holes: Hole[] = [];
  for (let i = 0; i < sweep.holes.count; ++i) {
    if (sweep.holes.born[i] > request || sweep.holes.died[i] <= request) continue;
    holes.push({ bottom: sweep.holes.bottom[i], top: sweep.holes.top[i] - sweep.overhead[request] });
  }
  const [heap, payload, internal] = [sweep.heap[request], sweep.payload[request], sweep.internal[request]];
  return { request, lives, holes, heap, payload, internal };
}

/** In figures what the map shows. */
export function summaryOf(moment: Moment): string {
  const { heap, payload, internal, holes } = moment;
  const largest = holes.reduce((most, hole) => Math.max(most, hole.top - hole.bottom), 0);
  return (
    `after ${requestText(moment.request)} the heap is ${sizeText(heap)}: ` +
    `${plural(moment.lives.length, "block")} with ${percentOf(payload, heap)} % of it, ` +
    `${percentOf(internal, heap)} % inside blocks, ` +
    `${percentOf(heap - payload - internal, heap)} % in holes, the largest ${sizeText(largest)}`
  );
}

/** "places block 3: 100 bytes at +0x050"; empty where the request did nothing to the blocks. */
export function deedOf(history: History, request: number): string {
  const { born, died, block, count } = history.lives;
  let [made, ended] = [-1, -1];
  for (let i = 0; i < count && born[i] <= request; ++i) {
    if (born[i] === request) made = i;
    if (died[i] === request) ended = i;
  }
  if (made < 0 && ended < 0) return "";
  if (made < 0) return `${requestText(request)} frees ${blockText(history, ended)}`;
  const verb = ended >= 0 && block[ended] === block[made] ? "resizes" : "places";
  return `${requestText(request)} ${verb} ${blockText(history, made)}`;
}

export function blockText(history: History, life: number): string {
  const { block, size, offset } = history.lives;
  return `block ${block[life]}: ${sizeText(size[life])} at ${offsetText(offset[life])}`;
}

/** Since when it lies there, and until when. */
export function lifeText(history: History, life: number): string {
  const { born, died } = history.lives;
  const end = died[life] > history.requests ? "to the end" : `until ${requestText(died[life])}`;
  return `${blockText(history, life)}, from ${requestText(born[life])} ${end}`;
}
