import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-mistakes-"));
  const files = {
    "empty.csv": "",
    "reviews.csv": "review,stars\nfine,5\npoor,1\n",
    "one-class.csv": `text,label\n${Array.from({ length: 30 }, (_, n) => `text ${n},good\n`).join("")}`,
    "model.safetensors": "not a model",
    "a-file": "",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

describe("mistakes are one line on standard error and exit code 2", () => {
  it.each<[args: string, message: string]>([
    ["--celll lstm", "--celll: unknown option (did you mean --cell?); see --help"],
    ["--epochs 0", '--epochs: expected a whole number from 1 to 10000, got "0"'],
    ["pridect fine", "pridect: unknown command; expected predict, or none to train; see --help"],
    ["--text review", "--text: describes your own data; give its file with --data FILE"],
    ["--data none.csv", "none.csv: no such file"],
    ["--data empty.csv", "empty.csv: the file is empty"],
    [
      "--data reviews.csv --label mark",
      'reviews.csv: no column "text"; it has "review", "stars"; choose one with --text COLUMN',
    ],
    [
      "--data reviews.csv --text review --label mark",
      'reviews.csv: no column "mark"; it has "review", "stars"; choose one with --label COLUMN',
    ],
    [
      "--data reviews.csv --text review --label stars",
      "reviews.csv: only 2 different texts; at least 20 are needed to train, validate and test",
    ],
    [
      "--data one-class.csv",
      'one-class.csv: all 30 labels are "good"; a classifier needs at least two classes (is --label the right column?)',
    ],
    ["--output a-file", "--output a-file: is a file, expected a folder"],
    ["predict --cell gru fine", "--cell: unknown option; see --help"],
    [
      "predict fine",
      `${join("models/sentiment/model.safetensors")}: no such file; train a model first with npm start, or name its folder with --model`,
    ],
    [
      "predict --model . fine",
      "model.safetensors: header of 7813576126013632366 bytes, but 3 follow: truncated, or not safetensors; train again with npm start, or name another folder with --model",
    ],
  ])("%s", async (args, message) => {
    expect(await runCli(args.split(" "), folder)).toEqual({ code: 2, out: "", err: `${message}\n` });
  });

  it("and overwrite nothing", async () => {
    expect(await readFile(join(folder, "model.safetensors"), "utf8")).toBe("not a model");
    expect((await readdir(folder)).sort()).toEqual([
      "a-file",
      "empty.csv",
      "model.safetensors",
      "one-class.csv",
      "reviews.csv",
    ]);
  });
});
