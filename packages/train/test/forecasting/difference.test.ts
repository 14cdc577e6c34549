import { expectClose } from "@internal/testing";
import { tensor } from "@rnn/tensor";
import { difference, forwardFill, undoDifference } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";
import { airlinePassengers } from "./airline-passengers.ts";

describe("difference", () => {
  test.each([[[1]], [[12]], [[1, 12]], [[12, 1, 1]]])("of lags %j is undone exactly", (lags) => {
    const history = airlinePassengers.slice(0, 120);
    const all = difference(airlinePassengers, { lags });
    const future = all.slice(-24);
    expect(undoDifference(future, { lags, history })).toEqual(airlinePassengers.slice(120));
  });

  test("of order [1, 12] is x_t - x_(t-1) - x_(t-12) + x_(t-13)", () => {
    const x = airlinePassengers;
    const want = x.slice(13).map((value, i) => value - x[i + 12]! - x[i + 1]! + x[i]!);
    expect(difference(x, { lags: [1, 12] })).toEqual(want);
    expect(difference(x, { lags: [12, 1] })).toEqual(want);
  });

  test("treats each variable by itself, in the form of the series", () => {
    const rows = [
      [1, 10],
      [2, 30],
      [4, 60],
    ];
    expect(difference(rows)).toEqual([
      [1, 20],
      [2, 30],
    ]);
    expect(difference(tensor(rows)).toArray()).toEqual(difference(rows));
    expect(undoDifference([[1, -60]], { history: rows })).toEqual([[5, 0]]);
    expectClose(difference([1, Number.NaN, 3, 4]), [Number.NaN, Number.NaN, 1], { rtol: 0, atol: 0 });
  });

  test("says what does not fit", () => {
    expect(() => difference([1, 2, 3], { lags: [2, 1] })).toThrow(
      new RangeError("difference: series has 3 steps, but the lags need at least 4"),
    );
    expect(() => difference([1], { lags: [0] })).toThrow("difference: a lag must be an integer >= 1, got 0");
    expect(() => difference([1], { lags: [] })).toThrow("difference: lags is empty");
    expect(() => difference([1, 2], { lag: 1 } as object)).toThrow(
      'difference: unknown option "lag" (did you mean "lags"?); options are lags',
    );
    expect(() => undoDifference([1], { history: [1, 2], lags: [3] })).toThrow(
      "undoDifference: history has 2 steps, but the lags need at least 3",
    );
    expect(() => undoDifference([1], { history: [[1, 2]] })).toThrow(
      "undoDifference: history has 2 variables, but differences have 1",
    );
  });
});

describe("forwardFill", () => {
  test("fills each variable from the step before", () => {
    expect(
      forwardFill([
        [1, 2],
        [Number.NaN, 3],
        [Number.NaN, Number.NaN],
      ]),
    ).toEqual([
      [1, 2],
      [1, 3],
      [1, 3],
    ]);
  });

  test("refuses a series that begins with nothing", () => {
    expect(() => forwardFill([Number.NaN, 1])).toThrow(
      "forwardFill: series begins with a missing value, and there is none before it; drop the first steps",
    );
    expect(() => forwardFill([[1, Number.NaN]])).toThrow(
      "forwardFill: variable 1 begins with a missing value",
    );
  });
});
