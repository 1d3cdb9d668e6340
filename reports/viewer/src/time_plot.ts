// What pictures on a canvas have in common that have the requests of the window to the right: their axis, a click that
// looks at a request, a stretch that is drawn over and zooms.
import type { ViewState } from "./state";
import { plotMargin, type Theme } from "./theme";
import { requestText, requestTicks } from "./words";

const margin = { ...plotMargin, top: 6, bottom: 24 };
const pixelsPerRequestTick = 110;
const leastDrag = 5;

export class TimePlot {
  readonly canvas = document.createElement("canvas");
  private drag: { from: number; to: number } | null = null;

  constructor(
    protected readonly state: ViewState,
    private readonly height: number,
  ) {
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    this.canvas.addEventListener("pointerup", (event) => this.release(event));
    this.canvas.addEventListener("pointercancel", () => (this.drag = null));
  }

  protected plot(): DOMRect {
    const width = Math.max(1, this.canvas.clientWidth - margin.left - margin.right);
    return new DOMRect(margin.left, margin.top, width, this.height - margin.top - margin.bottom);
  }

  protected x(request: number): number {
    const { first, last } = this.state.window;
    const plot = this.plot();
    return plot.left + (plot.width * (request - first)) / (last - first + 1);
  }

  protected requestAt(event: PointerEvent): number {
    const { first, last } = this.state.window;
    const plot = this.plot();
    const share = (event.clientX - this.canvas.getBoundingClientRect().left - plot.left) / plot.width;
    return Math.min(last, Math.max(first, Math.floor(first + share * (last - first + 1))));
  }

  protected drawRequestAxis(context: CanvasRenderingContext2D, theme: Theme): void {
    const plot = this.plot();
    context.font = "12px system-ui, sans-serif";
    context.lineWidth = 1;
    context.textBaseline = "top";
    context.textAlign = "center";
    context.fillStyle = theme.text;
    const { first, last } = this.state.window;
    for (const tick of requestTicks(first, last, plot.width / pixelsPerRequestTick)) {
      context.fillText(requestText(tick), Math.min(Math.max(this.x(tick + 0.5), plot.left + 14), plot.right - 22), plot.bottom + 8);
    }
    context.strokeStyle = theme.quiet;
    context.strokeRect(plot.left, plot.top, plot.width, plot.height);
  }

  /** The request that is looked at, and what is being chosen. */
  protected drawMarks(context: CanvasRenderingContext2D, theme: Theme): void {
    const plot = this.plot();
    const x = this.x(this.state.at + 0.5);
    context.strokeStyle = theme.text;
    context.lineWidth = 2;
    context.strokeRect(x, plot.top, 0, plot.height);
    context.fillStyle = theme.text;
    context.beginPath();
    context.moveTo(x - 5, plot.bottom + 7);
    context.lineTo(x + 5, plot.bottom + 7);
    context.lineTo(x, plot.bottom);
    context.fill();
    if (this.drag === null) return;
    const [from, to] = [Math.min(this.drag.from, this.drag.to), Math.max(this.drag.from, this.drag.to)];
    context.globalAlpha = 0.25;
    context.fillRect(this.x(from), plot.top, this.x(to + 1) - this.x(from), plot.height);
    context.globalAlpha = 1;
  }

  private press(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = { from: this.requestAt(event), to: this.requestAt(event) };
  }

  private move(event: PointerEvent): void {
    if (this.drag === null) return;
    this.drag.to = this.requestAt(event);
    this.state.moveTo(this.drag.to);
  }

  /** A click looks at a request, a stretch that is drawn over zooms. */
  private release(event: PointerEvent): void {
    if (this.drag === null) return;
    const { from } = this.drag;
    const to = this.requestAt(event);
    this.drag = null;
    const pixels = Math.abs(this.x(to) - this.x(from));
    if (to !== from && pixels > leastDrag) this.state.zoomTo(from, to);
    this.state.moveTo(to);
  }
}
