import { expectClose } from "@internal/testing";
import { drift, naive, seasonalNaive, walkForward } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";
import { airlinePassengers } from "./airline-passengers.ts";

const tolerance = { rtol: 1e-12, atol: 0 };

describe("baselines", () => {
  test("score what is known of the airline passengers of 1959 and 1960", async () => {
    const { models } = await walkForward(
      airlinePassengers,
      {
        naive: naive(),
        drift: drift(),
        seasonal: seasonalNaive({ season: 12 }),
        seasonalDrift: seasonalNaive({ season: 12, drift: true }),
      },
      { start: 120, horizon: 24, season: 12 },
    );
    const mae = Object.values(models).map(({ scores }) => scores.mae);
    // computed with NumPy from the definitions
    expectClose(mae, [115.25, 91.6155462184874, 71.25, 29.904320987654327], tolerance);
    const { rmse, mape, mase } = models.seasonal.scores;
    expectClose([rmse, mape, mase!], [76.99458855443457, 0.15523355162420377, 2.4935191186001298], tolerance);
  });

  test("pass missing values over", () => {
    const history = [Number.NaN, 2, 5, 4, Number.NaN, Number.NaN];
    expect(naive().forecast(history, 2)).toEqual([4, 4]);
    // the line through (1, 2) and (3, 4), which has gone on for two steps
    expect(drift().forecast(history, 2)).toEqual([7, 8]);
    expect(seasonalNaive({ season: 3 }).forecast(history, 4)).toEqual([4, 2, 5, 4]);
  });

  test("say what they lack", () => {
    expect(() => naive().forecast([Number.NaN], 1)).toThrow("naive.forecast: history has no observed value");
    expect(() => drift().forecast([Number.NaN, 1], 1)).toThrow(
      "drift.forecast: history has one observed value, expected two",
    );
    expect(() => seasonalNaive({ season: 3 }).forecast([1, 2], 1)).toThrow(
      "seasonalNaive.forecast: history of 2 steps has no observed value for step 1 of the forecast in seasons of 3",
    );
    expect(() => seasonalNaive({ season: 2, drift: true }).forecast([1, 2], 1)).toThrow(
      "seasonalNaive.forecast: history of 2 steps has no change over a season of 2",
    );
    expect(() => seasonalNaive({ season: 0 })).toThrow(
      "seasonalNaive: season must be an integer >= 1, got 0",
    );
    expect(() => naive().forecast([1], 0)).toThrow("naive.forecast: horizon must be an integer >= 1, got 0");
    expect(() => naive().forecast([[1, 2]] as unknown as number[], 1)).toThrow(
      "naive.forecast: history has 2 variables per step; pass one of them",
    );
  });
});
