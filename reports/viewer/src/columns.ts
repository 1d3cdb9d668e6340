// How the heap's figures go over the requests of a window, in so many columns.
import type { Sweep } from "./sweep";
import type { Span } from "./state";

/** A figure for each column. Means add up: payload + internal + external = heap. */
export interface Columns {
  first: number[]; // request of each
  end: number; // after the last request of the last
  mostHeap: number[];
  mostPayload: number[];
  mostBlocks: number[];
  payload: number[]; // mean
  internal: number[]; // mean
  heap: number[]; // mean
}

/** Each stands for as many requests as the others, give or take one. Empty where the sweep has none of them. */
export function columnsOf(sweep: Sweep, window: Span, most: number): Columns {
  const columns: Columns = {
    first: [],
    end: Math.min(window.last + 1, sweep.heap.length),
    mostHeap: [],
    mostPayload: [],
    mostBlocks: [],
    payload: [],
    internal: [],
    heap: [],
  };
  const requests = Math.max(0, columns.end - window.first);
  const count = Math.min(requests, most);
  for (let i = 0; i < count; ++i) {
    const begin = window.first + Math.floor((i * requests) / count);
    const end = window.first + Math.floor(((i + 1) * requests) / count);
    columns.first.push(begin);
    columns.mostHeap.push(mostOf(sweep.heap, begin, end));
    columns.mostPayload.push(mostOf(sweep.payload, begin, end));
    columns.mostBlocks.push(mostOf(sweep.blocks, begin, end));
    columns.payload.push(meanOf(sweep.payload, begin, end));
    columns.internal.push(meanOf(sweep.internal, begin, end));
    columns.heap.push(meanOf(sweep.heap, begin, end));
  }
  return columns;
}

function mostOf(values: Float64Array, begin: number, end: number): number {
  let most = 0;
  for (let i = begin; i < end; ++i) most = Math.max(most, values[i]);
  return most;
}

function meanOf(values: Float64Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; ++i) sum += values[i];
  return sum / (end - begin);
}
