// The heap over the requests of the window: requests to the right, addresses upward, by exact area.
import { AreaGrid } from "./area_grid";
import { type Cells, drawImage, paintCells, prepare } from "./cells";
import type { Columns } from "./columns";
import { type History, heightOf } from "./history";
import type { Span, ViewState } from "./state";
import type { Sweep } from "./sweep";
import type { Theme } from "./theme";
import { TimePlot } from "./time_plot";
import { byteTicks, tickText } from "./words";

const height = 250;
const byteTickCount = 5;

export function carpetOf(history: History, sweep: Sweep, window: Span, columns: number, rows: number): Cells {
  const { axis, lives } = history;
  const across = columns / (window.last - window.first + 1);
  const upward = rows / axis.height;
  const x = (moment: number) => (moment - window.first) * across;
  const y = (offset: number) => heightOf(axis, offset) * upward;
  const [heap, payload, free] = [0, 1, 2].map(() => new AreaGrid(columns, rows));
  addHeap(history, window, (first, end, bottom, top) => heap.add(x(first), x(end), y(bottom), y(top)));
  for (let i = 0; i < lives.count; ++i) {
    const bottom = y(lives.offset[i]);
    payload.add(x(lives.born[i]), x(lives.died[i]), bottom, bottom + lives.size[i] * upward);
  }
  addHoles(sweep, window, (first, end, bottom, top) => free.add(x(first), x(end), y(bottom), y(top)));
  return { columns, rows, heap: heap.shares(), payload: payload.shares(), free: free.shares() };
}

type AddRectangle = (first: number, end: number, bottom: number, top: number) => void;

function addHeap(history: History, window: Span, add: AddRectangle): void {
  const { grown, ranges } = history;
  const end = Math.min(window.last + 1, grown.length);
  for (let first = window.first; first < end; ) {
    let next = first + 1;
    while (next < end && grown[next] === grown[first]) ++next;
    add(first, next, 0, grown[first]);
    first = next;
  }
  for (const range of ranges) add(range.born, range.died, range.offset, range.offset + range.bytes);
}

/** A hole with what is left of it above the overhead of one block, wherever that changes. */
function addHoles(sweep: Sweep, window: Span, add: AddRectangle): void {
  const { holes, overhead } = sweep;
  const changes = changesOf(overhead);
  for (let i = 0; i < holes.count; ++i) {
    if (holes.died[i] <= window.first || holes.born[i] > window.last) continue;
    for (let first = holes.born[i]; first < holes.died[i]; ) {
      const end = Math.min(holes.died[i], changes[first]);
      add(first, end, holes.bottom[i], holes.top[i] - overhead[first]);
      first = end;
    }
  }
}

/** For each moment, the next at which the value is another. */
function changesOf(values: Float64Array): Float64Array {
  const next = new Float64Array(values.length);
  for (let i = values.length - 1; i >= 0; --i) {
    next[i] = i + 1 < values.length && values[i + 1] === values[i] ? next[i + 1] : i + 1;
  }
  return next;
}

export class Carpet extends TimePlot {
  private image: ImageData | null = null;
  private drawn = "";

  constructor(
    private readonly history: History,
    private readonly sweep: Sweep,
    state: ViewState,
    label: string,
  ) {
    super(state, height);
    this.canvas.className = "carpet";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "slider");
    this.canvas.setAttribute("aria-label", label);
  }

  draw(columns: Columns, theme: Theme): void {
    const context = prepare(this.canvas, height);
    const plot = this.plot();
    const { window } = this.state;
    const key = [window.first, window.last, plot.width, devicePixelRatio, theme.page].join();
    if (this.image === null || key !== this.drawn) {
      const across = Math.max(1, Math.round(plot.width * devicePixelRatio));
      const upward = Math.round(plot.height * devicePixelRatio);
      this.image = paintCells(carpetOf(this.history, this.sweep, window, across, upward), theme);
      this.drawn = key;
    }
    drawImage(context, this.image, plot);
    this.drawLine(context, columns, columns.mostPayload, [5, 3], theme);
    this.drawLine(context, columns, columns.mostHeap, [], theme);
    this.drawAxes(context, theme);
    this.drawMarks(context, theme);
    this.describe();
  }

  private drawLine(context: CanvasRenderingContext2D, columns: Columns, values: number[], dash: number[], theme: Theme): void {
    const plot = this.plot();
    context.beginPath();
    values.forEach((bytes, i) => {
      const y = plot.bottom - (plot.height * Math.min(bytes, this.history.axis.height)) / this.history.axis.height;
      context.lineTo(this.x(columns.first[i]), y);
      context.lineTo(this.x(columns.first[i + 1] ?? columns.end), y);
    });
    for (const [colour, width, dashes] of [
      [theme.page, 4, []],
      [theme.line, 1.6, dash],
    ] as [string, number, number[]][]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dashes);
      context.globalAlpha = width > 2 ? 0.75 : 1;
      context.stroke();
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  private drawAxes(context: CanvasRenderingContext2D, theme: Theme): void {
    const plot = this.plot();
    context.font = "12px system-ui, sans-serif";
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of byteTicks(this.history.axis.height, byteTickCount)) {
      const y = plot.bottom - (plot.height * tick) / this.history.axis.height;
      context.strokeStyle = theme.grid;
      context.strokeRect(plot.left - 4, y, plot.width + 4, 0);
      context.fillStyle = theme.text;
      context.fillText(tickText(tick), plot.left - 8, Math.max(y, plot.top + 6));
    }
    this.drawRequestAxis(context, theme);
  }

  private describe(): void {
    const { at, window } = this.state;
    this.canvas.setAttribute("aria-valuemin", String(window.first));
    this.canvas.setAttribute("aria-valuemax", String(window.last));
    this.canvas.setAttribute("aria-valuenow", String(at));
    this.canvas.setAttribute("aria-valuetext", `after request ${at}`);
  }
}
