import { noGrad, Variable } from "@rnn/nn";
import { cat, ShapeError, type Tensor } from "@rnn/tensor";
import {
  checkFunction,
  checkInteger,
  checkOptions,
  checkTensor,
  type OptionNames,
  wrongKind,
} from "../check.ts";
import type { InputWindows } from "./windows.ts";

/**
 * Options of {@link recursiveForecast}.
 *
 * @public
 */
export interface RecursiveForecastOptions {
  /** Steps to forecast. */
  horizon: number;
  /** Steps that the network forecasts at once. Default 1. */
  step?: number | undefined;
}

const OPTIONS: OptionNames<RecursiveForecastOptions> = { horizon: true, step: true };

/**
 * Forecasts many steps with a network that forecasts few: its forecasts are appended to its input, and the oldest steps dropped.
 *
 * @remarks
 * The network gets inputs `[N, history, V + C]` and the covariates of the steps that it is to forecast, `[N, step, C]` (`null`
 * without any), and gives `[N, step, V]`: all variables, since they are its next input. The result is `[N, horizon, V]`, to which
 * `last` of the windows is added if they were made with `subtractLast`; that same value is subtracted
 * from the inputs of every call. The network runs without recording a graph.
 *
 * @param predict - the network
 * @param window - inputs and future covariates, as {@link lastWindow} and {@link slidingWindows} give them
 * @throws TypeError if `predict` is not a function or returns neither tensor nor variable, or for an unknown option.
 * @throws RangeError for options out of range.
 * @throws ShapeError if the network gives another shape, or there are too few future covariates.
 *
 * @example
 * ```ts
 * import { lastWindow, recursiveForecast } from "@rnn/train/forecasting";
 *
 * // doubles the last value
 * const predict = (inputs: Tensor) => inputs.slice([], [-1]).mul(2);
 * recursiveForecast(predict, lastWindow([1, 2, 4], { history: 2 }), { horizon: 3 }).toArray(); // => [[[8], [16], [32]]]
 * ```
 *
 * @public
 */
export function recursiveForecast(
  predict: (inputs: Tensor, future: Tensor | null) => Tensor | Variable,
  window: Pick<InputWindows, "inputs" | "future">,
  options: RecursiveForecastOptions,
): Tensor {
  const where = "recursiveForecast";
  checkFunction(where, "predict", predict);
  checkOptions(where, options, OPTIONS);
  const { horizon, step = 1 } = options;
  checkInteger(where, "horizon", horizon, 1);
  checkInteger(where, "step", step, 1);
  const { future } = window;
  checkTensor(where, "inputs", window.inputs);
  checkFuture(where, future, Math.ceil(horizon / step) * step, step);
  let inputs = window.inputs;
  const [samples = 0, , features = 0] = inputs.shape;
  const variables = features - (future?.shape[2] ?? 0);
  const chunks: Tensor[] = [];
  for (let done = 0; done < horizon; done += step) {
    const covariates = future?.slice([], [done, done + step]) ?? null;
    const output = noGrad(() => predict(inputs, covariates));
    const chunk = output instanceof Variable ? output.value : output;
    checkChunk(where, chunk, [samples, step, variables]);
    chunks.push(chunk);
    const next = covariates === null ? chunk : cat([chunk, covariates.to(chunk.dtype)], 2);
    inputs = cat([inputs.slice([], [step]), next.to(inputs.dtype)], 1);
  }
  return cat(chunks, 1).slice([], [0, horizon]);
}

function checkFuture(where: string, future: Tensor | null, steps: number, step: number): void {
  if (future === null || (future.shape[1] ?? 0) >= steps) return;
  const whole = step === 1 ? "" : ` (whole chunks of ${step})`;
  throw new ShapeError(
    `${where}: future has shape [${future.shape.join(",")}], expected covariates of ${steps} steps${whole}`,
  );
}

function checkChunk(where: string, chunk: Tensor, shape: readonly number[]): void {
  if (chunk?.shape === undefined)
    throw wrongKind(where, "the result of predict", "a Tensor or Variable", chunk);
  if (String(chunk.shape) === String(shape)) return;
  throw new ShapeError(
    `${where}: predict returned shape [${chunk.shape.join(",")}], expected [${shape.join(",")}] = [N, step, variables]`,
  );
}
