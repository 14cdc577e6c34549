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
    expect(Object.keys(test.models)).toEqual(["gru", "naive"]);
    const season = "history of 331 steps has no observed value for step 5 of the forecast in seasons of 7";
    expect(test.skipped).toEqual({
      "seasonal naive": season,
      "seasonal naive + drift": season,
      "linear AR": "series of 330 steps gives 0 rows, fewer than the 13 unknowns",
      "linear AR, direct": "series of 330 steps gives 0 rows, fewer than the 13 unknowns",
    });
    const again = await runMain(["evaluate", "--model", join(folder, "model"), "--data", file]);
    expect(again.code).toBe(0);
    expect(again.out).toContain(`\n  without seasonal naive: ${season}\n`);
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

  it("is refused if nothing can be tested", async () => {
    const rows = Array.from({ length: 60 }, (_, t) => `${1900 + t},${t < 55 ? t : ""}`);
    const file = await write("years.csv", ["date,value", ...rows]);
    expect((await train("--data", file, "--test-steps=5")).err).toBe(
      `${file}: none of its last 5 steps has a value to test with; take more with --test-steps\n`,
    );
  });
});
