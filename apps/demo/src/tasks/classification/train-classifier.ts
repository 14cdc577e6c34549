import type { Generator, Tensor } from "@rnn/tensor";
import {
  Adam,
  accuracy,
  type Batches,
  type Evaluation,
  ExponentialMovingAverage,
  evaluate,
  fit,
  LRScheduler,
  linearLR,
  type SequenceBatch,
  sequenceBatches,
  type TrainEvent,
} from "@rnn/train";
import type { Example } from "../../data/example.ts";
import { PADDING, type TextBlock, type TextClassifier } from "./model.ts";
import type { BaselineClassifier } from "./models/baseline-classifier.ts";
import { lossOf, targetTensor } from "./objective.ts";
import { encodeText, type TextTask } from "./text-task.ts";
import { withUnknownWords } from "./word-dropout.ts";

/** A model that learns by gradients. */
type Network = TextClassifier | BaselineClassifier;

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
  /** Share of the words that are read as unknown while learning. Default 0. */
  readonly wordDropout?: number | undefined;
  /** Whether the learning rate falls in a straight line to 0 at the end of the last epoch. Default `false`. */
  readonly decay?: boolean | undefined;
  /** What an error counts by class. Default 1 each. */
  readonly classWeights?: readonly number[] | undefined;
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
  model: Network,
  train: EncodedExamples,
  validation: EncodedExamples,
  settings: TrainingSettings,
  generator: Generator,
  signal?: AbortSignal,
): AsyncIterable<TrainEvent<"accuracy">> {
  const { epochs, patience, learningRate, batchSize, clip, average, wordDropout = 0 } = settings;
  const options = { batchSize, padIndex: PADDING, generator };
  const batches = sequenceBatches(train.ids, train.targets, options);
  const optimizer = new Adam(model.parameters(), { learningRate });
  const steps = epochs * (batches.length ?? 1);
  return fit(model, wordDropout === 0 ? batches : withUnknownWords(batches, wordDropout, generator), {
    epochs,
    optimizer,
    loss: batchLoss(model, settings.classWeights),
    clipNorm: clip,
    ema: average === 0 ? undefined : new ExponentialMovingAverage(model, { decay: average }),
    validation: evaluationBatches(validation),
    metrics: { accuracy },
    earlyStopping: { patience },
    restoreBest: true,
    signal,
    ...(settings.decay
      ? {
          schedule: new LRScheduler(optimizer, linearLR({ startFactor: 1, endFactor: 0, totalIters: steps })),
          scheduleEvery: "step" as const,
        }
      : {}),
  });
}

/** Mean loss and accuracy of a classifier. */
export function evaluateClassifier(
  model: Network,
  examples: EncodedExamples,
): Promise<Evaluation<"accuracy">> {
  return evaluate(model, evaluationBatches(examples), { loss: batchLoss(model), metrics: { accuracy } });
}

/** Batches for judging a model: no padding that could be avoided, always in the same order. */
export function evaluationBatches({ ids, targets }: EncodedExamples): Batches<SequenceBatch> {
  return sequenceBatches(ids, targets, { batchSize: 64, padIndex: PADDING, shuffle: false });
}

function batchLoss(model: Network, classWeights?: readonly number[]) {
  return (batch: TextBlock & { readonly targets: Tensor }) => {
    const output = model.forward(batch);
    return { loss: lossOf(output, batch.targets, classWeights), output, targets: batch.targets };
  };
}
