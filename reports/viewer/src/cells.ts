// Grids of what the heap is made of, and how they are painted.
import type { Rgb, Theme } from "./theme";

/** Shares of each cell's area, 0..1; the rest of it is no heap. Column by column, from the bottom up. */
export interface Cells {
  columns: number;
  rows: number;
  heap: Float32Array;
  payload: Float32Array;
  free: Float32Array;
}

/** Each cell in the mix of the colours that it is made of. */
export function paintCells(cells: Cells, theme: Theme): ImageData {
  const image = new ImageData(cells.columns, cells.rows);
  let at = 0;
  for (let row = cells.rows - 1; row >= 0; --row) {
    for (let column = 0; column < cells.columns; ++column, at += 4) {
      const cell = column * cells.rows + row;
      const payload = cells.payload[cell];
      const free = cells.free[cell];
      const overhead = Math.max(0, cells.heap[cell] - payload - free);
      const none = Math.max(0, 1 - payload - free - overhead);
      for (let i = 0; i < 3; ++i) {
        image.data[at + i] = mix(theme, i, payload, overhead, free, none);
      }
      image.data[at + 3] = 255;
    }
  }
  return image;
}

function mix(theme: Theme, i: number, payload: number, overhead: number, free: number, none: number): number {
  const of = (colour: Rgb) => colour[i];
  return of(theme.payload) * payload + of(theme.overhead) * overhead + of(theme.hole) * free + of(theme.unrequested) * none;
}

/** Fills a part of a canvas with an image, cells enlarged as they are. */
export function drawImage(context: CanvasRenderingContext2D, image: ImageData, box: DOMRect): void {
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, box.x, box.y, box.width, box.height);
}

/** Makes the canvas as sharp as the screen; the context then counts in CSS pixels. */
export function prepare(canvas: HTMLCanvasElement, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  canvas.style.height = `${height}px`;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.clientWidth, height);
  return context;
}
