// Walks through a history from moment to moment, and gathers what the heap is made of at each.
import type { History, RangeLife } from "./history";
import { NumberSet } from "./number_set";

/** Stretches without payload that another block would fit into, each for as long as it neither grows nor shrinks. */
export interface Holes {
  count: number;
  bottom: Float64Array;
  top: Float64Array;
  born: Float64Array;
  died: Float64Array;
}

/** What the heap is made of; the arrays hold a figure for each moment, in bytes (blocks: how many). */
export interface Sweep {
  heap: Float64Array;
  payload: Float64Array;
  internal: Float64Array;
  blocks: Float64Array;
  overhead: Float64Array; // that one block is taken to have
  holes: Holes; // with that overhead in them
}

interface Gap {
  bottom: number;
  top: number;
  born: number;
}

/** What has grown (the first), or a range of its own. */
interface Part {
  start: number;
  end: number;
  last: Gap;
}

/** An offset at which a block lies at some time; blocks of no bytes have places of their own. */
interface Place {
  offset: number;
  end: number;
  blocks: number;
  hasBytes: boolean;
  part: Part | null;
  below: Gap;
}

export function sweepOf(history: History): Sweep {
  return new Sweeper(history).run();
}

/**
 * Every live block and every part of the heap owns the gap below its offset, or below its end. A block that comes splits
 * the gap of its successor, one that goes gives its own to it. Small gaps are overhead; a hole is overhead up to that of
 * one block, which is taken to be the smallest gap before a live block. driver/history/heap_sweep.h says the same, and
 * the figures are those of the tables.
 */
class Sweeper {
  private readonly places: Place[] = [];
  private readonly placeOf: Uint32Array;
  private readonly taken: NumberSet;
  private readonly parts: Part[];
  private readonly mostOverhead: number;
  private readonly leastHole: number;
  private readonly tight: Uint32Array; // how many gaps before a block are so large
  private readonly bornRanges: Map<number, RangeLife[]>;
  private readonly dyingRanges: Map<number, RangeLife[]>;
  private readonly bottoms: number[] = [];
  private readonly tops: number[] = [];
  private readonly births: number[] = [];
  private readonly deaths: number[] = [];
  private moment = 0;
  private heapBytes = 0;
  private payloadBytes = 0;
  private blocks = 0;
  private smallBytes = 0;
  private holeCount = 0;

  constructor(private readonly history: History) {
    this.mostOverhead = 2 * history.alignment;
    this.leastHole = this.mostOverhead + 16;
    this.tight = new Uint32Array(this.mostOverhead);
    this.placeOf = new Uint32Array(history.lives.count);
    this.rankPlaces();
    this.taken = new NumberSet(this.places.length);
    this.bornRanges = byMoment(history.ranges, (range) => range.born);
    this.dyingRanges = byMoment(history.ranges, (range) => range.died);
    this.parts = [{ start: 0, end: 0, last: { bottom: 0, top: 0, born: 0 } }];
  }

  run(): Sweep {
    const { lives, requests, grown } = this.history;
    const dying = byDeath(lives.died, requests);
    const figures = () => new Float64Array(requests + 1);
    const [heap, payload, internal, blocks, overhead] = [figures(), figures(), figures(), figures(), figures()];
    let birth = 0;
    let death = 0;
    for (; this.moment <= requests; ++this.moment) {
      const now = this.moment;
      for (; death < dying.length && lives.died[dying[death]] === now; ++death) this.remove(dying[death]);
      this.enterParts(grown[now]);
      for (; birth < lives.count && lives.born[birth] === now; ++birth) this.enter(birth);
      overhead[now] = this.overheadBytes();
      heap[now] = this.heapBytes;
      payload[now] = this.payloadBytes;
      internal[now] = this.smallBytes + this.holeCount * overhead[now];
      blocks[now] = this.blocks;
    }
    return { heap, payload, internal, blocks, overhead, holes: this.finish() };
  }

  private rankPlaces(): void {
    const { offset, size, count } = this.history.lives;
    const key = (life: number) => offset[life] * 2 + (size[life] > 0 ? 1 : 0);
    const keys = Float64Array.from({ length: count }, (_, life) => key(life)).sort();
    const rank = new Map<number, number>();
    for (const one of keys) {
      if (rank.has(one)) continue;
      rank.set(one, this.places.length);
      const at = Math.floor(one / 2);
      const below = { bottom: 0, top: 0, born: 0 };
      this.places.push({ offset: at, end: at, blocks: 0, hasBytes: one % 2 === 1, part: null, below });
    }
    for (let life = 0; life < count; ++life) this.placeOf[life] = rank.get(key(life))!;
  }

  private overheadBytes(): number {
    const least = this.tight.findIndex((gaps) => gaps > 0);
    return least < 0 ? this.mostOverhead : least;
  }

  private open(gap: Gap, place: Place | null): void {
    gap.born = this.moment;
    this.count(gap, place, 1);
  }

  private close(gap: Gap, place: Place | null): void {
    this.count(gap, place, -1);
    if (gap.top - gap.bottom < this.leastHole || gap.born === this.moment) return;
    this.bottoms.push(gap.bottom);
    this.tops.push(gap.top);
    this.births.push(gap.born);
    this.deaths.push(this.moment);
  }

  private count(gap: Gap, place: Place | null, sign: 1 | -1): void {
    const bytes = gap.top - gap.bottom;
    if (bytes >= this.leastHole) this.holeCount += sign;
    else this.smallBytes += sign * bytes;
    // An address shared by blocks of no bytes is no sign of blocks without overhead.
    const isTight = place !== null && (bytes > 0 || place.hasBytes);
    if (isTight && bytes < this.mostOverhead) this.tight[bytes] += sign;
  }

  /** The gap that a block at this place splits, or gives its own to, and the block that ends it. */
  private above(number: number, part: Part): [Gap, Place | null] {
    const next = this.taken.atOrAfter(number + 1);
    const place = next < 0 ? null : this.places[next];
    return place !== null && place.part === part ? [place.below, place] : [part.last, null];
  }

  private enter(life: number): void {
    const { offset, size } = this.history.lives;
    this.payloadBytes += size[life];
    ++this.blocks;
    const number = this.placeOf[life];
    const place = this.places[number];
    if (place.blocks++ > 0) return;
    place.end = offset[life] + size[life];
    place.part = this.parts.find((part) => part.start <= offset[life] && place.end <= part.end) ?? this.parts[0];
    const [gap, next] = this.above(number, place.part);
    this.close(gap, next);
    place.below.bottom = gap.bottom;
    place.below.top = offset[life];
    gap.bottom = place.end;
    this.open(place.below, place);
    this.open(gap, next);
    this.taken.insert(number);
  }

  private remove(life: number): void {
    this.payloadBytes -= this.history.lives.size[life];
    --this.blocks;
    const number = this.placeOf[life];
    const place = this.places[number];
    if (--place.blocks > 0 || place.part === null) return;
    const [gap, next] = this.above(number, place.part);
    this.close(place.below, place);
    this.close(gap, next);
    gap.bottom = place.below.bottom;
    this.open(gap, next);
    this.taken.erase(number);
  }

  private enterParts(grown: number): void {
    for (const range of this.dyingRanges.get(this.moment) ?? []) this.removePart(range.offset);
    const heap = this.parts[0];
    if (grown !== heap.end || this.moment === 0) {
      if (this.moment > 0) this.close(heap.last, null);
      this.heapBytes += grown - heap.end;
      heap.end = heap.last.top = grown;
      this.open(heap.last, null);
    }
    for (const range of this.bornRanges.get(this.moment) ?? []) this.addPart(range.offset, range.bytes);
  }

  private addPart(start: number, bytes: number): void {
    const part = { start, end: start + bytes, last: { bottom: start, top: start + bytes, born: 0 } };
    this.parts.push(part);
    this.open(part.last, null);
    this.heapBytes += bytes;
  }

  private removePart(start: number): void {
    const at = this.parts.findIndex((part, i) => i > 0 && part.start === start);
    const [part] = this.parts.splice(at, 1);
    this.close(part.last, null);
    this.heapBytes -= part.end - part.start;
  }

  /** Ends the holes that are left. */
  private finish(): Holes {
    for (let at = this.taken.atOrAfter(0); at >= 0; at = this.taken.atOrAfter(at + 1)) {
      this.close(this.places[at].below, this.places[at]);
    }
    for (const part of this.parts) this.close(part.last, null);
    return {
      count: this.bottoms.length,
      bottom: Float64Array.from(this.bottoms),
      top: Float64Array.from(this.tops),
      born: Float64Array.from(this.births),
      died: Float64Array.from(this.deaths),
    };
  }
}

/** Numbers of lives, by death; a counting sort, because there may be many. */
function byDeath(died: Uint32Array, requests: number): Uint32Array {
  const begin = new Uint32Array(requests + 3);
  for (const moment of died) ++begin[moment + 1];
  for (let i = 1; i < begin.length; ++i) begin[i] += begin[i - 1];
  const order = new Uint32Array(died.length);
  for (let life = 0; life < died.length; ++life) order[begin[died[life]]++] = life;
  return order;
}

function byMoment(ranges: RangeLife[], momentOf: (range: RangeLife) => number): Map<number, RangeLife[]> {
  const found = new Map<number, RangeLife[]>();
  for (const range of ranges) found.set(momentOf(range), [...(found.get(momentOf(range)) ?? []), range]);
  return found;
}
