import type { Tensor } from "@rnn/tensor";

/**
 * What {@link walkForward} passes to forecasters besides the history.
 *
 * @public
 */
export interface ForecastContext {
  /** Position of the first step to forecast: the number of steps before it. */
  readonly origin: number;
  /** All variables before it, float64 `[origin, V]`. */
  readonly past: Tensor;
}

/**
 * Forecast steps: one number each, `[horizon]`, or a row of quantiles each, `[horizon, Q]`; as lists or as a tensor.
 *
 * @public
 */
export type Forecast = Tensor | ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * Forecasts a series from its past: a baseline or a network.
 *
 * @public
 */
export interface Forecaster {
  /**
   * The next steps.
   *
   * @param history - the series up to the origin, `[origin]`
   * @param horizon - number of steps
   * @param context - given by {@link walkForward}
   * @returns `[horizon]`, or `[horizon, Q]` if quantiles are forecast
   */
  forecast(
    history: ArrayLike<number>,
    horizon: number,
    context?: ForecastContext,
  ): Forecast | Promise<Forecast>;
}

/**
 * A forecaster that is synchronous and gives one number per step, as the baselines are.
 *
 * @public
 */
export interface PointForecaster extends Forecaster {
  /** The next steps, `[horizon]`. */
  forecast(history: ArrayLike<number>, horizon: number): number[];
}
