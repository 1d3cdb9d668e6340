// How long each request took: upward by the logarithm of its time, a band for each work.
import { prepare } from "./cells";
import { type Latencies, works } from "./latencies";
import type { CommonScale } from "./scale";
import type { ViewState } from "./state";
import { css, type Theme } from "./theme";
import { TimePlot } from "./time_plot";
import { plural, requestText, timeText } from "./words";

const height = 290;
const gap = 6; // between bands
const mark = 2; // a request: pixels
const near = 6; // pixels between the pointer and what it points at
const leastTick = 16; // pixels between labels

interface Band {
  work: number;
  top: number;
  height: number;
}

export class LatencyPlot extends TimePlot {
  private readonly present: number[]; // works

  constructor(
    private readonly latencies: Latencies,
    state: ViewState,
    private readonly scale: CommonScale,
    label: string,
    private readonly tell: (what: string) => void,
  ) {
    super(state, height);
    this.present = works.map((_, work) => work).filter((work) => latencies.work.includes(work));
    this.canvas.className = "latency";
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", `${label}: ${latencies.words}`);
    this.canvas.addEventListener("pointermove", (event) => this.tell(this.textAt(event)));
    this.canvas.addEventListener("pointerleave", () => this.tell(""));
  }

  draw(theme: Theme): void {
    const context = prepare(this.canvas, height);
    for (const band of this.bands()) this.drawBand(context, band, theme);
    this.drawRequests(context, theme);
    this.drawRequestAxis(context, theme);
    this.drawMarks(context, theme);
  }

  private bands(): Band[] {
    const plot = this.plot();
    const tall = (plot.height + gap) / Math.max(1, this.present.length);
    return this.present.map((work, i) => ({ work, top: plot.top + i * tall, height: tall - gap }));
  }

  private y(band: Band, nanoseconds: number): number {
    const { low, high } = this.scale.times;
    const share = (Math.log10(nanoseconds) - low) / (high - low);
    return band.top + band.height * (1 - Math.min(1, Math.max(0, share)));
  }

  private drawBand(context: CanvasRenderingContext2D, band: Band, theme: Theme): void {
    const plot = this.plot();
    context.fillStyle = css(theme.unrequested);
    context.fillRect(plot.left, band.top, plot.width, band.height);
    context.font = "12px system-ui, sans-serif";
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.lineWidth = 1;
    context.fillStyle = theme.text;
    const { low, high } = this.scale.times;
    const every = Math.ceil((leastTick * (high - low)) / band.height);
    for (let exponent = low + 1; exponent < high; exponent += every) {
      const y = this.y(band, 10 ** exponent);
      context.strokeStyle = theme.grid;
      context.strokeRect(plot.left, y, plot.width, 0);
      context.fillText(timeText(10 ** exponent), plot.left - 8, y);
    }
    context.fillText(works[band.work], plot.right - 8, band.top + band.height - 12);
  }

  private drawRequests(context: CanvasRenderingContext2D, theme: Theme): void {
    const { request, nanoseconds, work } = this.latencies;
    const { first, last } = this.state.window;
    const bands = new Map(this.bands().map((band) => [band.work, band]));
    const wide = Math.max(mark, Math.min(8, this.x(first + 1) - this.x(first) - 1));
    context.fillStyle = css(theme.payload);
    context.globalAlpha = 0.7;
    for (let i = 0; i < request.length; ++i) {
      const band = bands.get(work[i]);
      if (request[i] < first || request[i] > last || band === undefined) continue;
      const y = Math.min(this.y(band, nanoseconds[i]), band.top + band.height - mark);
      context.fillRect(this.x(request[i] + 0.5) - wide / 2, y, wide, mark);
    }
    context.globalAlpha = 1;
  }

  /** The request that is drawn nearest to the pointer. */
  private textAt(event: PointerEvent): string {
    const { request, nanoseconds, work, replays } = this.latencies;
    const bounds = this.canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - bounds.left, event.clientY - bounds.top];
    const bands = new Map(this.bands().map((band) => [band.work, band]));
    let [best, distance] = [-1, near];
    for (let i = 0; i < request.length; ++i) {
      const band = bands.get(work[i]);
      if (band === undefined) continue;
      const away = Math.hypot(this.x(request[i] + 0.5) - left, this.y(band, nanoseconds[i]) - top);
      if (away < distance) [best, distance] = [i, away];
    }
    if (best < 0) return "";
    const time = timeText(nanoseconds[best]);
    return `${requestText(request[best])} takes about ${time} to ${works[work[best]]}, as a mean of ${plural(replays, "replay")}`;
  }
}
