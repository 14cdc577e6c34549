import { l1Loss, mseLoss, type Variable } from "@rnn/nn";
import type { Generator, Tensor } from "@rnn/tensor";
import {
  Adam,
  ExponentialMovingAverage,
  fit,
  LRScheduler,
  linearLR,
  type Metric,
  type TensorBatch,
  type TrainEvent,
  tensorBatches,
} from "@rnn/train";
import { pinballLoss } from "@rnn/train/forecasting";
import { meanAbsoluteError } from "@rnn/train/metrics";
import type { Forecaster } from "./model.ts";
import type { TrainingWindows } from "./windows.ts";

/** How to train. */
export interface TrainingSettings {
  /** Most passes over the training part. */
  readonly epochs: number;
  /** The epoch after which to stop; the learning rate falls as if there were `epochs`. Default: all. */
  readonly stopAfter?: number | undefined;
  /** Epochs without a better validation loss before stopping. */
  readonly patience: number;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
  /** Decay of the averaged weights that are judged and kept; 0 keeps those of the last step. */
  readonly average: number;
  readonly loss: "mse" | "mae";
  /** Quantiles that the network forecasts; their loss takes the place of `loss`. */
  readonly quantiles: readonly number[];
  /** What a scaled error is multiplied by to be in the unit of the series. */
  readonly unit: number;
}

/**
 * Trains a forecaster; with a validation part it is left with the weights of the epoch that had the lowest loss there.
 *
 * @param generator - Draws the order of the windows.
 */
export function trainForecaster(
  model: Forecaster,
  train: TrainingWindows,
  validation: TrainingWindows | undefined,
  settings: TrainingSettings,
  generator: Generator,
  signal: AbortSignal,
): AsyncIterable<TrainEvent<string>> {
  const { epochs, stopAfter = epochs, batchSize, average, quantiles } = settings;
  const batches = tensorBatches(train.inputs, train.targets, { batchSize, generator });
  const optimizer = new Adam(model.parameters(), { learningRate: settings.learningRate });
  const steps = epochs * (batches.length ?? 1);
  const median = Math.max(0, quantiles.indexOf(0.5));
  return fit(model, batches, {
    epochs: stopAfter,
    optimizer,
    clipNorm: settings.clip,
    schedule: new LRScheduler(optimizer, linearLR({ startFactor: 1, endFactor: 0.01, totalIters: steps })),
    scheduleEvery: "step",
    ema: average === 0 ? undefined : new ExponentialMovingAverage(model, { decay: average }),
    loss({ inputs, targets }: TensorBatch) {
      const output = model.forward(inputs);
      return { loss: lossOf(model, output, targets, settings), output: output.select(2, median), targets };
    },
    signal,
    ...(validation === undefined
      ? {}
      : {
          validation: tensorBatches(validation.inputs, validation.targets, {
            batchSize: 256,
            shuffle: false,
          }),
          metrics: { MAE: () => inUnit(meanAbsoluteError(), settings.unit) },
          earlyStopping: { patience: settings.patience },
          restoreBest: true,
        }),
  });
}

/** The loss in units of the spread, so that its size does not depend on the series. */
function lossOf(
  { config }: Forecaster,
  output: Variable,
  targets: Tensor,
  { loss, quantiles }: TrainingSettings,
): Variable {
  const forecast = output.mul(1 / config.spread);
  const wanted = targets.div(config.spread);
  if (quantiles.length > 0) return pinballLoss(forecast, wanted, quantiles);
  return (loss === "mse" ? mseLoss : l1Loss)(forecast.squeeze(2), wanted);
}

function inUnit(metric: Metric, unit: number): Metric {
  return {
    update: (output, targets) => metric.update(output, targets),
    get value() {
      return metric.value * unit;
    },
  };
}
