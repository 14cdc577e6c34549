import { type ChartScale, linearScale } from "./chart-scale.ts";
import { type Colour, type Paint, plain } from "./colour.ts";

/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly colour: Colour;
  /** One value per step; at least one. */
  readonly values: readonly number[];
}

/** Bit of a dot in a braille character, by column (0, 1) and row (0..3). Unicode: U+2800 + bits. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/**
 * Draws lines over steps 1..n with braille dots (2 x 4 in a character), each line's name beside its end.
 *
 * @param series - Lines of equal length.
 * @param size - Characters of the plot itself, without axes and names.
 * @param ends - What stands below the first and the last step; default their numbers.
 * @param scale - Heights and labels of the values; default equal steps from the lowest to the highest.
 * @returns Text lines, the last one the step axis.
 */
export function lineChart(
  series: readonly Series[],
  size: { readonly columns: number; readonly rows: number },
  paint: Paint = plain,
  ends?: readonly [first: string, last: string],
  scale: ChartScale = linearScale(series.flatMap((line) => line.values)),
): string[] {
  const { columns, rows } = size;
  const bits = new Uint8Array(rows * columns);
  const colours: Colour[] = new Array(rows * columns).fill("dim");
  const steps = Math.max(...series.map((line) => line.values.length));
  const dotX = (step: number) => (steps === 1 ? 0 : Math.round((step / (steps - 1)) * (columns * 2 - 1)));
  const dotY = (value: number) => Math.round(scale.depth(value) * (rows * 4 - 1));
  const dot = (x: number, y: number, colour: Colour) => {
    const cell = (y >> 2) * columns + (x >> 1);
    bits[cell]! |= DOTS[(x & 1) as 0 | 1][y & 3]!;
    colours[cell] = colour;
  };
  for (const { values, colour } of series) {
    values.forEach((value, step) => {
      if (!Number.isFinite(value)) return;
      const previous = values[step - 1];
      if (previous === undefined || !Number.isFinite(previous)) dot(dotX(step), dotY(value), colour);
      else segment(dotX(step - 1), dotY(previous), dotX(step), dotY(value), (x, y) => dot(x, y, colour));
    });
  }

  const names = placeNames(series, rows, scale, (value) => dotY(value) >> 2);
  const labels = [scale.label(scale.high), scale.label(scale.low)];
  const gutter = Math.max(...labels.map((label) => label.length));
  const lines = Array.from({ length: rows }, (_, row) => {
    const label = row === 0 ? labels[0]! : row === rows - 1 ? labels[1]! : "";
    const cells = Array.from({ length: columns }, (_, column) => {
      const cell = row * columns + column;
      return bits[cell] === 0 ? " " : paint(colours[cell]!, String.fromCharCode(0x2800 + bits[cell]!));
    });
    const name = names[row];
    return `${label.padStart(gutter)} ┤${cells.join("")}${name === undefined ? "" : ` ${paint(name.colour, name.text)}`}`.trimEnd();
  });
  const [first, last] = ends ?? ["1", steps === 1 ? "" : String(steps)];
  lines.push(`${" ".repeat(gutter)} └${"─".repeat(columns)}`);
  lines.push(`${" ".repeat(gutter + 2)}${first}${last.padStart(columns - first.length)}`.trimEnd());
  return lines;
}

/** Names with last values, each in the row where its line ends, or the nearest free one. */
function placeNames(
  series: readonly Series[],
  rows: number,
  scale: ChartScale,
  rowOf: (value: number) => number,
): ({ text: string; colour: Colour } | undefined)[] {
  const names: ({ text: string; colour: Colour } | undefined)[] = new Array(rows).fill(undefined);
  for (const { name, colour, values } of series) {
    const last = values.filter(Number.isFinite).at(-1) ?? Number.NaN;
    const wanted = Number.isFinite(last) ? rowOf(last) : 0;
    const free = names.flatMap((taken, row) => (taken === undefined ? [row] : []));
    const row = free.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    if (row !== undefined) names[row] = { text: `${name} ${scale.label(last)}`, colour };
  }
  return names;
}

/** Bresenham's line, both ends included. */
function segment(x0: number, y0: number, x1: number, y1: number, dot: (x: number, y: number) => void): void {
  const dx = Math.abs(x1 - x0);
  const dy = -Math.abs(y1 - y0);
  const stepX = x0 < x1 ? 1 : -1;
  const stepY = y0 < y1 ? 1 : -1;
  let x = x0;
  let y = y0;
  let error = dx + dy;
  for (;;) {
    dot(x, y);
    if (x === x1 && y === y1) return;
    const twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x += stepX;
    }
    if (twice <= dx) {
      error += dx;
      y += stepY;
    }
  }
}
