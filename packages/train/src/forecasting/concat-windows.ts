import { cat, ShapeError, type Tensor } from "@rnn/tensor";
import { checkList } from "../check.ts";
import type { Windows } from "./windows.ts";

/**
 * Windows of several series.
 *
 * @public
 */
export interface MultiSeriesWindows extends Windows {
  /** Position in `parts` of the series that each window is from, `[N]`. */
  readonly series: Int32Array;
}

/**
 * Joins the windows of several series, so that one network learns from all of them; no window spans two series.
 *
 * @remarks
 * N is the sum of the N of the parts. Make all parts with the same options.
 *
 * @throws TypeError if `parts` is not a list.
 * @throws RangeError if it is empty.
 * @throws ShapeError if the windows have different shapes.
 *
 * @example
 * ```ts
 * import { concatWindows, slidingWindows } from "@rnn/train/forecasting";
 *
 * const shops = [[1, 2, 3], [10, 20, 30, 40]];
 * const windows = concatWindows(shops.map((sales) => slidingWindows(sales, { history: 2 })));
 * windows.targets.toArray(); // => [[[3]], [[30]], [[40]]]
 * windows.series; // => [0, 1, 1]
 * ```
 *
 * @public
 */
export function concatWindows(parts: readonly Windows[]): MultiSeriesWindows {
  const where = "concatWindows";
  checkList(where, "parts", parts, "windows");
  const [first] = parts;
  if (first === undefined) throw new RangeError(`${where}: there are no parts`);
  const joined = (name: keyof Windows): Tensor | null => {
    const tensors = parts.map((part) => part[name] as Tensor | null);
    const shapes = tensors.map((tensor) => (tensor === null ? "none" : `[N,${tensor.shape.slice(1)}]`));
    const other = shapes.findIndex((shape) => shape !== shapes[0]);
    if (other >= 0) {
      throw new ShapeError(
        `${where}: ${name} of part ${other} have shape ${shapes[other]}, those of part 0 ${shapes[0]}`,
      );
    }
    return tensors[0] === null ? null : cat(tensors as Tensor[], 0);
  };
  return {
    inputs: joined("inputs")!,
    targets: joined("targets")!,
    future: joined("future"),
    last: joined("last")!,
    observedInputs: joined("observedInputs"),
    observedTargets: joined("observedTargets"),
    origins: Int32Array.from(parts.flatMap(({ origins }) => [...origins])),
    series: Int32Array.from(parts.flatMap(({ origins }, s) => Array.from(origins, () => s))),
  };
}
