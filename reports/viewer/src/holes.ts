// Holes by size over the requests: a row for each size, in stronger colour the more of the heap lies in such holes.
import { drawImage, prepare } from "./cells";
import { holeSizesOf, type HoleSizes, worstOf } from "./hole_sizes";
import type { CommonScale } from "./scale";
import type { ViewState } from "./state";
import type { Sweep } from "./sweep";
import type { Rgb, Theme } from "./theme";
import { TimePlot } from "./time_plot";
import { percentOf, requestText, sizeText, tickText } from "./words";

const height = 250;
const darkest = 0.125; // of the heap, as in the still picture
const wordColumns = 256; // that the words are about, as everywhere in the report
const leastRow = 14; // pixels between labels

export class HolePlot extends TimePlot {
  private sizes: HoleSizes | null = null;
  private drawn = "";
  private said = "";

  constructor(
    private readonly sweep: Sweep,
    state: ViewState,
    private readonly scale: CommonScale,
    private readonly label: string,
    private readonly tell: (what: string) => void,
  ) {
    super(state, height);
    this.canvas.className = "holes";
    this.canvas.setAttribute("role", "img");
    this.canvas.addEventListener("pointermove", (event) => this.tell(this.textAt(event)));
    this.canvas.addEventListener("pointerleave", () => this.tell(""));
  }

  draw(theme: Theme): void {
    const context = prepare(this.canvas, height);
    const plot = this.plot();
    const { first, last } = this.state.window;
    const key = [first, last, plot.width].join();
    if (this.sizes === null || key !== this.drawn) {
      this.sizes = holeSizesOf(this.sweep, this.state.window, Math.round(plot.width));
      this.drawn = key;
      this.said = this.wordsOfWindow();
      this.canvas.setAttribute("aria-label", `${this.label}: ${this.said}`);
    }
    context.fillStyle = `rgb(${theme.unrequested.join()})`;
    context.fillRect(plot.left, plot.top, plot.width, plot.height);
    this.drawCells(context, this.sizes, theme);
    this.drawSizes(context, this.sizes, theme);
    this.drawRequestAxis(context, theme);
    this.drawMarks(context, theme);
  }

  /** Of the whole window, when it was drawn last. */
  words(): string {
    return this.said;
  }

  private wordsOfWindow(): string {
    const worst = worstOf(holeSizesOf(this.sweep, this.state.window, wordColumns));
    if (worst === null) return "no holes";
    return `holes of ${range(worst.size)} bytes take the most, ${percentOf(worst.share, 1)} % of what all of them take over these requests`;
  }

  private rows(sizes: HoleSizes): number {
    return Math.max(1, sizes.most - sizes.least + 1);
  }

  private drawCells(context: CanvasRenderingContext2D, sizes: HoleSizes, theme: Theme): void {
    const plot = this.plot();
    if (sizes.first.length === 0) return;
    const { heap } = this.scale.mostIn(this.state.window);
    const image = new ImageData(sizes.first.length, this.rows(sizes));
    for (let row = 0; row < image.height; ++row) {
      const means = sizes.bytes.get(sizes.most - row);
      for (let column = 0; column < image.width; ++column) {
        const share = Math.min(1, (means?.[column] ?? 0) / heap / darkest);
        image.data.set([...mixed(theme.payload, theme.unrequested, share), 255], 4 * (row * image.width + column));
      }
    }
    drawImage(context, image, new DOMRect(plot.left, plot.top, this.x(sizes.end) - plot.left, plot.height));
  }

  private drawSizes(context: CanvasRenderingContext2D, sizes: HoleSizes, theme: Theme): void {
    const plot = this.plot();
    const row = plot.height / this.rows(sizes);
    const every = Math.ceil(leastRow / row);
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = theme.text;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (let size = sizes.least; size <= sizes.most; size += every) {
      context.fillText(tickText(2 ** (size - 1)), plot.left - 8, plot.bottom - row * (size - sizes.least + 0.5));
    }
  }

  private textAt(event: PointerEvent): string {
    const sizes = this.sizes;
    const plot = this.plot();
    if (sizes === null || sizes.least > sizes.most || sizes.first.length === 0) return "";
    const up = (plot.bottom - event.clientY + this.canvas.getBoundingClientRect().top) / plot.height;
    const size = Math.min(sizes.most, Math.max(sizes.least, sizes.least + Math.floor(up * this.rows(sizes))));
    const request = this.requestAt(event);
    if (request >= sizes.end) return "";
    let column = sizes.first.length - 1;
    while (sizes.first[column] > request) --column;
    const bytes = sizes.bytes.get(size)?.[column] ?? 0;
    return `after ${requestText(request)}: ${sizeText(Math.round(bytes))} in holes of ${range(size)} bytes`;
  }
}

function range(size: number): string {
  return `${tickText(2 ** (size - 1))} to ${tickText(2 ** size)}`;
}

function mixed(one: Rgb, other: Rgb, share: number): Rgb {
  return one.map((value, i) => value * share + other[i] * (1 - share)) as Rgb;
}
