/**
 * Insight into training: gradients through time, recurrent matrices, clipping, units and gates, learning rates. All results
 * are plain data.
 *
 * @packageDocumentation
 */

export { ClippingStatistics } from "./clipping-statistics.ts";
export {
  type FindLearningRateOptions,
  findLearningRate,
  type LearningRateCurve,
} from "./find-learning-rate.ts";
export { type GradientFlow, gradientFlow } from "./gradient-flow.ts";
export { type PlotOptions, plot } from "./plot.ts";
export { type RecurrentSpectrum, recurrentSpectrum } from "./recurrent-spectrum.ts";
export {
  traceStatistics,
  type UnitStatistics,
  type UnitStatisticsOptions,
  unitStatistics,
} from "./unit-statistics.ts";
