/**
 * Metrics for `fit` and `evaluate`: how good the predictions of a classifier, a language model, a forecast or a translation are.
 *
 * @packageDocumentation
 */

export type { Metric } from "../fit/metrics.ts";
export { accuracy } from "./accuracy.ts";
export { type BleuOptions, type BleuScore, corpusBleu } from "./bleu.ts";
export { brierScore } from "./brier-score.ts";
export type { Average, ClassScores } from "./class-counts.ts";
export { type ClassScoreOptions, f1Score, precision, recall } from "./class-scores.ts";
export { ConfusionMatrix, type ConfusionMatrixOptions } from "./confusion-matrix.ts";
export { f1Threshold } from "./f1-threshold.ts";
export { perplexity } from "./perplexity.ts";
export type { ClassMetricOptions, PredictionOptions } from "./predictions.ts";
export type { ProbabilityOptions } from "./probabilities.ts";
export {
  type ErrorMetricOptions,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanAbsoluteScaledError,
  rootMeanSquaredError,
  type ScaledErrorOptions,
} from "./regression-errors.ts";
export {
  type CalibrationOptions,
  expectedCalibrationError,
  type ReliabilityBin,
  ReliabilityTable,
} from "./reliability-table.ts";
export { type TopKAccuracyOptions, topKAccuracy } from "./top-k-accuracy.ts";
