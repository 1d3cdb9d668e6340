// Payload, heap and blocks over the requests, and what the heap is made of, stacked: with uPlot.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Columns } from "./columns";
import type { CommonScale } from "./scale";
import type { ViewState } from "./state";
import { css, plotMargin, type Theme } from "./theme";
import { grouped, requestText, sizeText } from "./words";

const height = 190;

type Picture = "curves" | "share";

/** Builds its plot anew for other colours, and otherwise gives it other data. */
export class Curves {
  readonly element = document.createElement("div");
  private plot: uPlot | null = null;
  private theme = "";

  constructor(
    private readonly picture: Picture,
    private readonly state: ViewState,
    private readonly scale: CommonScale,
    label: string,
  ) {
    this.element.className = picture;
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", label);
  }

  draw(columns: Columns, theme: Theme): void {
    const width = Math.max(1, this.element.clientWidth);
    if (this.plot === null || this.theme !== theme.page) {
      this.plot?.destroy();
      this.theme = theme.page;
      this.plot = new uPlot(this.options(width, theme), this.dataOf(columns), this.element);
    } else {
      if (this.plot.width !== width) this.plot.setSize({ width, height });
      this.plot.setData(this.dataOf(columns), false);
    }
    const { first, last } = this.state.window;
    this.plot.setScale("x", { min: first, max: last + 1 });
  }

  /** A figure holds until the next column: the last is drawn to its end. */
  private dataOf(columns: Columns): uPlot.AlignedData {
    const x = [...columns.first];
    const series = this.seriesOf(columns);
    if (x.length > 0) x.push(columns.end);
    return [x, ...series.map((values) => [...values, ...values.slice(-1)])];
  }

  private seriesOf(columns: Columns): number[][] {
    if (this.picture === "curves") return [columns.mostHeap, columns.mostPayload, columns.mostBlocks];
    return [columns.heap, columns.payload.map((bytes, i) => bytes + columns.internal[i]), columns.payload];
  }

  private options(width: number, theme: Theme): uPlot.Options {
    const steps = uPlot.paths.stepped!({ align: 1 });
    const bytes = (_: uPlot, value: number | null) => (value == null ? "-" : sizeText(value));
    const area = (label: string, colour: string, line = colour): uPlot.Series => ({
      label,
      paths: steps,
      fill: colour,
      stroke: line,
      width: 1,
      points: { show: false },
      value: bytes,
    });
    const curves: uPlot.Series[] = [
      { label: "heap", paths: steps, stroke: theme.line, width: 2, points: { show: false }, value: bytes },
      area("payload", css(theme.payload)),
      {
        label: "blocks (right)",
        scale: "blocks",
        paths: steps,
        stroke: theme.quiet,
        width: 1.5,
        dash: [2, 3],
        points: { show: false },
        value: (_, value) => (value == null ? "-" : grouped(value)),
      },
    ];
    const share = [
      area("payload, inside blocks and holes", css(theme.hole), theme.line),
      area("payload and inside blocks", css(theme.overhead), theme.line),
      area("payload", css(theme.payload), theme.line),
    ];
    return {
      width,
      height,
      padding: [8, this.picture === "curves" ? 0 : plotMargin.right, 0, 0],
      legend: { live: true },
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      scales: { x: { time: false }, y: { range: () => [0, this.scale.mostIn(this.state.window).heap] }, blocks: { range: () => [0, this.scale.mostIn(this.state.window).blocks] } },
      axes: this.axes(theme),
      series: [{ label: "request", value: (_, value) => (value == null ? "-" : requestText(value)) }, ...(this.picture === "curves" ? curves : share)],
      hooks: { setSelect: [(plot) => this.zoom(plot)], ready: [(plot) => this.listen(plot)], draw: [(plot) => this.mark(plot, theme)] },
    };
  }

  private axes(theme: Theme): uPlot.Axis[] {
    const look = { stroke: theme.text, grid: { stroke: theme.grid, width: 1 }, ticks: { stroke: theme.grid, width: 1 }, font: "12px system-ui, sans-serif" };
    const powers = (_: uPlot, __: number, least: number, most: number) => {
      let step = 1;
      while ((most - least) / step > 4) step *= 2;
      return Array.from({ length: Math.floor(most / step) + 1 }, (_each, i) => i * step);
    };
    const bytes = (_: uPlot, values: number[]) => values.map((value) => sizeText(value).replace(" bytes", ""));
    const axes: uPlot.Axis[] = [
      { ...look, values: (_, values) => values.map((value) => this.label(value)) },
      { ...look, size: plotMargin.left, splits: powers, values: bytes },
    ];
    if (this.picture === "curves") {
      axes.push({ ...look, side: 1, scale: "blocks", size: plotMargin.right, grid: { show: false }, values: (_, values) => values.map((value) => (Number.isInteger(value) ? grouped(value) : "")) });
    }
    return axes;
  }

  /** The end of the last request is no request. */
  private label(value: number): string {
    return Number.isInteger(value) && value <= this.state.window.last ? requestText(value) : "";
  }

  private zoom(plot: uPlot): void {
    if (plot.select.width <= 0) return;
    const first = plot.posToVal(plot.select.left, "x");
    const last = plot.posToVal(plot.select.left + plot.select.width, "x");
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.state.zoomTo(Math.floor(first), Math.ceil(last) - 1);
  }

  private listen(plot: uPlot): void {
    plot.over.addEventListener("click", (event) => {
      const at = plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, "x");
      this.state.moveTo(Math.floor(at));
    });
  }

  /** The request that is looked at. */
  private mark(plot: uPlot, theme: Theme): void {
    const x = plot.valToPos(this.state.at + 0.5, "x", true);
    plot.ctx.strokeStyle = theme.text;
    plot.ctx.lineWidth = 2 * devicePixelRatio;
    plot.ctx.setLineDash([]);
    plot.ctx.strokeRect(x, plot.bbox.top, 0, plot.bbox.height);
  }
}
