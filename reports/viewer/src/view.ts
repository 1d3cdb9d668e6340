// The linked views of one trace: carpet, curves, shares, holes, block map and latencies of each allocator, under one set of
// controls.
import { Carpet } from "./carpet";
import { columnsOf } from "./columns";
import { Controls, steerByKeys } from "./controls";
import { Curves } from "./curves";
import { HeapMap } from "./heap_map";
import type { History } from "./history";
import { HolePlot } from "./holes";
import type { Latencies } from "./latencies";
import { LatencyPlot } from "./latency";
import { deedOf, momentAt, summaryOf } from "./moment";
import { CommonScale } from "./scale";
import type { ViewState } from "./state";
import { type Sweep, sweepOf } from "./sweep";
import { themeOf } from "./theme";

export interface Subject {
  name: string;
  history: History;
  latencies: Latencies | null;
}

/** One allocator's pictures. */
class Panel {
  readonly element = document.createElement("section");
  private readonly carpet: Carpet;
  private readonly curves: Curves;
  private readonly share: Curves;
  private readonly holes: HolePlot;
  private readonly map: HeapMap;
  private readonly summary = paragraph("summary");
  private readonly pointed = paragraph("pointed");
  private readonly holesSummary = paragraph("summary holes-words");
  private readonly holesPointed = paragraph("pointed");
  private readonly latency: LatencyPlot | null = null;

  constructor(
    private readonly subject: Subject,
    private readonly sweep: Sweep,
    private readonly state: ViewState,
    scale: CommonScale,
    { trace, named }: { trace: string; named: boolean },
  ) {
    const { history, name } = subject;
    const of = `${trace}, ${name}`;
    this.carpet = new Carpet(history, sweep, state, `Carpet of ${of}: the request that is looked at`);
    this.curves = new Curves("curves", state, scale, `Curves of payload, heap and blocks of ${of}`);
    this.share = new Curves("share", state, scale, `What the heap consists of, ${of}`);
    this.holes = new HolePlot(sweep, state, scale, `Holes by size, ${of}`, (what) => (this.holesPointed.textContent = what));
    this.map = new HeapMap(history, (what) => (this.pointed.textContent = what));
    steerByKeys(this.carpet.canvas, state);
    this.summary.setAttribute("aria-live", "polite");
    if (named) this.element.append(heading(name));
    this.element.append(
      captioned("Carpet: click for the heap after a request, draw over a stretch to zoom", this.carpet.canvas),
      captioned("Block map after that request: the lowest address first", this.map.canvas, this.summary, this.pointed),
      captioned("Payload, heap and number of blocks", this.curves.element),
      captioned("What the heap is made of: payload, inside blocks, holes", this.share.element),
      captioned("Bytes in holes by their size: the stronger the colour, the more of the heap, up to an eighth of it", this.holes.canvas, this.holesSummary, this.holesPointed),
    );
    if (subject.latencies !== null) this.latency = this.addLatency(subject.latencies, scale, of);
  }

  private addLatency(latencies: Latencies, scale: CommonScale, of: string): LatencyPlot {
    const words = paragraph("summary");
    const pointed = paragraph("pointed");
    const plot = new LatencyPlot(latencies, this.state, scale, `How long the requests of ${of} took`, (what) => (pointed.textContent = what));
    words.textContent = `Over the whole trace ${latencies.words}`;
    this.element.append(captioned("How long each request took, less what reading the clock takes", plot.canvas, words, pointed));
    return plot;
  }

  draw(): void {
    const theme = themeOf(this.element);
    const columns = columnsOf(this.sweep, this.state.window, Math.max(1, this.carpet.canvas.clientWidth));
    const moment = momentAt(this.subject.history, this.sweep, this.state.at);
    const went = `the replay went wrong after #${this.subject.history.requests}`;
    const deed = deedOf(this.subject.history, this.state.at);
    const text = moment === null ? went : `${summaryOf(moment)}${deed === "" ? "" : `; ${deed}`}`;
    this.summary.textContent = text;
    this.carpet.draw(columns, theme);
    this.map.draw(moment, text, theme);
    this.curves.draw(columns, theme);
    this.share.draw(columns, theme);
    this.holes.draw(theme);
    this.holesSummary.textContent = this.holes.words();
    this.latency?.draw(theme);
  }
}

export class TraceView {
  readonly element = document.createElement("div");
  private readonly panels: Panel[];
  private readonly controls: Controls;
  private waiting = false;

  constructor(trace: string, subjects: Subject[], state: ViewState) {
    this.element.className = "view";
    this.controls = new Controls(state, trace);
    const sweeps = subjects.map((subject) => sweepOf(subject.history));
    const scale = new CommonScale(sweeps, subjects.map((subject) => subject.latencies).filter((one) => one !== null));
    const about = { trace, named: subjects.length > 1 };
    this.panels = subjects.map((subject, i) => new Panel(subject, sweeps[i], state, scale, about));
    this.element.append(this.controls.element, ...this.panels.map((panel) => panel.element));
    state.onChange(() => {
      this.controls.update();
      this.redraw();
    });
    new ResizeObserver(() => this.redraw()).observe(this.element);
  }

  /** Once for each frame, however often the state changes. */
  redraw(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      if (this.element.clientWidth === 0) return; // in a closed section
      for (const panel of this.panels) panel.draw();
    });
  }
}

function paragraph(className: string): HTMLParagraphElement {
  const element = document.createElement("p");
  element.className = className;
  return element;
}

function heading(text: string): HTMLElement {
  const element = document.createElement("h4");
  element.textContent = text;
  return element;
}

function captioned(text: string, ...content: HTMLElement[]): HTMLElement {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = text;
  figure.append(caption, ...content);
  return figure;
}
