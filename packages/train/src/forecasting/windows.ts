import { Tensor } from "@rnn/tensor";
import { checkChoice, checkInteger, checkOptions, type OptionNames } from "../check.ts";
import type { Series } from "./series.ts";
import { block, lastOf, observed } from "./window-block.ts";
import {
  checkCovariates,
  checkHistory,
  isWhole,
  planOf,
  WINDOW,
  type WindowOptions,
  type WindowPlan,
} from "./window-plan.ts";

/**
 * Options of {@link slidingWindows}.
 *
 * @public
 */
export interface SlidingWindowsOptions extends WindowOptions {
  /** Steps from one window to the next. Default 1. */
  stride?: number | undefined;
  /**
   * What to do about NaN: throw, skip the windows that have one, or replace it by 0 and mark it in `observedInputs` and
   * `observedTargets`. Default `"error"`.
   */
  missing?: "error" | "skip" | "mask" | undefined;
}

/**
 * Options of {@link lastWindow}.
 *
 * @public
 */
export interface LastWindowOptions extends WindowOptions {
  /** What to do about NaN in the window: throw, or mask it as {@link slidingWindows} does. Default `"error"`. */
  missing?: "error" | "mask" | undefined;
}

/**
 * Windows of a series without targets.
 *
 * @public
 */
export interface InputWindows {
  /** Inputs of the network, `[N, history, V + C]`: V variables, then C covariates. */
  readonly inputs: Tensor;
  /** The covariates of the steps to forecast, `[N, horizon, C]`; `null` without any. */
  readonly future: Tensor | null;
  /** What `subtractLast` subtracted from the targets, to be added to forecasts, float64 `[N, 1, K]`; without it, 0. */
  readonly last: Tensor;
  /** 1 where a variable was observed and 0 where it was missing, `[N, history, V]`; `null` unless `missing` is `"mask"`. */
  readonly observedInputs: Tensor | null;
  /** Position of the first step to forecast of each window, `[N]`. */
  readonly origins: Int32Array;
}

/**
 * Windows of a series with the targets that follow them.
 *
 * @public
 */
export interface Windows extends InputWindows {
  /** The K variables to forecast, `[N, horizon, K]`. */
  readonly targets: Tensor;
  /** 1 where a target was observed and 0 where it was missing, `[N, horizon, K]`; `null` unless `missing` is `"mask"`. */
  readonly observedTargets: Tensor | null;
}

const SLIDING: OptionNames<SlidingWindowsOptions> = { ...WINDOW, stride: true, missing: true };
const LAST: OptionNames<LastWindowOptions> = { ...WINDOW, missing: true };

/**
 * Cuts a series into windows for `tensorBatches`: `history` steps as input, the `horizon` steps after them as target.
 *
 * @remarks
 * Series `[T]` (V = 1) or `[T, V]`; inputs `[N, history, V + C]`, targets `[N, horizon, K]`, with
 * N = ⌊(T - history - horizon) / stride⌋ + 1 if none is skipped. The last values are subtracted in float64, before anything is
 * rounded to `dtype`. Source of `subtractLast`: Zeng et al. 2023, "Are Transformers Effective for Time Series Forecasting?".
 * {@link concatWindows} joins the windows of several series.
 *
 * @throws TypeError if `series` is no series, or for an unknown option.
 * @throws RangeError if a value is missing (see `missing`) or infinite, for options out of range, and if no window is left.
 * @throws ShapeError if there are not as many covariates as steps.
 *
 * @example
 * ```ts
 * import { slidingWindows } from "@rnn/train/forecasting";
 *
 * const windows = slidingWindows([1, 2, 4, 7, 11], { history: 2, horizon: 2, subtractLast: true });
 * windows.inputs.toArray(); // => [[[-1], [0]], [[-2], [0]]]
 * windows.targets.toArray(); // => [[[2], [5]], [[3], [7]]]
 * windows.targets.add(windows.last).toArray(); // => [[[4], [7]], [[7], [11]]]
 * windows.origins; // => [2, 3]
 * ```
 *
 * @public
 */
export function slidingWindows(series: Series, options: SlidingWindowsOptions): Windows {
  const where = "slidingWindows";
  checkOptions(where, options, SLIDING);
  const { stride = 1, missing = "error" } = options;
  checkInteger(where, "stride", stride, 1);
  checkChoice(where, "missing", missing, ["error", "skip", "mask"]);
  const plan = planOf(where, series, options, missing !== "error");
  const { matrix, history, horizon } = plan;
  if (matrix.steps < history + horizon) {
    throw new RangeError(
      `${where}: series has ${matrix.steps} steps, fewer than history ${history} + horizon ${horizon}`,
    );
  }
  checkCovariates(where, plan, matrix.steps, "as many as series");
  let origins = Array.from(
    { length: Math.floor((matrix.steps - history - horizon) / stride) + 1 },
    (_, n) => history + n * stride,
  );
  if (missing === "skip") {
    origins = origins.filter((origin) => isWhole(plan, origin));
    if (origins.length === 0) throw new RangeError(`${where}: every window has a missing value`);
  }
  const { targets, horizon: steps } = plan;
  return {
    ...histories(plan, origins, missing === "mask"),
    targets: block(plan, origins, 0, steps, targets),
    observedTargets: missing === "mask" ? observed(plan, origins, 0, steps, targets) : null,
  };
}

/**
 * The end of a series as a window to forecast from: the same as {@link slidingWindows} with nothing after it.
 *
 * @remarks
 * Series `[T]` or `[T, V]`; inputs `[1, history, V + C]`. Covariates are known for the steps to forecast, too: `[T + horizon, C]`.
 *
 * @throws TypeError if `series` is no series, or for an unknown option.
 * @throws RangeError if a value of the window is missing (see `missing`), any is infinite, or there are fewer than `history` steps.
 * @throws ShapeError if there are not as many covariates as steps and steps to forecast.
 *
 * @example
 * ```ts
 * import { lastWindow } from "@rnn/train/forecasting";
 *
 * const { inputs, last } = lastWindow([1, 2, 4, 7, 11], { history: 3, subtractLast: true });
 * inputs.toArray(); // => [[[-7], [-4], [0]]]
 * last.toArray(); // => [[[11]]]
 * ```
 *
 * @public
 */
export function lastWindow(series: Series, options: LastWindowOptions): InputWindows {
  const where = "lastWindow";
  checkOptions(where, options, LAST);
  const { missing = "error" } = options;
  checkChoice(where, "missing", missing, ["error", "mask"]);
  const plan = planOf(where, series, options, true);
  const { matrix, history, horizon } = plan;
  if (matrix.steps < history) {
    throw new RangeError(`${where}: series has ${matrix.steps} steps, fewer than history ${history}`);
  }
  if (missing === "error") checkHistory(where, plan);
  checkCovariates(where, plan, matrix.steps + horizon, `steps of series + horizon ${horizon}`);
  return histories(plan, [matrix.steps], missing === "mask");
}

function histories(plan: WindowPlan, origins: readonly number[], isMasked: boolean): InputWindows {
  const { covariates, history, horizon, all, targets } = plan;
  return {
    inputs: block(plan, origins, -history, 0, all, covariates),
    future: covariates === null ? null : block(plan, origins, 0, horizon, [], covariates),
    last: new Tensor(
      Float64Array.from(origins.flatMap((origin) => targets.map((v) => lastOf(plan, origin, v)))),
      [origins.length, 1, targets.length],
    ),
    observedInputs: isMasked ? observed(plan, origins, -history, 0, all) : null,
    origins: Int32Array.from(origins),
  };
}
