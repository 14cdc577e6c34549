import { writeColour } from "./colours.ts";

/** Width of a word's column in CSS pixels: that of `.token` in style.css (4.5rem at 16 px). */
const COLUMN = 72;
/** Height of the map in CSS pixels, and the least and most of a row. */
const HEIGHT = 320;
const ROW = { least: 2, most: 16 };

/** A value under the pointer. */
export interface Probe {
  readonly unit: number;
  readonly word: number;
  readonly value: number;
}

/** Hidden states as colours: one row per unit, one column per word. */
export class HeatMap {
  readonly #canvas: HTMLCanvasElement;
  #states: readonly (readonly number[])[] = [];
  #units: readonly number[] = [];

  /** @param onProbe - hears which value the pointer is on; `null` when it leaves */
  constructor(canvas: HTMLCanvasElement, onProbe: (probe: Probe | null) => void) {
    this.#canvas = canvas;
    canvas.addEventListener("pointermove", (event) => onProbe(this.#probe(event.offsetX, event.offsetY)));
    canvas.addEventListener("pointerleave", () => onProbe(null));
  }

  /** Draws `states[unit][word]`, the units in the given order. */
  draw(states: readonly (readonly number[])[], units: readonly number[]): void {
    this.#states = states;
    this.#units = units;
    const words = states[0]?.length ?? 0;
    const rowHeight = Math.max(ROW.least, Math.min(ROW.most, Math.floor(HEIGHT / Math.max(1, units.length))));
    const canvas = this.#canvas;
    canvas.width = Math.max(1, words);
    canvas.height = Math.max(1, units.length);
    canvas.style.width = `${words * COLUMN}px`;
    canvas.style.height = `${units.length * rowHeight}px`;
    canvas.setAttribute("aria-label", `Heat map of ${units.length} hidden units over ${words} words`);
    if (words === 0 || units.length === 0) return;
    const context = canvas.getContext("2d");
    if (context === null) return;
    const image = context.createImageData(words, units.length);
    units.forEach((unit, row) => {
      for (let word = 0; word < words; word++) {
        writeColour(states[unit]![word]!, image.data, 4 * (row * words + word));
      }
    });
    context.putImageData(image, 0, 0);
  }

  #probe(x: number, y: number): Probe | null {
    const { clientWidth, clientHeight, width, height } = this.#canvas;
    const word = Math.floor((x / clientWidth) * width);
    const unit = this.#units[Math.floor((y / clientHeight) * height)];
    const value = unit === undefined ? undefined : this.#states[unit]?.[word];
    return unit === undefined || value === undefined ? null : { unit, word, value };
  }
}
