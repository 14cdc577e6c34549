import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../src/commands/index.ts";
import { TASKS } from "../src/tasks/index.ts";
import { runMain } from "./run-cli.ts";
import { SMALL, sixtySentences } from "./sixty-sentences.ts";

/** Characters of a line where a terminal says nothing else. */
const WIDTH = 80;

let folder: string;
let series: string;
let texts: string;
let book: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "w-"));
  [series, texts, book] = ["s.csv", "t.csv", "b.txt"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const days = Array.from({ length: 120 }, (_, n) => new Date(Date.UTC(2024, 0, 1 + n)));
  const rows = days.map((day, n) => `${day.toISOString().slice(0, 10)},${100 + (n % 7)},${n}`);
  await writeFile(series, ["date,value,visitors counted at the door", ...rows, ""].join("\n"));
  await writeFile(texts, await sixtySentences());
  await writeFile(book, "The quick brown fox jumps over the lazy dog.\n".repeat(40));
});
afterAll(() => rm(folder, { recursive: true }));

/** Lines that are too long, but for command lines and addresses, which would not work in two pieces. */
async function tooLong(...args: string[]): Promise<string[]> {
  const { code, out, err } = await runMain(args);
  expect([code, err]).toEqual([0, ""]);
  const lines = out.split("\n").filter((line) => line.length > WIDTH);
  return lines.filter((line) => !/^ +(npm|https?:)/.test(line) && !line.includes(folder));
}

const model = (name: string) => ["--model", join(folder, name)];
const train = (task: string, data: string, ...args: string[]) =>
  tooLong("train", `--task=${task}`, `--data=${data}`, "--epochs=2", "--output", join(folder, task), ...args);

describe("no line is longer than 80 characters", () => {
  it("in the help of everything", async () => {
    const helps = [
      ["--help"],
      ...Object.keys(COMMANDS).map((name) => [name, "--help"]),
      ...TASKS.map(({ name }) => ["train", "--task", name, "--help"]),
    ];
    for (const args of helps) {
      const { out } = await runMain(args);
      expect(out.split("\n").filter((line) => line.length > WIDTH)).toEqual([]);
    }
  });

  it("about text classifiers", async () => {
    const columns = ["--text=review", "--label=mood"];
    expect(await train("classification", texts, ...columns, ...SMALL)).toEqual([]);
    expect(await tooLong("evaluate", ...model("classification"), "--data", texts, ...columns)).toEqual([]);
    expect(await tooLong("inspect", ...model("classification"))).toEqual([]);
    expect(await tooLong("predict", ...model("classification"), "--explain", "A great phone.")).toEqual([]);
    expect(await train("classification", texts, ...columns, ...SMALL, "--compare")).toEqual([]);
    expect(await train("classification", texts, ...columns, "--model=mlp", "--threshold=f1")).toEqual([]);
  });

  it("about language models", async () => {
    const small = ["--embedding=4", "--hidden=4", "--batch-size=2", "--sequence-length=8"];
    expect(await train("language-model", book, ...small)).toEqual([]);
    expect(await tooLong("evaluate", ...model("language-model"), "--data", book)).toEqual([]);
    expect(await tooLong("inspect", ...model("language-model"))).toEqual([]);
  });

  it("about forecasters", async () => {
    const inputs = "--inputs=visitors counted at the door";
    expect(await train("forecast", series, inputs, "--hidden=4", "--quantiles=0.1,0.5,0.9")).toEqual([]);
    expect(await tooLong("evaluate", ...model("forecast"), "--data", series)).toEqual([]);
    expect(await tooLong("forecast", ...model("forecast"), "--data", series)).toEqual([]);
    expect(await tooLong("inspect", ...model("forecast"))).toEqual([]);
  });
});
