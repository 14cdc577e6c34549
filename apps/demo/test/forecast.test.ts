import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeSafetensors, encodeSafetensors } from "@rnn/nn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain } from "./run-cli.ts";

const data = (name: string) => fileURLToPath(new URL(`../data/time-series/${name}`, import.meta.url));
const CO2 = data("co2-mauna-loa-monthly.csv");
const AIRLINE = data("airline-passengers.csv");
const AIRLINE_COLUMNS = ["--data", AIRLINE, "--date=Month", "--target=Passengers"];

interface Report {
  readonly seconds: number;
  readonly test: {
    readonly origins: number;
    readonly models: Readonly<Record<string, { mae: number; mase: number; coverage: number[] | null }>>;
  };
}

/** What the tests change of a description. */
interface Description {
  readonly scaler: Record<string, unknown>;
  readonly model: Record<string, unknown>;
  readonly task: Record<"horizon" | "quantiles", unknown> & {
    readonly columns: Record<string, unknown>;
    readonly step: Record<string, unknown>;
  };
}

let folder: string;
let model: string;
let report: Report;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-forecast-"));
  model = join(folder, "co2");
  const { code, out, err } = await train("--epochs=6", "--hidden=8", "--output", model, "--json");
  expect([code, err]).toEqual([0, ""]);
  report = JSON.parse(out);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

function train(...args: string[]) {
  return runMain(["train", "--task=forecast", ...args]);
}

describe("train --task forecast", () => {
  it("beats the naive forecasts of the last ten years of CO2 after a few epochs", () => {
    const { origins, models } = report.test;
    expect(origins).toBe(109);
    expect(Object.keys(models)).toEqual([
      "gru",
      "naive",
      "seasonalNaive",
      "seasonalNaiveDrift",
      "linearAR",
      "linearARDirect",
    ]);
    const own = models.gru!.mae;
    expect(own).toBeLessThan(models.seasonalNaive!.mae / 2);
    expect(own).toBeLessThan(models.seasonalNaiveDrift!.mae);
  });

  it("scores the simple forecasts as they are known", () => {
    const { models } = report.test;
    expect(models.seasonalNaive!.mae).toBeCloseTo(2.5487, 3);
    expect(models.linearARDirect!.mae).toBeCloseTo(0.3711, 3);
  });

  it("feeds one step back, or forecasts quantiles", async () => {
    const small = ["--epochs=2", "--hidden=4", "--history=12", ...AIRLINE_COLUMNS];
    const recursive = join(folder, "recursive");
    const first = await train(...small, "--strategy=recursive", "--output", recursive);
    expect(first.code).toBe(0);
    expect(first.out).toContain("recursive, 12 steps ahead");
    const { out } = await runMain(["forecast", "--model", recursive, "--data", AIRLINE, "--horizon=30"]);
    expect(out.split("\n")).toHaveLength(32);

    const banded = await train(...small, "--quantiles=0.1,0.5,0.9", "--json", "--output", join(folder, "q"));
    const found: Report = JSON.parse(banded.out);
    expect(found.test.models.gru!.coverage).toHaveLength(3);
    expect(found.test.models.naive!.coverage).toBeNull();
    const { out: csv } = await runMain(["forecast", "--model", join(folder, "q"), "--data", AIRLINE]);
    const [head, ...rows] = csv
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    expect(head).toEqual(["Month", "Passengers 0.1", "Passengers 0.5", "Passengers 0.9"]);
    expect(rows.map(([time]) => time)[11]).toBe("1961-12");
    for (const [, low, middle, high] of rows) {
      expect(Number(low)).toBeLessThanOrEqual(Number(middle));
      expect(Number(middle)).toBeLessThanOrEqual(Number(high));
    }
  });

  it("reads parts of dates, missing values, several inputs and rows in any order", async () => {
    const lines = Array.from({ length: 400 }, (_, t) => {
      const day = new Date(Date.UTC(2024, 0, 1) + t * 3_600_000);
      const load = t % 37 === 5 ? "NA" : (10 + 5 * Math.sin(t / 4)).toFixed(3);
      const [year, month, date, hour] = [
        day.getUTCFullYear(),
        day.getUTCMonth() + 1,
        day.getUTCDate(),
        day.getUTCHours(),
      ];
      return `${year},${month},${date},${hour},${load},${(t % 24) / 24}`;
    });
    const file = join(folder, "hours.csv");
    const rows = [...lines.slice(200), ...lines.slice(0, 100), ...lines.slice(103, 200)];
    await writeFile(file, ["year,month,day,hour,load,clock", ...rows, ""].join("\n"));
    const { code, out, err } = await train(
      ...["--data", file, "--date=year,month,day,hour", "--target=load", "--inputs=clock"],
      ...["--epochs=1", "--hidden=4", "--history=24", "--horizon=6", "--output", join(folder, "hours")],
    );
    expect([code, err.split("\n").length]).toEqual([0, 1]);
    const header = out.replaceAll(/\n {10}/g, " ");
    expect(header).toContain(
      "hours.csv: 400 steps of 1 hour, 14 steps without a value, 3 of them without a row",
    );
    expect(header).toContain(
      "sees      24 steps of load, clock, hour of the date, weekday of the date, dayOfYear of the date",
    );
  });

  it.each<[args: string[], message: string]>([
    [["--target=x"], "--target: chooses a column of your own file; name it with --data FILE"],
    [
      ["--data", AIRLINE, "--date=Month"],
      `${AIRLINE}: no column "value"; it has "Month", "Passengers"; choose one with --target COLUMN`,
    ],
    [["--horizon=2000"], '--horizon: expected a whole number from 1 to 1000, got "2000"'],
    [["--test-steps=3"], "--test-steps: 3 are fewer than --horizon 12"],
    [
      ["--history=800"],
      `${CO2}: 580 of its 820 steps are left for training, but a window has 812 (--history and --horizon); use a longer series or shorter windows`,
    ],
    [
      ["--quantiles=0.1,0.9"],
      '--quantiles: expected increasing numbers between 0 and 1 with 0.5 among them, got "0.1,0.9"',
    ],
    [
      ["--quantiles=0.5", "--strategy=recursive"],
      "--quantiles: --strategy recursive feeds one number back, which has none; use --strategy direct",
    ],
    [
      ["--calendar=moon"],
      '--calendar: expected hour, weekday, month, dayOfYear between commas, or none or auto, got "moon"',
    ],
  ])("%j is a mistake", async (args, message) => {
    expect(await train(...args, "--output", join(folder, "none"))).toEqual({
      code: 2,
      out: "",
      err: `${message}\n`,
    });
  });
});

describe("forecast", () => {
  it("continues the series as CSV or JSON, from a file or a pipe", async () => {
    const { code, out } = await runMain(["forecast", "--model", model, "--data", CO2]);
    expect(code).toBe(0);
    const lines = out.trim().split("\n");
    expect(lines[0]).toBe("Date,Average");
    expect(lines[1]).toMatch(/^2026-07,4[23]\d\.\d+$/);
    expect(lines).toHaveLength(13);
    const piped = await runMain(["forecast", "--model", model, "--json"], await readFile(CO2, "utf8"));
    const { target, steps } = JSON.parse(piped.out);
    expect([target, steps.length]).toEqual(["Average", 12]);
    expect(`${steps[0].time},${Number(steps[0].value.toPrecision(7))}`).toBe(lines[1]);
  });

  it("refuses other steps, and too few of them", async () => {
    const head = "Date,Average\n";
    const days = Array.from(
      { length: 60 },
      (_, t) => `${new Date(t * 86_400_000).toISOString().slice(0, 10)},400`,
    );
    const other = await runMain(["forecast", "--model", model], head + days.join("\n"));
    expect(other.err).toBe("standard input: has steps of 1 day, but the forecaster knows steps of 1 month\n");
    const few = await runMain(["forecast", "--model", model], `${head}2020-01,1\n2020-02,1\n2020-03,1\n`);
    expect(few.err).toBe(
      "standard input: has 3 steps, but the forecaster looks at 36; give it a longer series\n",
    );
    const renamed = await runMain(["evaluate", "--model", model, "--data", AIRLINE]);
    expect(renamed.err).toBe(
      `${AIRLINE}: no column "Date"; it has "Month", "Passengers"; the model was trained on a column of that name\n`,
    );
    const twice = await runMain(["forecast", "--model", model], "Date,Average,Average\n2020-01,1,2\n");
    expect(twice.err).toBe(
      'standard input: 2 columns are called "Average"; give each its own name; the model was trained on one of that name\n',
    );
    const odd = await runMain(["forecast", "--model", model], `${head}2020-01,1\n2020-02,1\nMarch,1\n`);
    expect(odd.err).toBe(
      'standard input: row 4: "March" is no date; expected one like 2024-05, 2024-05-31 or 2024-05-31 23:00\n',
    );
  });
});

describe("evaluate and inspect", () => {
  it("walks through the end of a series beside the competitors", async () => {
    const { code, out } = await runMain(["evaluate", "--model", model, "--data", CO2, "--json"]);
    expect(code).toBe(0);
    const { name, models, origins } = JSON.parse(out);
    expect([name, origins]).toEqual(["gru", 109]);
    // the same model on the same steps as in training
    expect(models.gru.mae).toBeCloseTo(report.test.models.gru!.mae, 5);
    const { out: lines } = await runMain(["evaluate", "--model", model, "--data", CO2]);
    expect(lines.replace("\n  ", " ")).toMatch(
      /^.*, 2016-07 to 2026-06, by a model trained on CO2 of Mauna Loa\n109 forecasts of 12 steps/,
    );
    expect(lines).toMatch(/\n {2}gru +0\.\d+ /);
  });

  it("shows the scaler, the columns and the steps", async () => {
    const { out } = await runMain(["inspect", model]);
    expect(out).toContain("a forecaster");
    expect(out).toMatch(/\n {2}forecasts +Average\n/);
    expect(out).toMatch(/\n {2}scaler +StandardScaler, mean 3\d\d\.\d, scale \d/);
  });
});

describe("a saved forecaster", () => {
  it.each<[what: string, change: (json: Description) => void, message: string]>([
    [
      "a scaler of nothing",
      (json) => (json.scaler.scale = [0]),
      '"scaler" cannot be read: StandardScaler.fromJSON: scale of variable 0 must be above 0, got 0',
    ],
    [
      "a scaler of other variables",
      (json) => (json.task.columns.inputs = ["x"]),
      '"scaler" has 1 variables, but "task.columns" 2',
    ],
    [
      "an unknown cell",
      (json) => (json.model.cell = "x"),
      '"model.cell" is "x", expected "rnn" or "lstm" or "gru"',
    ],
    [
      "a step of nothing",
      (json) => (json.task.step.count = 0),
      '"task.step.count" is 0, expected a number from 1 to 100000000000000',
    ],
    [
      "another horizon",
      (json) => (json.task.horizon = 24),
      '"head.weight" is float32 [12,9], but its description makes it float32 [24,9]',
    ],
    [
      "quantiles out of order",
      (json) => (json.task.quantiles = [0.5, 0.1]),
      '"task.quantiles" are not increasing numbers between 0 and 1 with 0.5 among them',
    ],
    [
      "a prototype",
      (json) => (json.model.hidden = { __proto__: null }),
      '"model.hidden" is {}, expected a whole number from 1 to 16384',
    ],
  ])("with %s is refused", async (_what, change, message) => {
    const { tensors, metadata } = decodeSafetensors(await readFile(join(model, "model.safetensors")));
    const json = JSON.parse(metadata.get("rnn.forecaster")!);
    change(json);
    const file = join(folder, "changed.safetensors");
    await writeFile(file, encodeSafetensors(tensors, new Map([["rnn.forecaster", JSON.stringify(json)]])));
    const { code, err } = await runMain(["forecast", "--model", file, "--data", CO2]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
