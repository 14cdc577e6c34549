import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain, startCli } from "./run-cli.ts";

const FILES = {
  "empty.csv": "",
  "reviews.csv": "review,stars\nfine,5\npoor,1\n",
  "one-class.csv": `text,label\n${Array.from({ length: 30 }, (_, n) => `text ${n},good\n`).join("")}`,
  "model.safetensors": "not a model",
  "a-file": "",
  "bom.csv": "\ufeff",
  "blank.csv": " \n\r\n\n",
  "blank.jsonl": "\ufeff\n",
  "twice.csv": "id,text,text\n1,fine,poor\n",
  "quote.csv": 'label,text\npos,fine\npos,"oops never closed\n',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-mistakes-"));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

describe("a mistake is one line on standard error and exit code 2", () => {
  // @ stands for the folder
  it.each<[args: string, message: string]>([
    ["--celll lstm", "--celll: unknown option (did you mean --cell?); see --help"],
    ["--epochs 0", '--epochs: expected a whole number from 1 to 10000, got "0"'],
    ["pridect fine", "pridect: unknown command (did you mean predict?); see --help"],
    [
      "fine",
      "fine: unknown command; expected train, predict, generate, forecast, evaluate or inspect; see --help",
    ],
    ["train --task x", '--task: expected classification, language-model or forecast, got "x"'],
    [
      "generate --model @none",
      "@none/model.safetensors: no such file; train a model first with npm start -- train --task language-model, or name its folder with --model",
    ],
    ["--text review", "--text: describes your own data; give its file with --data FILE"],
    ["--group film", "--group: describes your own data; give its file with --data FILE"],
    ["--model cnn --cell lstm", "--cell: means nothing to --model cnn; it is for recurrent"],
    ["--states 3", "--states: means nothing to --model recurrent; it is for hmm"],
    ["--threshold 1", '--threshold: expected f1 or a number between 0 and 1, got "1"'],
    ["--threshold best", '--threshold: expected f1 or a number between 0 and 1, got "best"'],
    ["--data @none.csv", "@none.csv: no such file"],
    ["--data @empty.csv", "@empty.csv: the file is empty"],
    [
      "--data @reviews.csv --label mark",
      '@reviews.csv: no column "text"; it has "review", "stars"; choose one with --text COLUMN',
    ],
    [
      "--data @reviews.csv --text review --label mark",
      '@reviews.csv: no column "mark"; it has "review", "stars"; choose one with --label COLUMN',
    ],
    [
      "--data @reviews.csv --text review --label stars",
      "@reviews.csv: only 2 different texts; at least 20 are needed to train, validate and test",
    ],
    [
      "--data @one-class.csv",
      '@one-class.csv: all 30 labels are "good"; a classifier needs at least two classes (is --label the right column?)',
    ],
    ["--output @a-file", "--output @a-file: is a file, expected a folder"],
    ["predict --cell gru fine", "--cell: unknown option; see --help"],
    [
      "predict --model @none fine",
      "@none/model.safetensors: no such file; train a model first with npm start, or name its folder with --model",
    ],
    [
      "predict --model @ fine",
      "@model.safetensors: header of 8029109312199880558 bytes, but 3 follow: truncated, or not safetensors; " +
        "train again with npm start, or name another model with --model",
    ],
    [
      "predict --model @model.safetensors fine",
      "@model.safetensors: header of 8029109312199880558 bytes, but 3 follow: truncated, or not safetensors; " +
        "train again with npm start, or name another model with --model",
    ],
    [
      "predict --model @a-file/deeper fine",
      "@a-file/deeper/model.safetensors: part of the path is a file, not a folder; " +
        "train a model first with npm start, or name its folder with --model",
    ],
    ["--data @reviews.csv/x.csv", "@reviews.csv/x.csv: part of the path is a file, not a folder"],
    ["--data @bom.csv", "@bom.csv: the file is empty"],
    ["--data @blank.csv", "@blank.csv: the file is empty, but for white space"],
    ["--data @blank.jsonl", "@blank.jsonl: the file is empty, but for white space"],
    [
      "--data @twice.csv",
      '@twice.csv: 2 columns are called "text"; give each its own name, or choose another with --text COLUMN',
    ],
    [
      "--data @twice.csv --text id --label text",
      '@twice.csv: 2 columns are called "text"; give each its own name, or choose another with --label COLUMN',
    ],
    [
      "--data @reviews.csv --text stars --label stars",
      '--text and --label both name the column "stars"; choose two with --text COLUMN --label COLUMN',
    ],
    [
      "--data @quote.csv",
      "@quote.csv: row 3: quote not closed; end the field with a quote, and write each quote inside it twice",
    ],
  ])("%s", async (args, message) => {
    const inFolder = (text: string) => text.replaceAll("@", join(folder, "/")).replaceAll("/", join("/"));
    const words = args.split(" ").map(inFolder);
    expect(await runMain(words)).toEqual({ code: 2, out: "", err: `${inFolder(message)}\n` });
  });

  it("of a process too", async () => {
    const { finished } = startCli(["--data", "none.csv"], folder);
    expect(await finished).toEqual({ code: 2, out: "", err: "none.csv: no such file\n" });
  });

  it("and overwrites nothing", async () => {
    expect((await readdir(folder)).sort()).toEqual(Object.keys(FILES).sort());
    for (const [name, content] of Object.entries(FILES)) {
      expect(await readFile(join(folder, name), "utf8")).toBe(content);
    }
  });
});

describe("control characters in a message", () => {
  it("do not reach the terminal", async () => {
    expect((await runMain(["--data", "\u001b[31m.csv"])).err).toBe("·[31m.csv: no such file\n");
  });
});
