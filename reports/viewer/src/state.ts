// What the views of one trace have in common: the requests that are shown, and the one that is looked at.

export interface Span {
  first: number; // requests, from 1
  last: number;
}

/** Invariant: 1 <= first <= at <= last <= requests. */
export class ViewState {
  private listeners: (() => void)[] = [];
  private span: Span;
  private request: number;

  constructor(
    readonly requests: number,
    at: number,
  ) {
    this.span = { first: 1, last: requests };
    this.request = clamped(at, 1, requests);
  }

  get window(): Readonly<Span> {
    return this.span;
  }

  /** The request after which the block map is drawn. */
  get at(): number {
    return this.request;
  }

  /** Called after every change. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The window follows a request that lies outside of it. */
  moveTo(request: number): void {
    this.request = clamped(Math.round(request), 1, this.requests);
    const wide = this.span.last - this.span.first;
    if (this.request < this.span.first) this.span = { first: this.request, last: this.request + wide };
    if (this.request > this.span.last) this.span = { first: this.request - wide, last: this.request };
    this.tell();
  }

  /** The request that is looked at stays inside. */
  zoomTo(first: number, last: number): void {
    if (!Number.isFinite(first) || !Number.isFinite(last)) return this.tell();
    const from = clamped(Math.round(Math.min(first, last)), 1, this.requests);
    const to = clamped(Math.round(Math.max(first, last)), 1, this.requests);
    this.span = { first: from, last: to };
    this.request = clamped(this.request, from, to);
    this.tell();
  }

  /** Around the request that is looked at: a factor below 1 shows fewer requests. */
  zoomBy(factor: number): void {
    const shown = this.span.last - this.span.first + 1;
    const wanted = clamped(Math.round(shown * factor), Math.min(leastShown, this.requests), this.requests);
    const before = Math.round(((this.request - this.span.first) / shown) * wanted);
    const first = clamped(this.request - before, 1, this.requests - wanted + 1);
    this.zoomTo(first, first + wanted - 1);
  }

  showAll(): void {
    this.zoomTo(1, this.requests);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const leastShown = 8;

export function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
