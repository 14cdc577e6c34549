import type { Generator, Tensor } from "@rnn/tensor";
import { accuracy, fit, sequenceBatches, type TrainEvent } from "@rnn/train";
import { PADDING, type TextBlock } from "./model.ts";
import { BaumWelch } from "./models/baum-welch.ts";
import type { HmmClassifier } from "./models/hmm-classifier.ts";
import { type EncodedExamples, evaluationBatches } from "./train-classifier.ts";

/** How to learn hidden Markov models. */
export interface HmmSettings {
  /** Most iterations of Baum-Welch, each a pass over the training part. */
  readonly epochs: number;
  readonly patience: number;
  readonly batchSize: number;
  /** Added to every expected count. */
  readonly smoothing: number;
}

/**
 * Learns a classifier of hidden Markov models with Baum-Welch, and leaves it as it was after the iteration with the
 * lowest validation loss: gradients, which are expected counts, add up over all batches of an epoch before the one update.
 *
 * @param generator - Draws the order of the texts, on which nothing but rounding depends.
 * @returns the events of training as they happen; the loss is the negative log likelihood of a text and its class.
 */
export function trainHmm(
  model: HmmClassifier,
  train: EncodedExamples,
  validation: EncodedExamples,
  { epochs, patience, batchSize, smoothing }: HmmSettings,
  generator: Generator,
  signal?: AbortSignal,
): AsyncIterable<TrainEvent<"accuracy">> {
  const batches = sequenceBatches(train.ids, train.targets, { batchSize, padIndex: PADDING, generator });
  return fit(model, batches, {
    epochs,
    optimizer: new BaumWelch(model.parameters(), { samples: train.ids.length, smoothing }),
    accumulate: batches.length,
    loss: (batch: TextBlock & { readonly targets: Tensor }) => {
      const loss = model.loss(batch, batch.targets.data);
      return model.training ? loss : { loss, output: model.forward(batch), targets: batch.targets };
    },
    validation: evaluationBatches(validation),
    metrics: { accuracy },
    earlyStopping: { patience },
    restoreBest: true,
    signal,
  });
}
