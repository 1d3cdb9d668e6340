// What lies where after one request, read like a page: cells of a power of two of bytes, exactly.
import { AreaGrid } from "./area_grid";
import { type Cells, drawImage, paintCells, prepare } from "./cells";
import { type History, heightOf, offsetAt } from "./history";
import { blockText, lifeText, type Moment } from "./moment";
import { plotMargin, type Theme } from "./theme";
import { offsetText, sizeText } from "./words";

const mostRows = 24;
const rowHeight = 11;
const labelEvery = 4;
const margin = { ...plotMargin, top: 4, bottom: 4 };

/** So many cells to a row, and so many bytes to a cell, that all of the heap fits. */
export interface Page {
  columns: number;
  rows: number;
  cellBytes: number;
}

export function pageOf(height: number, columns: number): Page {
  let cellBytes = 8;
  while (Math.ceil(height / (cellBytes * columns)) > mostRows) cellBytes *= 2;
  return { columns, rows: Math.max(1, Math.ceil(height / (cellBytes * columns))), cellBytes };
}

export function mapOf(history: History, moment: Moment, page: Page): Cells {
  const { axis, lives, grown, ranges } = history;
  const { columns, rows, cellBytes } = page;
  const shares = (add: (grid: AreaGrid) => void) => {
    const grid = new AreaGrid(1, columns * rows);
    add(grid);
    return asPage(grid.shares(), page);
  };
  const enter = (grid: AreaGrid, offset: number, bytes: number) => {
    const bottom = heightOf(axis, offset) / cellBytes;
    grid.add(0, 1, bottom, bottom + bytes / cellBytes);
  };
  const heap = shares((grid) => {
    enter(grid, 0, grown[moment.request]);
    for (const range of ranges) {
      if (range.born <= moment.request && moment.request < range.died) enter(grid, range.offset, range.bytes);
    }
  });
  const payload = shares((grid) => moment.lives.forEach((i) => enter(grid, lives.offset[i], lives.size[i])));
  const free = shares((grid) => moment.holes.forEach((hole) => enter(grid, hole.bottom, hole.top - hole.bottom)));
  return { columns, rows, heap, payload, free };
}

/** From cells in the order of addresses to columns from the bottom up; the lowest address is at the top left. */
function asPage(cells: Float32Array, { columns, rows }: Page): Float32Array {
  const page = new Float32Array(cells.length);
  for (let i = 0; i < cells.length; ++i) {
    const row = Math.floor(i / columns);
    page[(i % columns) * rows + (rows - 1 - row)] = cells[i];
  }
  return page;
}

export class HeapMap {
  readonly canvas = document.createElement("canvas");
  private page: Page = { columns: 64, rows: 1, cellBytes: 8 };
  private moment: Moment | null = null;

  constructor(
    private readonly history: History,
    private readonly tell: (what: string) => void,
  ) {
    this.canvas.className = "map";
    this.canvas.setAttribute("role", "img");
    this.canvas.addEventListener("pointermove", (event) => this.tell(this.textAt(event)));
    this.canvas.addEventListener("pointerleave", () => this.tell(""));
  }

  draw(moment: Moment | null, label: string, theme: Theme): void {
    this.moment = moment;
    this.canvas.setAttribute("aria-label", label);
    const columns = this.canvas.clientWidth < 500 ? 32 : 64;
    this.page = pageOf(this.history.axis.height, columns);
    const context = prepare(this.canvas, margin.top + margin.bottom + this.page.rows * rowHeight);
    if (moment === null) return;
    drawImage(context, paintCells(mapOf(this.history, moment, this.page), theme), this.plot());
    this.drawLabels(context, theme);
    this.outline(context, moment, theme);
  }

  private plot(): DOMRect {
    const width = Math.max(1, this.canvas.clientWidth - margin.left - margin.right);
    return new DOMRect(margin.left, margin.top, width, this.page.rows * rowHeight);
  }

  private drawLabels(context: CanvasRenderingContext2D, theme: Theme): void {
    const plot = this.plot();
    const rowBytes = this.page.columns * this.page.cellBytes;
    context.font = "11px ui-monospace, monospace";
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillStyle = theme.text;
    for (let row = 0; row < this.page.rows; row += labelEvery) {
      const offset = offsetAt(this.history.axis, row * rowBytes);
      context.fillText(offsetText(offset), plot.left - 6, plot.top + (row + 0.5) * rowHeight);
    }
    context.strokeStyle = theme.quiet;
    context.lineWidth = 1;
    context.strokeRect(plot.left, plot.top, plot.width, plot.height);
  }

  /** The block that the request has placed, framed: seen in any colours. */
  private outline(context: CanvasRenderingContext2D, moment: Moment, theme: Theme): void {
    const { born, offset, size } = this.history.lives;
    for (const life of moment.lives) {
      if (born[life] !== moment.request) continue;
      const first = heightOf(this.history.axis, offset[life]) / this.page.cellBytes;
      this.frame(context, first, first + Math.max(size[life] / this.page.cellBytes, 0.5), theme);
    }
  }

  private frame(context: CanvasRenderingContext2D, first: number, end: number, theme: Theme): void {
    const plot = this.plot();
    const { columns } = this.page;
    const width = plot.width / columns;
    for (let row = Math.floor(first / columns); row * columns < end; ++row) {
      const from = Math.max(first - row * columns, 0);
      const to = Math.min(end - row * columns, columns);
      const box = [plot.left + from * width, plot.top + row * rowHeight, (to - from) * width, rowHeight] as const;
      context.lineWidth = 4;
      context.strokeStyle = theme.page;
      context.strokeRect(...box);
      context.lineWidth = 2;
      context.strokeStyle = theme.text;
      context.strokeRect(...box);
    }
  }

  private textAt(event: PointerEvent): string {
    const plot = this.plot();
    const bounds = this.canvas.getBoundingClientRect();
    const x = event.clientX - bounds.left - plot.left;
    const row = Math.floor((event.clientY - bounds.top - plot.top) / rowHeight);
    if (this.moment === null || x < 0 || x >= plot.width || row < 0 || row >= this.page.rows) return "";
    const { columns, cellBytes } = this.page;
    const height = (row * columns + Math.floor((x / plot.width) * columns)) * cellBytes;
    return this.textOf(this.moment, offsetAt(this.history.axis, height), cellBytes);
  }

  /** What lies in this cell; the first block of several. */
  private textOf(moment: Moment, offset: number, bytes: number): string {
    const { lives } = this.history;
    const meets = (bottom: number, top: number) => bottom < offset + bytes && offset < top;
    const blocks = moment.lives.filter((i) => meets(lives.offset[i], lives.offset[i] + lives.size[i]));
    if (blocks.length > 1) return `${blockText(this.history, blocks[0])}, and ${blocks.length - 1} more in this cell`;
    if (blocks.length === 1) return lifeText(this.history, blocks[0]);
    const hole = moment.holes.find((one) => meets(one.bottom, one.top));
    if (hole) return `a hole of ${sizeText(hole.top - hole.bottom)} at ${offsetText(hole.bottom)}`;
    return offset < this.history.grown[moment.request] ? `${offsetText(offset)}: inside blocks` : `${offsetText(offset)}`;
  }
}
