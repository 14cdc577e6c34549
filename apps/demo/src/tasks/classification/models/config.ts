import type { RecurrentConfig } from "../model.ts";

/** Logistic regression on word counts. */
export interface BagOfWordsConfig {
  readonly kind: "bag-of-words";
  readonly words: number;
  readonly classes: number;
}

/** A perceptron on the vectors of all words side by side. */
export interface MlpConfig {
  readonly kind: "mlp";
  readonly words: number;
  readonly embedding: number;
  /** Words of every text: shorter ones are padded, longer ones cut. */
  readonly length: number;
  readonly hidden: number;
  readonly dropout: number;
  readonly classes: number;
}

/** A convolutional network: groups of 3, 4 and 5 words anywhere in the text. */
export interface CnnConfig {
  readonly kind: "cnn";
  readonly words: number;
  readonly embedding: number;
  /** Kernels for groups of each size. */
  readonly kernels: number;
  readonly dropout: number;
  readonly classes: number;
}

/** A hidden Markov model for each class. */
export interface HmmConfig {
  readonly kind: "hmm";
  /** Symbols: words of the vocabulary. */
  readonly words: number;
  /** Hidden states of each class. */
  readonly states: number;
  readonly classes: number;
}

/** The configurations of the models that are trained by gradients, but not recurrent. */
export type BaselineConfig = BagOfWordsConfig | MlpConfig | CnnConfig;

/** What a text classifier of any kind is built from. */
export type ModelConfig = RecurrentConfig | BaselineConfig | HmmConfig;

/** The kinds of models. */
export type ModelKind = ModelConfig["kind"];
