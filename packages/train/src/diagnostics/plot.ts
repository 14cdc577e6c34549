import { checkChoice, checkInteger, checkList, checkOptions, type OptionNames } from "../check.ts";

/**
 * Options of {@link plot}.
 *
 * @public
 */
export interface PlotOptions {
  /** Lines of the plot, at least 1. Default 8. */
  rows?: number | undefined;
  /** Characters per line, without the scale, at least 1. Default 60. */
  columns?: number | undefined;
  /** `"log"` shows positive values by their logarithm: a gradient that vanishes is a straight line. Default `"linear"`. */
  scale?: "linear" | "log" | undefined;
}

const OPTIONS: OptionNames<PlotOptions> = { rows: true, columns: true, scale: true };

/** A cell filled from below, in eighths. */
const CELLS = " ▁▂▃▄▅▆▇█";

/**
 * Draws numbers as columns of characters, for a terminal: largest value above, smallest below.
 *
 * @remarks
 * Where there are more values than columns, each column is the mean of its share of them. Values that are not finite (with
 * `"log"`: not above 0) are left out.
 *
 * @param values - the numbers, such as the norms of {@link gradientFlow}
 * @returns lines of text
 * @throws TypeError if `values` is not a list, or for an unknown option.
 * @throws RangeError for options out of range.
 *
 * @example
 * ```ts
 * import { plot } from "@rnn/train/diagnostics";
 *
 * const text = plot([0.001, 0.01, 0.1, 1], { rows: 2, scale: "log" });
 * text.split("\n")[0]; // => "    1 │  ▃█"
 * text.split("\n")[1]; // => "0.001 │▁▆██"
 * ```
 *
 * @public
 */
export function plot(values: ArrayLike<number>, options: PlotOptions = {}): string {
  checkList("plot", "values", values, "numbers");
  checkOptions("plot", options, OPTIONS);
  const { rows = 8, columns = 60, scale = "linear" } = options;
  checkInteger("plot", "rows", rows, 1);
  checkInteger("plot", "columns", columns, 1);
  checkChoice("plot", "scale", scale, ["linear", "log"]);
  const isLog = scale === "log";
  const heights = condensed(Array.from(values, isLog ? Math.log10 : Number), columns);
  const finite = heights.filter(Number.isFinite);
  const least = Math.min(...finite);
  const range = Math.max(...finite) - least || 1;
  // from one eighth, so that the smallest value can be seen
  const eighths = heights.map((height) =>
    Number.isFinite(height) ? 1 + Math.round(((height - least) / range) * (8 * rows - 1)) : 0,
  );
  const label = (height: number) =>
    finite.length === 0 ? "" : String(Number((isLog ? 10 ** height : height).toPrecision(3)));
  const names = new Array<string>(rows).fill("");
  names[rows - 1] = label(least);
  names[0] = label(Math.max(...finite));
  const margin = Math.max(...names.map(({ length }) => length));
  return names
    .map((name, line) => {
      const below = 8 * (rows - 1 - line);
      const cells = eighths.map((height) => CELLS[Math.max(0, Math.min(8, height - below))]);
      return `${name.padStart(margin)} │${cells.join("")}`;
    })
    .join("\n");
}

/** At most this many values: the means of the finite ones in equal shares. */
function condensed(values: readonly number[], columns: number): number[] {
  if (values.length <= columns) return [...values];
  return Array.from({ length: columns }, (_, column) => {
    const start = Math.floor((column * values.length) / columns);
    const share = values
      .slice(start, Math.floor(((column + 1) * values.length) / columns))
      .filter(Number.isFinite);
    return share.reduce((sum, value) => sum + value, 0) / share.length;
  });
}
