import { cat, GRU, Linear, LSTM, Module, RNN, type Variable, variable } from "@rnn/nn";
import type { Generator, Tensor } from "@rnn/tensor";

/** What a forecaster is built from. */
export interface ForecasterConfig {
  readonly cell: "rnn" | "lstm" | "gru";
  /** Steps that it sees. */
  readonly history: number;
  /** Series that it sees, the first of which it forecasts. */
  readonly variables: number;
  /** Columns of the calendar that it sees beside them. */
  readonly calendar: number;
  readonly hidden: number;
  readonly layers: number;
  /** Steps that it forecasts at once. */
  readonly steps: number;
  /** Numbers per step: 1, or one per quantile. */
  readonly quantiles: number;
  /** Whether a linear layer from the history straight to the forecast is added. */
  readonly linear: boolean;
  /** Whether it sees how values differ from the last one, and forecasts how the next will. */
  readonly fromLast: boolean;
  /** Standard deviation of these differences (or 1), which makes them as large as a network likes them. */
  readonly spread: number;
}

const CELLS = { rnn: RNN, lstm: LSTM, gru: GRU } as const;

/**
 * Forecasts a scaled series: recurrent layers, then a linear layer from the last state to all steps, plus, with `linear`, an
 * autoregression beside them (Lai et al. 2018).
 *
 * With `fromLast` the last value is taken away from each window and added to the forecast again, so that a series may leave the
 * range it was trained on (Zeng et al. 2023); how high that value was, both linear layers are told, since growth may depend on it.
 */
export class Forecaster extends Module {
  readonly config: ForecasterConfig;
  readonly #recurrent: RNN | LSTM | GRU;
  readonly #head: Linear;
  readonly #linear: Linear | undefined;

  constructor(config: ForecasterConfig, generator: Generator) {
    super();
    this.config = config;
    const { cell, variables, calendar, hidden, layers, history, steps, quantiles } = config;
    const inputSize = variables + calendar;
    this.#recurrent = this.child(
      cell,
      new CELLS[cell]({ inputSize, hiddenSize: hidden, numLayers: layers, batchFirst: true, generator }),
    );
    const levels = config.fromLast ? variables : 0;
    const outFeatures = steps * quantiles;
    this.#head = this.child("head", new Linear({ inFeatures: hidden + levels, outFeatures, generator }));
    this.#linear = config.linear
      ? this.child("linear", new Linear({ inFeatures: history + levels, outFeatures, generator }))
      : undefined;
  }

  /** Inputs `[N, history, variables + calendar]` to the target `[N, steps, quantiles]`, both scaled. */
  override forward(inputs: Tensor): Variable {
    const { variables, steps, quantiles, fromLast, spread } = this.config;
    const values = inputs.slice([], [], [0, variables]);
    const calendar = inputs.slice([], [], [variables]);
    const last = values.slice([], [-1]); // [N, 1, variables]
    const seen = fromLast ? values.sub(last).div(spread) : values;
    const levels = fromLast ? [variable(last.squeeze(1))] : [];
    const { state } = this.#recurrent.forward(cat([variable(seen), variable(calendar)], 2));
    let output = this.#head.forward(cat([state.h.select(0, -1), ...levels], 1));
    if (this.#linear !== undefined) {
      output = output.add(this.#linear.forward(cat([variable(seen.select(2, 0)), ...levels], 1)));
    }
    const forecast = output.mul(spread).reshape([-1, steps, quantiles]);
    return fromLast ? forecast.add(last.slice([], [], [0, 1])) : forecast;
  }
}
