// Bytes in holes by their size, over the requests of a window; driver/history/series.cc says the same.
import type { Span } from "./state";
import type { Sweep } from "./sweep";

/** Classes are numbered by how many binary digits a hole's size has, the overhead of a block in it included. */
export interface HoleSizes {
  first: number[]; // request of each column
  end: number; // after the last request of the last
  least: number; // the smallest class that there is; above `most` when there is none
  most: number;
  bytes: Map<number, Float64Array>; // of each class from least to most: the mean in each column, without that overhead
}

export function holeSizesOf(sweep: Sweep, window: Span, mostColumns: number): HoleSizes {
  return new Gathering(sweep, window, mostColumns).run();
}

/** The columns between the first and the last one of a hole have it all the time: only where that begins is noted. */
class Gathering {
  private readonly begins: number[]; // of the columns, and the end of the last
  private readonly overheadUpTo: Float64Array; // the sum over all moments before
  private readonly sums = new Map<number, Float64Array>();
  private readonly counts = new Map<number, Float64Array>(); // changes from column to column of holes that fill it
  private readonly sizes = new Map<number, Float64Array>();

  constructor(
    private readonly sweep: Sweep,
    private readonly window: Span,
    mostColumns: number,
  ) {
    const requests = Math.max(0, Math.min(window.last + 1, sweep.heap.length) - window.first);
    const count = Math.min(requests, mostColumns);
    const begin = (i: number) => window.first + Math.floor((i * requests) / count);
    this.begins = count === 0 ? [window.first] : Array.from({ length: count + 1 }, (_, i) => begin(i));
    this.overheadUpTo = new Float64Array(sweep.overhead.length + 1);
    sweep.overhead.forEach((bytes, i) => (this.overheadUpTo[i + 1] = this.overheadUpTo[i] + bytes));
  }

  run(): HoleSizes {
    const { holes } = this.sweep;
    const end = this.begins[this.columns];
    for (let i = 0; i < holes.count; ++i) {
      const [born, died] = [Math.max(holes.born[i], this.window.first), Math.min(holes.died[i], end)];
      if (born < died) this.add(holes.top[i] - holes.bottom[i], born, died);
    }
    const classes = [...this.sums.keys()];
    const bytes = new Map(classes.map((size) => [size, this.meansOf(size)]));
    return { first: this.begins.slice(0, -1), end, least: Math.min(64, ...classes), most: Math.max(0, ...classes), bytes };
  }

  private get columns(): number {
    return this.begins.length - 1;
  }

  private of(figures: Map<number, Float64Array>, size: number): Float64Array {
    const found = figures.get(size) ?? new Float64Array(this.columns + 1);
    figures.set(size, found);
    return found;
  }

  /** What a hole of this size takes over these moments, all added up. */
  private taken(size: number, born: number, died: number): number {
    return size * (died - born) - (this.overheadUpTo[died] - this.overheadUpTo[born]);
  }

  private columnOf(moment: number): number {
    const requests = this.begins[this.columns] - this.begins[0];
    let column = Math.min(this.columns - 1, Math.floor(((moment - this.begins[0]) * this.columns) / requests));
    while (this.begins[column] > moment) --column;
    while (this.begins[column + 1] <= moment) ++column;
    return column;
  }

  private add(size: number, born: number, died: number): void {
    const digits = Math.floor(Math.log2(size)) + 1;
    const sums = this.of(this.sums, digits);
    const [first, last] = [this.columnOf(born), this.columnOf(died - 1)];
    if (first === last) {
      sums[first] += this.taken(size, born, died);
      return;
    }
    sums[first] += this.taken(size, born, this.begins[first + 1]);
    sums[last] += this.taken(size, this.begins[last], died);
    for (const [figures, amount] of [[this.counts, 1], [this.sizes, size]] as [Map<number, Float64Array>, number][]) {
      const changes = this.of(figures, digits);
      changes[first + 1] += amount;
      changes[last] -= amount;
    }
  }

  private meansOf(digits: number): Float64Array {
    const sums = this.of(this.sums, digits);
    const counts = this.of(this.counts, digits);
    const sizes = this.of(this.sizes, digits);
    const means = new Float64Array(this.columns);
    let [count, size] = [0, 0];
    for (let i = 0; i < this.columns; ++i) {
      const [begin, end] = [this.begins[i], this.begins[i + 1]];
      count += counts[i];
      size += sizes[i];
      const filled = size * (end - begin) - count * (this.overheadUpTo[end] - this.overheadUpTo[begin]);
      means[i] = (sums[i] + filled) / (end - begin);
    }
    return means;
  }
}

/** The class that takes most over the whole window, and its share of what all take; none where there are no holes. */
export function worstOf(sizes: HoleSizes): { size: number; share: number } | null {
  let [all, worst, most] = [0, 0, 0];
  for (const [size, means] of sizes.bytes) {
    const bytes = means.reduce((sum, mean) => sum + mean, 0);
    all += bytes;
    if (bytes > most) [worst, most] = [size, bytes];
  }
  return all > 0 ? { size: worst, share: most / all } : null;
}
