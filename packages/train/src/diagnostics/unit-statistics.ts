import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkList, checkNumber, checkOptions, checkTensor, type OptionNames } from "../check.ts";

/**
 * Options of {@link unitStatistics} and {@link traceStatistics}.
 *
 * @public
 */
export interface UnitStatisticsOptions {
  /** Length of every row, `[N]`: later steps do not count. Default: all steps count. */
  lengths?: ArrayLike<number> | undefined;
  /** Absolute values below this are low, at least 0: closed gates. Default 0.1. */
  low?: number | undefined;
  /** Absolute values above this are high, at least 0: open gates, saturated units. Default 0.9. */
  high?: number | undefined;
}

/**
 * Statistics of the values of some units, over all steps and rows.
 *
 * @public
 */
export interface UnitStatistics {
  /** Mean. */
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  /** Share of low values: closed gates, silent units. */
  readonly low: number;
  /** Share of high values: open gates, saturated units. */
  readonly high: number;
  /** Mean of each unit, `[H]`. */
  readonly means: readonly number[];
  /** Units that never change by more than 1e-6 carry no information; none if there is one value of each. */
  readonly dead: readonly number[];
}

const OPTIONS: OptionNames<UnitStatisticsOptions> = { lengths: true, low: true, high: true };

/**
 * Statistics of hidden units or gates: how often they are closed or saturated, and which of them are dead.
 *
 * @remarks
 * Values `[L, N, H]` (steps, rows, units), such as the output of a recurrent layer; without `lengths` any shape whose last
 * dimension is the units. Computed in float64.
 *
 * @throws TypeError if `values` is not a tensor, or for an unknown option.
 * @throws ShapeError if `values` has no dimension of units, or does not fit `lengths`.
 * @throws RangeError if nothing is left to count.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { unitStatistics } from "@rnn/train/diagnostics";
 *
 * const { mean, high, dead } = unitStatistics(tensor([[0.5, 0, 1], [-0.5, 0, 0.95]])); // two steps of three units
 * mean; // => 0.325
 * high; // => 0.333
 * dead; // => [1]
 * ```
 *
 * @public
 */
export function unitStatistics(values: Tensor, options: UnitStatisticsOptions = {}): UnitStatistics {
  return statisticsOf("unitStatistics", values, options);
}

/**
 * {@link unitStatistics} of everything that a recurrent layer traced: gates and states of every layer and direction.
 *
 * @param trace - what `forward` with `trace: true` returned as `trace`: `trace[layer][direction]`
 * @returns the same lists with statistics in place of tensors
 * @throws TypeError if `trace` is not such a list, or for an unknown option.
 * @throws ShapeError if `lengths` does not fit.
 *
 * @example
 * ```ts
 * import { GRU } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 * import { traceStatistics } from "@rnn/train/diagnostics";
 *
 * const gru = new GRU({ inputSize: 2, hiddenSize: 4 });
 * const { trace } = gru.forward(zeros([7, 3, 2]), { trace: true });
 * const [[first]] = traceStatistics(trace) as [[{ z: { low: number } }]];
 * first.z.low; // no update gate is closed => 0
 * ```
 *
 * @public
 */
export function traceStatistics<Trace extends object>(
  trace: readonly (readonly Trace[])[],
  options: UnitStatisticsOptions = {},
): { [Name in keyof Trace]: UnitStatistics }[][] {
  const where = "traceStatistics";
  checkList(where, "trace", trace, "layers");
  return trace.map((layer, l) => {
    checkList(where, `trace[${l}]`, layer, "directions");
    return layer.map((gates) => {
      const entries = Object.entries(gates).map(([name, values]) => [
        name,
        statisticsOf(where, values, options),
      ]);
      return Object.fromEntries(entries) as { [Name in keyof Trace]: UnitStatistics };
    });
  });
}

/** A unit that moves less than this is dead. */
const STILL = 1e-6;

function statisticsOf(where: string, values: Tensor, options: UnitStatisticsOptions): UnitStatistics {
  checkOptions(where, options, OPTIONS);
  const { lengths, low = 0.1, high = 0.9 } = options;
  checkNumber(where, "low", low, { min: 0 });
  checkNumber(where, "high", high, { min: 0 });
  checkTensor(where, "values", values);
  const counts = rowFilter(where, values, lengths);
  const units = values.shape.at(-1) as number;
  const { data, offset } = values.contiguous();
  const sums = new Float64Array(units);
  const least = new Float64Array(units).fill(Number.POSITIVE_INFINITY);
  const largest = new Float64Array(units).fill(Number.NEGATIVE_INFINITY);
  let [rows, squares, lows, highs] = [0, 0, 0, 0];
  for (let row = 0; row < values.size / units; row++) {
    if (!counts(row)) continue;
    rows++;
    for (let unit = 0; unit < units; unit++) {
      const x = data[offset + row * units + unit]!;
      sums[unit]! += x;
      squares += x * x;
      lows += Number(Math.abs(x) < low);
      highs += Number(Math.abs(x) > high);
      least[unit] = Math.min(least[unit]!, x);
      largest[unit] = Math.max(largest[unit]!, x);
    }
  }
  const count = rows * units;
  if (count === 0) throw new RangeError(`${where}: there are no values to count`);
  const mean = sums.reduce((sum, x) => sum + x, 0) / count;
  return {
    mean,
    deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)),
    low: lows / count,
    high: highs / count,
    means: Array.from(sums, (sum) => sum / rows),
    dead: rows === 1 ? [] : [...sums.keys()].filter((unit) => largest[unit]! - least[unit]! <= STILL),
  };
}

/** Which rows of `[L, N]` are steps within the lengths. */
function rowFilter(
  where: string,
  { shape }: Tensor,
  lengths: ArrayLike<number> | undefined,
): (row: number) => boolean {
  if (shape.length === 0) throw new ShapeError(`${where}: values of shape [] have no dimension of units`);
  if (lengths === undefined) return () => true;
  checkList(where, "lengths", lengths, "numbers");
  const n = shape[1];
  if (shape.length !== 3 || n !== lengths.length) {
    throw new ShapeError(
      `${where}: ${lengths.length} lengths do not fit values of shape [${shape.join(",")}]; expected [L, ${lengths.length}, H]`,
    );
  }
  return (row) => Math.floor(row / n) < lengths[row % n]!;
}
