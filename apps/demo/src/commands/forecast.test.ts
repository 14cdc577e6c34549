import { type Forecaster, naive, seasonalNaive } from "@rnn/train/forecasting";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { commonOptions } from "../options/common-options.ts";
import { parseOptions } from "../options/parse.ts";
import { forecastCommand, type SeriesModel } from "./forecast.ts";

const MODEL: SeriesModel = {
  timeColumn: null,
  columns: ["sales"],
  minHistory: 3,
  horizon: 2,
  maxHorizon: 40,
  quantiles: null,
  forecaster: () => naive(),
};

async function run(model: SeriesModel, input: string, ...args: string[]) {
  let out = "";
  let err = "";
  const command = forecastCommand(() => model);
  const options = parseOptions(args, { ...command.options, ...commonOptions("here") });
  const chunks = async function* () {
    yield input;
  };
  await command.run(null, options, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    input: chunks(),
    env: {},
  });
  return { out, err };
}

const SALES = "sales\n1\n2\n3\n";

describe("forecast", () => {
  it("prints as many steps as the model was trained for, or as are wanted", async () => {
    expect(await run(MODEL, SALES)).toEqual({ out: "step,sales\n1,3\n2,3\n", err: "" });
    expect((await run(MODEL, SALES, "--horizon=3")).out).toBe("step,sales\n1,3\n2,3\n3,3\n");
  });

  it("continues times as they are written", async () => {
    const seasonal: SeriesModel = {
      ...MODEL,
      timeColumn: "month",
      forecaster: (times) => {
        expect(times).toHaveLength(5);
        return seasonalNaive({ season: 2 });
      },
    };
    const input = "# a comment\nmonth,sales\n2024-10,1\n2024-11,2\n2024-12,3\n";
    expect((await run(seasonal, input)).out).toBe("month,sales\n2025-01,2\n2025-02,3\n");
    expect(JSON.parse((await run(seasonal, input, "--json")).out)).toEqual({
      column: "sales",
      quantiles: null,
      steps: [
        { time: "2025-01", value: 2 },
        { time: "2025-02", value: 3 },
      ],
    });
  });

  it("prints quantiles, and gives the model all its columns", async () => {
    const forecaster: Forecaster = {
      forecast: (history, horizon, context) =>
        Array.from({ length: horizon }, (_, step) => {
          const rain = context!.past.toArray() as number[][];
          return [history[2]! - step - 1, history[2]!, rain[2]![1]!];
        }),
    };
    const model: SeriesModel = {
      ...MODEL,
      columns: ["sales", "rain"],
      quantiles: [0.1, 0.5, 0.9],
      forecaster: () => forecaster,
    };
    const input = "rain,sales\n7,1\n8,2\n9.25,3\n";
    expect((await run(model, input)).out).toBe(
      "step,sales 0.1,sales 0.5,sales 0.9\n1,2,3,9.25\n2,1,3,9.25\n",
    );
    expect(JSON.parse((await run(model, input, "--json")).out).steps[1]).toEqual({
      step: 2,
      values: [1, 3, 9.25],
    });
    const { out, err } = await run(model, input, "--plot");
    expect(out).toBe((await run(model, input)).out);
    expect(err).toMatch(/^9\.25 ┤.* 0\.9 9\.25$/m);
    expect(err).toMatch(/ sales 3\.00$/m);
    expect(err).toMatch(/ forecast 3\.00$/m);
  });

  it("reads a list of numbers without a header", async () => {
    expect((await run({ ...MODEL, columns: ["1"] }, "1\n2\n3\n4\n", "--horizon=1")).out).toBe(
      "step,1\n1,4\n",
    );
  });

  it.each<[model: Partial<SeriesModel>, input: string, args: string[], message: string]>([
    [{}, "sales\n1\n2\n", [], "standard input: has 2 steps, but the model reads the last 3"],
    [{}, "price\n1\n2\n", [], 'standard input: no column "sales"; it has "price"'],
    [{}, "sales\n1\nx\n", [], 'standard input: row 3: "sales" is "x", expected a number'],
    [{}, "sales\n1\n2\nNA\n3\n", [], 'standard input: row 4: "sales" is missing; fill the gap first'],
    [{}, "a,sales\n1,2\n3\n", [], "standard input: row 3 has 1 cell, but the first has 2"],
    [{}, "sales,sales\n1,2\n", [], 'standard input: two columns are called "sales"; give each its own name'],
    [{}, "sales\n", [], "standard input: has a header but no rows; expected a row per step"],
    [{}, "\n \n", [], "standard input: is empty; pipe a series in, or name its file with --data FILE"],
    [
      {},
      SALES,
      ["--horizon=41"],
      "--horizon: this model forecasts at most 40 steps, got 41; train one with a longer --horizon",
    ],
    [
      { timeColumn: "day" },
      "day,sales\n2024-01-01,1\n2024-02-30,1\n2024-01-03,2\n",
      [],
      'standard input: column "day": row 3 has "2024-02-30", expected a day such as 2024-05-17',
    ],
    [
      { timeColumn: "day" },
      "day,sales\n2024-01-01,1\n2024-01-02,1\n2024-01-04,2\n",
      [],
      'standard input: column "day": the steps up to row 4 are not equally far apart, in time or in months; ' +
        "add the missing rows, or leave out what is repeated",
    ],
  ])("%j %j %j: %s", async (model, input, args, message) => {
    await expect(run({ ...MODEL, ...model }, input, ...args)).rejects.toThrow(new InputError(message));
  });
});
