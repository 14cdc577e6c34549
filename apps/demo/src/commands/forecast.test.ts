import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { commonOptions } from "../options/common-options.ts";
import { parseOptions } from "../options/parse.ts";
import { forecastCommand, type SeriesForecaster } from "./forecast.ts";

/** Reads numbers between spaces and repeats the last, or surrounds it with quantiles. */
function forecaster(quantiles: readonly number[] | null = null): SeriesForecaster {
  return {
    horizon: 2,
    maxHorizon: 40,
    forecast(content, source, horizon) {
      const values = content.trim().split(" ").map(Number);
      if (values.length < 3) throw new InputError(`${source}: has ${values.length} steps`);
      const last = values.at(-1)!;
      return {
        notes: values.slice(3).map((value) => `${value} is \u001bodd`),
        dateColumns: ["month"],
        target: "sales, gross",
        history: values.map((value, step) => ({ time: `2024-0${step + 1}`, value })),
        steps: Array.from({ length: horizon }, (_, step) => ({
          time: `2025-0${step + 1}`,
          date: [`2025-0${step + 1}`],
          value: quantiles?.map((q) => last + q - 0.5) ?? [last],
        })),
        quantiles,
      };
    },
  };
}

async function run(model: SeriesForecaster, input: string, ...args: string[]) {
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

describe("forecast", () => {
  it("prints as many steps as the model was trained for, or as are wanted", async () => {
    const header = 'month,"sales, gross"\n';
    expect(await run(forecaster(), "1 2 3")).toEqual({ out: `${header}2025-01,3\n2025-02,3\n`, err: "" });
    expect((await run(forecaster(), "1 2 3", "--horizon=1")).out).toBe(`${header}2025-01,3\n`);
  });

  it("says on standard error what the user should know of the series", async () => {
    const { out, err } = await run(forecaster(), "1 2 3 5", "--horizon=1");
    expect([out, err]).toEqual(['month,"sales, gross"\n2025-01,5\n', "note: 5 is ·odd\n"]);
  });

  it("prints quantiles side by side", async () => {
    const { out } = await run(forecaster([0.1, 0.5]), "1 2 3.0000000004");
    expect(out).toBe('month,"sales, gross 0.1","sales, gross 0.5"\n2025-01,2.6,3\n2025-02,2.6,3\n');
  });

  it("prints one JSON document", async () => {
    expect(JSON.parse((await run(forecaster(), "1 2 3", "--json")).out)).toEqual({
      target: "sales, gross",
      quantiles: null,
      steps: [
        { time: "2025-01", value: 3 },
        { time: "2025-02", value: 3 },
      ],
    });
    const { steps } = JSON.parse((await run(forecaster([0.5, 0.75]), "1 2 3", "--json")).out);
    expect(steps[1]).toEqual({ time: "2025-02", values: [3, 3.25] });
  });

  it("draws the end of the series and the forecast", async () => {
    const { out, err } = await run(forecaster([0, 0.5, 1]), "1 2 3", "--plot");
    expect(out).toBe((await run(forecaster([0, 0.5, 1]), "1 2 3")).out);
    expect(err).toMatch(/^3\.50 ┤.* 1 3\.50$/m);
    expect(err).toMatch(/ sales, gross 3\.00$/m);
    expect(err).toMatch(/ forecast 3\.00$/m);
    expect(err).toMatch(/^ +2024-01 +2025-02\n$/m);
  });

  it.each<[input: string, args: string[], message: string]>([
    ["1 2", [], "standard input: has 2 steps"],
    ["", [], "standard input: is empty; name a file with --data FILE"],
    ["1 2 3", ["--data=none.csv"], "none.csv: no such file"],
    [
      "1 2 3",
      ["--horizon=41"],
      "--horizon: this model forecasts at most 40 steps, got 41; train one with a longer --horizon",
    ],
  ])("%j %j: %s", async (input, args, message) => {
    await expect(run(forecaster(), input, ...args)).rejects.toThrow(new InputError(message));
  });
});
