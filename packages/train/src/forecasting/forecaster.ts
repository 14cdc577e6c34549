import type { Tensor } from "@rnn/tensor";

/**
 * What a forecaster is told besides the history.
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
 * Whatever forecasts a series from what was before: a baseline or a network.
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
 * A forecaster that answers at once and with one number per step, as the baselines do.
 *
 * @public
 */
export interface PointForecaster extends Forecaster {
  /** The next steps, `[horizon]`. */
  forecast(history: ArrayLike<number>, horizon: number): number[];
}
