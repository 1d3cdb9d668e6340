// The request that is looked at and the requests that are shown, as fields and buttons: for hands and for screen readers.
import type { ViewState } from "./state";

const inwards = 0.5;
const largeStep = 0.1; // of the window

export class Controls {
  readonly element = document.createElement("div");
  private readonly slider: HTMLInputElement;
  private readonly at: HTMLInputElement;
  private readonly first: HTMLInputElement;
  private readonly last: HTMLInputElement;

  constructor(
    private readonly state: ViewState,
    trace: string,
  ) {
    this.element.className = "controls";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", `Requests of ${trace}`);
    this.slider = this.field("request", "range", () => state.moveTo(Number(this.slider.value)));
    this.slider.className = "slider";
    this.at = this.field("request, as a number", "number", () => state.moveTo(Number(this.at.value) || 1));
    this.button("Previous", "‹", () => state.moveTo(state.at - 1));
    this.button("Next", "›", () => state.moveTo(state.at + 1));
    this.first = this.field("from", "number", () => this.zoom());
    this.last = this.field("to", "number", () => this.zoom());
    this.button("Zoom in", "+", () => state.zoomBy(inwards));
    this.button("Zoom out", "−", () => state.zoomBy(1 / inwards));
    this.button("Show all requests", "all", () => state.showAll());
    this.update();
  }

  update(): void {
    const { first, last } = this.state.window;
    this.slider.min = String(first);
    this.slider.max = String(last);
    this.slider.value = String(this.state.at);
    this.slider.setAttribute("aria-valuetext", `request ${this.state.at}`);
    this.at.value = String(this.state.at);
    this.first.value = String(first);
    this.last.value = String(last);
  }

  private zoom(): void {
    this.state.zoomTo(Number(this.first.value) || 1, Number(this.last.value) || this.state.requests);
  }

  private field(name: string, type: string, changed: () => void): HTMLInputElement {
    const label = document.createElement("label");
    const words = document.createElement("span");
    words.textContent = name;
    if (type === "number" && name.includes(",")) words.className = "unseen";
    const input = document.createElement("input");
    input.type = type;
    input.min = "1";
    input.max = String(this.state.requests);
    input.addEventListener(type === "range" ? "input" : "change", changed);
    label.append(words, input);
    this.element.append(label);
    return input;
  }

  private button(name: string, sign: string, pressed: () => void): void {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", pressed);
    this.element.append(button);
  }
}

/** Arrows step, with Shift further; + - 0 zoom: on a picture that has the focus. */
export function steerByKeys(element: HTMLElement, state: ViewState): void {
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { first, last } = state.window;
    const large = Math.max(1, Math.round((last - first + 1) * largeStep));
    const step = event.shiftKey ? large : 1;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => state.moveTo(state.at - step),
      ArrowDown: () => state.moveTo(state.at - step),
      ArrowRight: () => state.moveTo(state.at + step),
      ArrowUp: () => state.moveTo(state.at + step),
      PageUp: () => state.moveTo(state.at + large),
      PageDown: () => state.moveTo(state.at - large),
      Home: () => state.moveTo(first),
      End: () => state.moveTo(last),
      "+": () => state.zoomBy(inwards),
      "-": () => state.zoomBy(1 / inwards),
      "0": () => state.showAll(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
