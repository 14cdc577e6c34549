import { expectClose } from "@internal/testing";
import { GRU, Linear, Module, type Variable, variable } from "@rnn/nn";
import { Generator, randn, type Tensor } from "@rnn/tensor";
import { LinearAutoregression, lastWindow, recursiveForecast } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";
import { airlinePassengers } from "./airline-passengers.ts";

class Network extends Module {
  gru = this.child(
    "gru",
    new GRU({ inputSize: 3, hiddenSize: 5, batchFirst: true, generator: new Generator(0) }),
  );
  head = this.child("head", new Linear({ inFeatures: 5, outFeatures: 2, generator: new Generator(1) }));

  override forward(inputs: Tensor): Variable {
    return this.head.forward(this.gru.forward(inputs).state.h.select(0, -1)).unsqueeze(1);
  }
}

describe("recursiveForecast", () => {
  test("agrees with an autoregression that feeds itself", () => {
    const model = new LinearAutoregression({ lags: 12, horizon: 2 }).fit(airlinePassengers);
    const window = lastWindow(airlinePassengers, { history: 12, dtype: "float64" });
    const predict = (inputs: Tensor): Tensor => {
      const [history] = inputs.squeeze(2).toArray() as number[][];
      return variable([model.forecast(history!, 2)], { dtype: "float64" }).value.unsqueeze(2);
    };
    const got = recursiveForecast(predict, window, { horizon: 7, step: 2 });
    expect(got.shape).toEqual([1, 7, 1]);
    expectClose(got.clone().data as Float64Array, model.forecast(airlinePassengers, 7), {
      rtol: 1e-13,
      atol: 0,
    });
  });

  test("puts covariates of the future beside the forecasts that are fed back, for all samples at once", () => {
    const generator = new Generator(2);
    const inputs = randn([4, 6, 3], { generator });
    const future = randn([4, 3, 1], { generator });
    const network = new Network();
    const seen: Tensor[] = [];
    const got = recursiveForecast(
      (x, covariates) => {
        seen.push(x);
        expect(covariates?.shape).toEqual([4, 1, 1]);
        return network.forward(x);
      },
      { inputs, future },
      { horizon: 3 },
    );
    expect(got.shape).toEqual([4, 3, 2]);
    expect(seen[0]).toBe(inputs);
    expect(seen[2]?.slice([], [0, 4]).toArray()).toEqual(inputs.slice([], [2]).toArray());
    expect(seen[2]?.slice([], [4], [0, 2]).toArray()).toEqual(got.slice([], [0, 2]).toArray());
    expect(seen[2]?.slice([], [4], [2]).toArray()).toEqual(future.slice([], [0, 2]).toArray());
  });

  test("says what does not fit", () => {
    const window = lastWindow([1, 2, 3], { history: 2 });
    expect(() => recursiveForecast((x) => x, window, { horizon: 1 })).toThrow(
      "recursiveForecast: predict returned shape [1,2,1], expected [1,1,1] = [N, step, variables]",
    );
    expect(() => recursiveForecast(() => 3 as unknown as Tensor, window, { horizon: 1 })).toThrow(
      "recursiveForecast: the result of predict must be a Tensor or Variable, got 3",
    );
    const known = lastWindow([1, 2, 3], { history: 2, horizon: 3, covariates: [1, 2, 3, 4, 5, 6] });
    expect(() => recursiveForecast((x) => x, known, { horizon: 3, step: 2 })).toThrow(
      "recursiveForecast: future has shape [1,3,1], expected covariates of 4 steps (whole chunks of 2)",
    );
    expect(() => recursiveForecast((x) => x, window, { horizon: 0 })).toThrow(
      "recursiveForecast: horizon must be an integer >= 1, got 0",
    );
  });
});
