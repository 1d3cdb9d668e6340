// What the pictures of several allocators are measured by, so that they can be compared.
import type { Latencies } from "./latencies";
import type { Span } from "./state";
import type { Sweep } from "./sweep";

export class CommonScale {
  /** Times of requests: from 10 to the power of low to that of high, in nanoseconds. */
  readonly times: { low: number; high: number };
  private of: Span = { first: 0, last: 0 };
  private most = { heap: 1, blocks: 1 };

  constructor(
    private readonly sweeps: Sweep[],
    latencies: Latencies[],
  ) {
    let [least, longest] = [Infinity, 1];
    for (const { nanoseconds } of latencies) {
      for (const time of nanoseconds) [least, longest] = [Math.min(least, time), Math.max(longest, time)];
    }
    const low = Number.isFinite(least) ? Math.max(0, Math.floor(Math.log10(least))) : 0;
    this.times = { low, high: Math.max(low + 1, Math.ceil(Math.log10(longest))) };
  }

  /** The largest heap, and the most blocks at a time, of any allocator after the requests of a window: at least 1. */
  mostIn(window: Readonly<Span>): { heap: number; blocks: number } {
    if (window.first === this.of.first && window.last === this.of.last) return this.most;
    this.of = { ...window };
    this.most = { heap: 1, blocks: 1 };
    for (const { heap, blocks } of this.sweeps) {
      for (let i = window.first; i <= window.last && i < heap.length; ++i) {
        this.most.heap = Math.max(this.most.heap, heap[i]);
        this.most.blocks = Math.max(this.most.blocks, blocks[i]);
      }
    }
    return this.most;
  }
}
