import { type Tensor, tensor } from "@rnn/tensor";
import {
  type Forecaster,
  LinearAutoregression,
  lastWindow,
  naive,
  type Scaler,
  StandardScaler,
  slidingWindows,
  walkForward,
} from "@rnn/train/forecasting";
import { describe, expectTypeOf, test } from "vitest";

describe("types", () => {
  test("transformations give back the form that they got", () => {
    const scaler = new StandardScaler();
    expectTypeOf(scaler.transform(tensor([1]))).toEqualTypeOf<Tensor>();
    expectTypeOf(scaler.transform([1])).toEqualTypeOf<number[]>();
    expectTypeOf(scaler.transform([[1]])).toEqualTypeOf<number[][]>();
    expectTypeOf(scaler.transform(Float64Array.of(1))).toEqualTypeOf<number[]>();
    expectTypeOf(scaler.transform([Float64Array.of(1)])).toEqualTypeOf<number[][]>();
    expectTypeOf(scaler).toExtend<Scaler>();
  });

  test("the result of a walk knows its forecasters", () => {
    const model = new LinearAutoregression({ lags: 2 });
    expectTypeOf(model).toExtend<Forecaster>();
    const models = { naive: naive(), ar: (training: Float64Array) => model.fit(training) };
    const walk = () => walkForward([1, 2, 3], models, { horizon: 1, start: 2 });
    expectTypeOf<keyof Awaited<ReturnType<typeof walk>>["models"]>().toEqualTypeOf<"naive" | "ar">();
  });

  test("only windows with a future have targets", () => {
    expectTypeOf(slidingWindows([1, 2], { history: 1 })).toHaveProperty("targets");
    expectTypeOf(lastWindow([1, 2], { history: 1 })).not.toHaveProperty("targets");
    // @ts-expect-error: a window has no default size
    slidingWindows([1, 2], {});
    // @ts-expect-error: a text is no series
    slidingWindows("1,2", { history: 1 });
  });
});
