import { inFormOf, readSeries, type SameForm, type Series } from "./series.ts";

/**
 * Fills missing values with the last one before: x_t = x_(t - 1) where x_t is NaN.
 *
 * @remarks
 * Series `[T]` or `[T, V]`; the result has the same form. Only past values are used, so nothing of the future leaks into the past.
 * Source: `ffill` of pandas.
 *
 * @throws TypeError if `series` is no series.
 * @throws RangeError if a variable begins with a missing value, or a value is infinite.
 *
 * @example
 * ```ts
 * import { forwardFill } from "@rnn/train/forecasting";
 *
 * forwardFill([1, NaN, NaN, 4]); // => [1, 1, 1, 4]
 * ```
 *
 * @public
 */
export function forwardFill<S extends Series>(series: S): SameForm<S> {
  const matrix = readSeries("forwardFill", "series", series, { allowed: true });
  const { data, variables } = matrix;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isNaN(data[i])) continue;
    if (i < variables) {
      const which = variables === 1 ? "series" : `variable ${i}`;
      throw new RangeError(
        `forwardFill: ${which} begins with a missing value, and there is none before it; drop the first steps`,
      );
    }
    data[i] = data[i - variables]!;
  }
  return inFormOf(series, matrix);
}
