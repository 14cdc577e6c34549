import { ShapeError } from "@rnn/tensor";
import { checkBoolean, checkChoice, checkInteger, type OptionNames } from "../check.ts";
import { checkVariables } from "./scaled-columns.ts";
import { type Matrix, readSeries, type Series } from "./series.ts";

/**
 * What {@link slidingWindows} and {@link lastWindow} make windows of.
 *
 * @public
 */
export interface WindowOptions {
  /** Steps that the network gets as input. */
  history: number;
  /** Steps that it forecasts. Default 1. */
  horizon?: number | undefined;
  /** Positions of the variables to forecast. Default: all. */
  targets?: readonly number[] | undefined;
  /** Variables whose future is known, such as {@link calendarFeatures}: `[T, C]`. They follow the other variables in the inputs. */
  covariates?: Series | undefined;
  /** Subtract from each variable its last value in the window, for series that leave the range they were trained on. Default `false`. */
  subtractLast?: boolean | undefined;
  /** Dtype of the windows. Default `"float32"`. */
  dtype?: "float32" | "float64" | undefined;
}

/** The names of {@link WindowOptions}. */
export const WINDOW: OptionNames<WindowOptions> = {
  history: true,
  horizon: true,
  targets: true,
  covariates: true,
  subtractLast: true,
  dtype: true,
};

/** Checked options and the series that they are about. */
export interface WindowPlan {
  readonly matrix: Matrix;
  readonly covariates: Matrix | null;
  readonly history: number;
  readonly horizon: number;
  readonly targets: readonly number[];
  readonly all: readonly number[];
  readonly subtractLast: boolean;
  readonly dtype: "float32" | "float64";
}

/** Checks options and series. */
export function planOf(where: string, series: Series, options: WindowOptions, mayMiss: boolean): WindowPlan {
  const { history, horizon = 1, covariates, subtractLast = false, dtype = "float32" } = options;
  checkInteger(where, "history", history, 1);
  checkInteger(where, "horizon", horizon, 1);
  checkBoolean(where, "subtractLast", subtractLast);
  checkChoice(where, "dtype", dtype, ["float32", "float64"]);
  const advice = 'fill it (forwardFill) or pass missing: "skip" or "mask"';
  const matrix = readSeries(where, "series", series, { allowed: mayMiss, advice });
  const all = Array.from({ length: matrix.variables }, (_, v) => v);
  const { targets = all } = options;
  checkVariables(where, "targets", targets, matrix.variables);
  return {
    matrix,
    covariates: covariates === undefined ? null : readSeries(where, "covariates", covariates),
    history,
    horizon,
    targets,
    all,
    subtractLast,
    dtype,
  };
}

/** Throws if a value of the last steps is missing. */
export function checkHistory(where: string, { matrix, history }: WindowPlan): void {
  const { data, steps, variables } = matrix;
  const i = data.findIndex((value, at) => at >= (steps - history) * variables && Number.isNaN(value));
  if (i < 0) return;
  const variable = variables === 1 ? "" : ` (variable ${i % variables})`;
  throw new RangeError(
    `${where}: series has NaN at step ${Math.floor(i / variables)}${variable}; fill it (forwardFill) or pass missing: "mask"`,
  );
}

/** Throws unless there are covariates of this many steps, or none. */
export function checkCovariates(
  where: string,
  { covariates }: WindowPlan,
  steps: number,
  what: string,
): void {
  if (covariates === null || covariates.steps === steps) return;
  throw new ShapeError(`${where}: covariates have ${covariates.steps} steps, expected ${steps} (${what})`);
}

/** Whether every value of the window is there: all variables of the history, the targets after it. */
export function isWhole({ matrix, history, horizon, all, targets }: WindowPlan, origin: number): boolean {
  for (let t = origin - history; t < origin + horizon; t++) {
    for (const v of t < origin ? all : targets) {
      if (Number.isNaN(matrix.data[t * matrix.variables + v])) return false;
    }
  }
  return true;
}
