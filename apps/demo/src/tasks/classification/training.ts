import type { Generator, Tensor } from "@rnn/tensor";
import {
  Adam,
  accuracy,
  type Evaluation,
  ExponentialMovingAverage,
  evaluate,
  fit,
  sequenceBatches,
  type TrainEvent,
} from "@rnn/train";
import type { Example } from "../../data/example.ts";
import { PADDING, type TextBlock, type TextClassifier } from "./model.ts";
import { lossOf, targetTensor } from "./objective.ts";
import { encodeText, type TextTask } from "./text-task.ts";

/** How to train. */
export interface TrainingSettings {
  /** Most passes over the training part. */
  readonly epochs: number;
  /** Epochs without a better validation loss before stopping. */
  readonly patience: number;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
  /** Decay of the averaged weights that are judged and kept; 0 keeps those of the last step. */
  readonly average: number;
}

/** Examples as ids and targets. */
export interface EncodedExamples {
  readonly ids: readonly Int32Array[];
  readonly targets: Tensor;
}

/** Turns examples into ids and targets. */
export function encodeExamples(examples: readonly Example[], task: TextTask): EncodedExamples {
  return {
    ids: examples.map(({ text }) => Int32Array.from(encodeText(text, task).ids)),
    targets: targetTensor(
      examples.map(({ label }) => label),
      task.labels,
    ),
  };
}

/**
 * Trains a classifier and leaves it with the weights of the epoch that had the lowest validation loss, also when
 * `signal` stops it early.
 *
 * @param generator - Draws the order of the texts.
 * @returns the events of training as they happen; nothing happens unless they are read.
 */
export function trainClassifier(
  model: TextClassifier,
  train: EncodedExamples,
  validation: EncodedExamples,
  settings: TrainingSettings,
  generator: Generator,
  signal?: AbortSignal,
): AsyncIterable<TrainEvent<"accuracy">> {
  const { epochs, patience, learningRate, batchSize, clip, average } = settings;
  return fit(model, sequenceBatches(train.ids, train.targets, { batchSize, padIndex: PADDING, generator }), {
    epochs,
    optimizer: new Adam(model.parameters(), { learningRate }),
    loss: batchLoss(model),
    clipNorm: clip,
    ema: average === 0 ? undefined : new ExponentialMovingAverage(model, { decay: average }),
    validation: evaluationBatches(validation),
    metrics: { accuracy },
    earlyStopping: { patience },
    restoreBest: true,
    signal,
  });
}

/** Mean loss and accuracy of a classifier. */
export function evaluateClassifier(
  model: TextClassifier,
  examples: EncodedExamples,
): Promise<Evaluation<"accuracy">> {
  return evaluate(model, evaluationBatches(examples), { loss: batchLoss(model), metrics: { accuracy } });
}

function evaluationBatches({ ids, targets }: EncodedExamples) {
  return sequenceBatches(ids, targets, { batchSize: 64, padIndex: PADDING, shuffle: false });
}

function batchLoss(model: TextClassifier) {
  return (batch: TextBlock & { readonly targets: Tensor }) => {
    const output = model.forward(batch);
    return { loss: lossOf(output, batch.targets), output, targets: batch.targets };
  };
}
