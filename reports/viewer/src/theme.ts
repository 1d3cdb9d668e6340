// The report's colours, as its style sheet has them for light, dark and high contrast.

export type Rgb = [number, number, number];

export interface Theme {
  text: string;
  quiet: string;
  page: string;
  grid: string;
  line: string;
  payload: Rgb;
  overhead: Rgb;
  hole: Rgb;
  unrequested: Rgb;
}

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const named = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: named("text"),
    quiet: named("quiet"),
    page: named("page"),
    grid: named("grid"),
    line: named("line"),
    payload: rgb(named("payload")),
    overhead: rgb(named("overhead")),
    hole: rgb(named("hole")),
    unrequested: rgb(named("unrequested")),
  };
}

/** Around plots that stand below each other, so that a request has the same place in all; in pixels. */
export const plotMargin = { left: 66, right: 48 };

export function css([red, green, blue]: Rgb): string {
  return `rgb(${red},${green},${blue})`;
}

/** Called when the reader's system turns light or dark. */
export function onThemeChange(listener: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

/** Of "#rrggbb". */
function rgb(text: string): Rgb {
  const value = parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
