import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain } from "./run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-series-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file with a row for each date that is a day, counted from Monday, 2018-01-01, for which `isOpen`. */
async function days(name: string, count: number, isOpen: (weekday: number) => boolean): Promise<string> {
  const rows = Array.from({ length: count }, (_, t) => t)
    .filter((t) => isOpen(t % 7))
    .map((t) => `${new Date(Date.UTC(2018, 0, 1 + t)).toISOString().slice(0, 10)},${100 + ((t * 37) % 23)}`);
  return write(name, ["date,value", ...rows]);
}

async function write(name: string, lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

function train(...args: string[]) {
  const small = [
    "--epochs=1",
    "--hidden=2",
    "--history=12",
    "--horizon=5",
    "--output",
    join(folder, "model"),
  ];
  return runMain(["train", "--task=forecast", ...small, ...args]);
}

describe("a series whose season was never seen whole", () => {
  it("passes over the competitors that cannot forecast it, and says why", async () => {
    const file = await days("shop.csv", 400, (weekday) => weekday !== 6);
    const { code, out } = await train("--data", file, "--json");
    expect(code).toBe(0);
    const { test } = JSON.parse(out);
    expect(Object.keys(test.models)).toEqual(["gru", "naive", "linearAR", "linearARDirect"]);
    const season = "history of 331 steps has no observed value for step 5 of the forecast in seasons of 7";
    expect(test.skipped).toEqual({
      seasonalNaive: season,
      seasonalNaiveDrift: season,
    });
    const again = await runMain(["evaluate", "--model", join(folder, "model"), "--data", file]);
    expect(again.code).toBe(0);
    expect(again.out.replaceAll(/\n {4}/g, " ")).toContain(`\n  without seasonal naive: ${season}\n`);
  });

  it("is refused before training if the season was chosen", async () => {
    expect(await train("--season=5000")).toEqual({
      code: 2,
      out: "",
      err:
        "--season: a season of 5000 steps has never been seen whole before the test, which has 656 steps before it; " +
        "choose a shorter one, or 1 for none\n",
    });
  });

  it("is refused if no window has all of its values", async () => {
    const file = await days("shop.csv", 400, (weekday) => weekday !== 6);
    expect((await train("--data", file, "--horizon=7")).err).toBe(
      `${file}: the training part nowhere has 7 steps in a row with a value: of 400 steps of 1 day, 57 have none, ` +
        "57 of them no row; fill them, sum or average to longer steps, or choose a shorter --horizon\n",
    );
  });

  it("is refused if nothing can be tested", async () => {
    const rows = Array.from({ length: 60 }, (_, t) => `${1900 + t},${t < 55 ? t : ""}`);
    const file = await write("years.csv", ["date,value", ...rows]);
    expect((await train("--data", file, "--test-steps=5")).err).toBe(
      `${file}: none of its last 5 steps has a value to test with; take more with --test-steps\n`,
    );
  });
});

describe("dates", () => {
  it("of weekdays alone are steps of a weekday", async () => {
    const file = await days("stocks.csv", 400, (weekday) => weekday < 5);
    const { code, out } = await train("--data", file);
    expect(code).toBe(0);
    expect(out).toContain("data      stocks.csv: 286 steps of 1 weekday\n");
    expect(out).not.toContain("without");
    const { out: csv } = await runMain(["forecast", "--model", join(folder, "model"), "--data", file]);
    const [header, ...rows] = csv.trim().split("\n");
    expect(header).toBe("date,value");
    // the series ends on Monday, 2019-02-04
    expect(rows.map((row) => row.split(",")[0])).toEqual([
      "2019-02-05",
      "2019-02-06",
      "2019-02-07",
      "2019-02-08",
      "2019-02-11",
    ]);
  });

  it("of the ends of months go on as such", async () => {
    const rows = Array.from({ length: 120 }, (_, t) => {
      const end = new Date(Date.UTC(2010, t + 1, 0)).toISOString().slice(0, 10);
      return `${end},${(t % 12) + t / 5}`;
    });
    const file = await write("ends.csv", ["date,value", ...rows]);
    const { code, out } = await train("--data", file);
    expect([code, out.includes("120 steps of 1 month\n")]).toEqual([0, true]);
    const { out: csv } = await runMain(["forecast", "--model", join(folder, "model"), "--data", file]);
    expect(csv.split("\n").map((row) => row.split(",")[0])).toEqual([
      "date",
      "2020-01-31",
      "2020-02-29",
      "2020-03-31",
      "2020-04-30",
      "2020-05-31",
      "",
    ]);
  });

  it("keep their zone and the names of their columns, so that forecasts can be added to the series", async () => {
    const hours = Array.from({ length: 200 }, (_, t) => new Date(Date.UTC(2020, 0, 5, 4 + t)).toISOString());
    const rows = hours.map((time, t) => `${time.slice(0, 19)}+02:00,${(t * 7) % 24}`);
    const file = await write("zoned.csv", ["when,value", ...rows]);
    const { out } = await train("--data", file, "--date=when");
    expect(out).toContain("test      2020-01-11 20:00+02:00 to 2020-01-13 11:00+02:00\n");
    const { out: csv } = await runMain(["forecast", "--model", join(folder, "model"), "--data", file]);
    expect(csv).toMatch(/^when,value\n2020-01-13T12:00:00\+02:00,[-\d.]+\n/);
    const longer = await write("longer.csv", ["when,value", ...rows, ...csv.trim().split("\n").slice(1)]);
    const next = await runMain(["forecast", "--model", join(folder, "model"), "--data", longer, "--json"]);
    expect(JSON.parse(next.out).steps[0].time).toBe("2020-01-13T17:00:00+02:00");
  });
});

describe("columns", () => {
  it.each([
    [["--inputs=value"], '--inputs: "value" is the target, which is looked at in any case'],
    [["--inputs=x,y,x"], '--inputs: names "x" twice'],
  ])("%j is a mistake", async (args, message) => {
    expect((await train("--data=series.csv", ...args)).err).toBe(`${message}\n`);
  });
});

describe("what is odd in a series", () => {
  const month = (t: number) => new Date(Date.UTC(2010, t)).toISOString().slice(0, 7);

  it("is said where the mean of rows that contradict each other is used", async () => {
    const rows = Array.from({ length: 60 }, (_, t) => `${month(t)},${t}`);
    const file = await write("twice.csv", ["date,value", ...rows, "2010-03,7", "2010-04,3"]);
    const note = "1 date occurs more than once with different values: their mean is used (row 62)";
    const { out } = await train("--data", file);
    expect(out.replaceAll(/\n {10}/g, " ")).toContain(`\nnote      ${note}\n`);
    const model = join(folder, "model");
    for (const command of ["forecast", "evaluate"]) {
      expect((await runMain([command, "--model", model, "--data", file])).err).toBe(`note: ${note}\n`);
    }
    await writeFile(file, ["date,value", ...rows, "2010-03,7", "2010-04,7"].join("\n"));
    expect((await runMain(["forecast", "--model", model, "--data", file])).err).toBe(
      "note: 2 dates occur more than once with different values: their mean is used (row 62 is the first)\n",
    );
  });

  it("is said where a forecast is made from values that are missing, if any is there", async () => {
    const series = (empty: (t: number) => boolean) =>
      ["date,value", ...Array.from({ length: 60 }, (_, t) => `${month(t)},${empty(t) ? "" : t}`)].join("\n");
    const model = join(folder, "model");
    await train("--data", await write("whole.csv", [series(() => false)]));
    const forecast = (text: string) => runMain(["forecast", "--model", model], text);
    expect(await forecast(series((t) => t < 48 && t > 0))).toMatchObject({ code: 0, err: "" });
    expect((await forecast(series((t) => t === 50))).err).toBe(
      'note: 1 of the last 12 steps has no value in column "value": the one before stands in for each\n',
    );
    expect((await forecast(series((t) => t >= 50))).err).toBe(
      'note: 10 of the last 12 steps have no value in column "value": the one before stands in for each; the last known one is of 2014-02\n',
    );
    expect(await forecast(series((t) => t >= 48))).toEqual({
      code: 2,
      out: "",
      err: 'standard input: the last 12 steps, from which the forecast is made, have no value in column "value"; the last known one is of 2013-12\n',
    });
  });
});

describe("the report", () => {
  it("says if a simple forecast is better, in lines of 80 characters", async () => {
    const rows = Array.from(
      { length: 150 },
      (_, t) => `${1850 + t},${10 * Math.sin(t / 2) + 0.01 * ((t * 37) % 23)}`,
    );
    const file = await write("sine.csv", ["date,value", ...rows]);
    const { out } = await train("--data", file, "--horizon=1", "--quantiles=0.1,0.5,0.9", "--no-refit");
    expect(out).toContain("\n  linear AR is better here: its MAE is 9");
    expect(out.replaceAll(/\n {4}/g, " ")).toMatch(
      /below that of gru; try train with --linear yes, which adds a linear forecast to the network\n/,
    );
    expect(out).toMatch(/\ntest: 10 forecasts of 1 step, 1990-01 to 1999-01\n/);
    const shown = out.split("\n").filter((line) => !line.includes(folder));
    expect(shown.filter((line) => line.length > 80)).toEqual([]);
  });
});
