import type { Tensor } from "@rnn/tensor";
import { forwardFill, slidingWindows } from "@rnn/train/forecasting";
import type { TimeSeries } from "./data/series.ts";
import { type ForecastTask, scaleSeries, targetOf } from "./forecast-task.ts";

/** What a network learns from. */
export interface TrainingWindows {
  /** float32 `[N, history, variables + calendar]`, scaled. */
  readonly inputs: Tensor;
  /** float32 `[N, steps]`, scaled. */
  readonly targets: Tensor;
  /** Position of the first step to forecast, `[N]`. */
  readonly origins: Int32Array;
}

/**
 * The windows of a part of the series: gaps in histories are filled with the value before, windows whose targets were not
 * all observed are left out.
 *
 * @param from - First step that is a target.
 * @param to - Step after the last that is a target.
 */
export function windowsOf(
  series: TimeSeries,
  task: ForecastTask,
  { history, steps, stride }: { readonly history: number; readonly steps: number; readonly stride: number },
  [from, to]: readonly [from: number, to: number],
): TrainingWindows {
  const start = Math.max(0, from - history);
  const filled = forwardFill(series.rows.slice(0, to)).slice(start);
  const { inputs } = scaleSeries(filled, series.times.slice(start, to), task);
  const windows = slidingWindows(inputs, { history, horizon: steps, stride, targets: [0] });
  const target = targetOf(series);
  const kept = [...windows.origins.keys()].filter((n) => {
    const origin = start + windows.origins[n]!;
    return target.slice(origin, origin + steps).every((value) => !Number.isNaN(value));
  });
  return {
    inputs: windows.inputs.indexSelect(0, kept),
    targets: windows.targets.squeeze(2).indexSelect(0, kept),
    origins: Int32Array.from(kept, (n) => start + windows.origins[n]!),
  };
}

/** Standard deviation of how the values of a window differ from its last one, over the first variable. */
export function spreadOf({ inputs }: TrainingWindows): number {
  const values = inputs.slice([], [], [0, 1]);
  const differences = values.sub(values.slice([], [-1]));
  return Math.max(1e-6, Math.sqrt(differences.square().mean().data[0]!));
}
