import { Generator } from "@rnn/tensor";
import type { TrainEvent } from "@rnn/train";
import { configOf } from "./model-options.ts";
import { HmmClassifier } from "./models/hmm-classifier.ts";
import { type TextModel, textModel } from "./models/text-model.ts";
import { balancedWeights } from "./objective.ts";
import type { Parts } from "./split.ts";
import type { TextTask } from "./text-task.ts";
import { encodeExamples, trainClassifier } from "./train-classifier.ts";
import { trainHmm } from "./train-hmm.ts";
import type { TrainOptions } from "./train-options.ts";

/** A model that is about to be trained. */
export interface ModelTraining {
  readonly model: TextModel;
  readonly batchesPerEpoch: number;
  /** The events of training; when they end the model is that of the best epoch. */
  events(signal: AbortSignal): AsyncIterable<TrainEvent<"accuracy">>;
}

/** Builds the model that the options ask for, and how it is trained: all kinds by the same loop on the same texts. */
export function modelTraining(options: TrainOptions, task: TextTask, parts: Parts): ModelTraining {
  const generator = new Generator(options.seed);
  const train = encodeExamples(parts.train, task);
  const model = textModel(configOf(options, task, train.ids), generator);
  const { epochs, patience, "batch-size": batchSize } = options;
  return {
    model,
    batchesPerEpoch: Math.ceil(train.ids.length / batchSize),
    events(signal) {
      const validation = encodeExamples(parts.validation, task);
      const common = { epochs, patience, batchSize };
      if (model instanceof HmmClassifier) {
        const settings = { ...common, smoothing: options.smoothing };
        return trainHmm(model, train, validation, settings, generator, signal);
      }
      const { "learning-rate": learningRate, clip, average, decay, "word-dropout": wordDropout } = options;
      const classWeights =
        options["class-weights"] === "balanced"
          ? balancedWeights(
              parts.train.map(({ label }) => label),
              task.labels,
            )
          : undefined;
      const settings = { ...common, learningRate, clip, average, decay, wordDropout, classWeights };
      return trainClassifier(model, train, validation, settings, generator, signal);
    },
  };
}
