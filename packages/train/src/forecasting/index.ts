/**
 * Time series: windows, scalers, calendars, baselines, direct and recursive forecasts, quantiles, walk-forward evaluation.
 *
 * @packageDocumentation
 */

export { drift, naive, type SeasonalNaiveOptions, seasonalNaive } from "./baselines.ts";
export { type CalendarFeature, type CalendarFeaturesOptions, calendarFeatures } from "./calendar-features.ts";
export { concatWindows, type MultiSeriesWindows } from "./concat-windows.ts";
export {
  type DifferenceOptions,
  difference,
  type UndoDifferenceOptions,
  undoDifference,
} from "./difference.ts";
export type { Forecast, ForecastContext, Forecaster, PointForecaster } from "./forecaster.ts";
export { forwardFill } from "./forward-fill.ts";
export { LinearAutoregression, type LinearAutoregressionOptions } from "./linear-autoregression.ts";
export { MinMaxScaler, type MinMaxScalerJSON, type MinMaxScalerOptions } from "./min-max-scaler.ts";
export { intervalCoverage, meanPinballLoss, type QuantileMetricOptions } from "./quantile-metrics.ts";
export { pinballLoss, sortQuantiles } from "./quantiles.ts";
export { type RecursiveForecastOptions, recursiveForecast } from "./recursive-forecast.ts";
export type { Scaler, ScalerOptions } from "./scaled-columns.ts";
export { scalerFromJSON } from "./scaler-from-json.ts";
export type { ForecastScores } from "./scores.ts";
export type { SameForm, Series } from "./series.ts";
export { StandardScaler, type StandardScalerJSON } from "./standard-scaler.ts";
export { extendTimestamps, type Timestamps } from "./timestamps.ts";
export {
  type ForecasterFactory,
  type WalkForwardForecasts,
  type WalkForwardOptions,
  type WalkForwardResult,
  walkForward,
} from "./walk-forward.ts";
export type { WindowOptions } from "./window-plan.ts";
export {
  type InputWindows,
  type LastWindowOptions,
  lastWindow,
  type SlidingWindowsOptions,
  slidingWindows,
  type Windows,
} from "./windows.ts";
