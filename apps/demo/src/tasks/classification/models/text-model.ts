import type { Generator } from "@rnn/tensor";
import { TextClassifier } from "../model.ts";
import { BaselineClassifier } from "./baseline-classifier.ts";
import type { ModelConfig } from "./config.ts";
import { HmmClassifier } from "./hmm-classifier.ts";

/** A text classifier of any kind: a block of texts to logits, `[N, 1]` for two classes, `[N, classes]` otherwise. */
export type TextModel = TextClassifier | BaselineClassifier | HmmClassifier;

/** A model with weights drawn from `generator`, which then draws dropout. */
export function textModel(config: ModelConfig, generator: Generator): TextModel {
  if (config.kind === "recurrent") return new TextClassifier(config, generator);
  if (config.kind === "hmm") return new HmmClassifier(config, generator);
  return new BaselineClassifier(config, generator);
}
