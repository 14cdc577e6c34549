import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeSafetensors } from "@rnn/nn";
import { zeros } from "@rnn/tensor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMain, startCli } from "./run-cli.ts";
import { SMALL } from "./sixty-sentences.ts";

const COLUMNS = ["--text=review", "--label=mood"];

/** Remarks that a small network learns in a moment, some of them with the wrong label. */
function sixtyRemarks(): string {
  const rows = Array.from({ length: 60 }, (_, n) => {
    const mood = n % 2 === 0 ? "positive" : "negative";
    const label = n % 17 === 3 ? "positive" : mood;
    return `"a ${mood === "positive" ? "great" : "bad"} place, ""number"" ${n}",${label}`;
  });
  return ["review,mood", ...rows, ""].join("\n");
}

let folder: string;
let model: string;
let report: Record<string, unknown>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-evaluate-"));
  model = join(folder, "model");
  const file = join(folder, "sixty.csv");
  await writeFile(file, sixtyRemarks());
  const settings = [...SMALL, "--epochs=3", "--learning-rate=0.05", "--average=0", "--batch-size=4"];
  const args = ["train", "--data", file, ...COLUMNS, ...settings, "--output", model, "--json"];
  const { code, out, err } = await runMain(args);
  expect([code, err]).toEqual([0, ""]);
  report = JSON.parse(out);
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: string[]) => runMain(["evaluate", "--model", model, ...args]);
const inspect = (...args: string[]) => runMain(["inspect", ...args]);

describe("train --json", () => {
  it("prints one document with the path, every epoch and all competitors", () => {
    expect(report).toMatchObject({
      task: "classification",
      data: "sixty.csv",
      seed: 0,
      model: join(model, "model.safetensors"),
      ended: "completed",
      test: {
        name: "gru",
        models: { gru: { texts: 6 }, logisticRegression: { texts: 6 }, noLearning: { texts: 6 } },
      },
    });
    expect(report.epochs).toHaveLength(3);
    expect((report.epochs as object[])[0]).toEqual({
      epoch: 1,
      loss: expect.any(Number),
      validation: { loss: expect.any(Number), accuracy: expect.any(Number) },
    });
  });
});

describe("evaluate", () => {
  it("agrees with what predict says, line by line", async () => {
    const lines = (await readFile(join(folder, "sixty.csv"), "utf8")).trim().split("\n").slice(1);
    const parts = lines.map((line) => /^"(.*)",(\w+)$/.exec(line)!);
    const texts = parts.map(([, text]) => text!.replaceAll('""', '"'));
    const predicted = await runMain(["predict", "--model", model, "--json"], `${texts.join("\n")}\n`);
    const predictions: { label: string }[] = JSON.parse(predicted.out).predictions;
    const labels = predictions.map(({ label }) => label);
    const right = labels.filter((label, n) => label === parts[n]![2]).length;

    const { code, out } = await evaluate("--json", "--data", join(folder, "sixty.csv"), ...COLUMNS);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({
      task: "classification",
      name: "gru",
      texts: 60,
      skipped: 0,
      accuracy: right / 60,
    });
    const counts: number[][] = found.confusion.counts;
    expect(counts[0]![0]! + counts[1]![1]!).toBe(right);
    expect(counts.flat().reduce((sum, n) => sum + n)).toBe(60);
    const [negative] = found.classes;
    expect(counts.flat()).not.toContain(60);
    expect(negative.label).toBe("negative");
    expect(negative.recall).toBeCloseTo(counts[0]![0]! / (counts[0]![0]! + counts[0]![1]!), 12);
    expect(negative.precision).toBeCloseTo(counts[0]![0]! / (counts[0]![0]! + counts[1]![0]!), 12);
  });

  it("shows the same as tables", async () => {
    const { code, out } = await evaluate("--data", join(folder, "sixty.csv"), ...COLUMNS);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^60 texts from .*sixty\.csv, by a model trained on\s+sixty\.csv\n\n {2}accuracy {5}\d\.\d{3} {2}\d+ of 60, 95 % interval \d\.\d\d to \d\.\d\d\n {2}no learning {2}0\.5\d\d {2}always the most frequent class\n/,
    );
    expect(out).toMatch(/\n {2}class +precision +recall +F1 +texts\n {2}negative +\d\.\d{3} /);
    expect(out).toMatch(
      /\n {2}negative +\d+ +\d+\n {2}positive +\d+ +\d+\n\ncan its probabilities be believed\?\n {2}expected calibration error \d\.\d{3}, Brier/,
    );
  });

  it("reads a pipe: CSV, TSV or JSON lines", async () => {
    const csv = await evaluate("--json", ...COLUMNS).then(({ code, err }) => [code, err]);
    expect(csv).toEqual([2, "standard input: is empty; name a file with --data FILE\n"]);
    const rows = [
      ["A great film.", "positive"],
      ["Bad food.", "negative"],
    ];
    const inputs = [
      `text,label\n${rows.map((row) => row.join(",")).join("\r\n")}\n`,
      `text\tlabel\n${rows.map((row) => row.join("\t")).join("\n")}\n`,
      rows.map(([text, label]) => JSON.stringify({ text, label })).join("\n"),
    ];
    const answers = await Promise.all(
      inputs.map((input) => runMain(["evaluate", "--model", model, "--json"], input)),
    );
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(answers.map(({ out }) => out)).size).toBe(1);
    expect(JSON.parse(answers[0]!.out)).toMatchObject({ data: "standard input", texts: 2 });
  });
});

describe("inspect", () => {
  it("shows the task, the layers, what was measured and the vocabulary", async () => {
    const { code, out } = await inspect(model, "--words", "3");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^.*model\.safetensors: a text classifier, \d+\.\d kB\n {2}trained on +sixty\.csv, \d epochs?, seed 0\n/,
    );
    expect(out).toContain("\n  classes               negative, positive\n");
    expect(out).toMatch(/\n {2}embedding {2}Embedding {2}\[\d+,4\] /);
    expect(out).toMatch(/\n {2}gru +GRU +\[12,4\] \[12,4\] \[12\] \[12\] /);
    expect(out).toMatch(/\n {2}validation accuracy +[\d.]+\n {2}test accuracy +[\d.]+\n/);
    expect(out).toMatch(/\n {2}special {2}<unk> <pad>\n {2}most frequent {2}\S+ \S+ \S+\n$/);
  });

  it("prints the same as one JSON document", async () => {
    const { code, out } = await inspect("--model", model, "--json", "--words=2");
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({
      task: "classification",
      name: "gru",
      format: "rnn.text-classifier",
      version: 2,
      facts: { classes: "negative, positive", tokenizer: "basic_english" },
      vocabulary: { special: ["<unk>", "<pad>"] },
    });
    expect(found.vocabulary.mostFrequent).toHaveLength(2);
    const { test } = report as { test: { models: { gru: { accuracy: number } } } };
    expect(found.training.metrics.testAccuracy).toBe(test.models.gru.accuracy);
    const layers: { parameters: number }[] = found.layers;
    expect(layers.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(found.parameters);
  });

  it("looks into any other safetensors file as well", async () => {
    const other = join(folder, "other.safetensors");
    const tensors = new Map([
      ["a.weight", zeros([2, 3])],
      ["b", zeros([4], { dtype: "int32" })],
    ]);
    await writeFile(other, encodeSafetensors(tensors, new Map([["made by", "a\u001b[31m test"]])));
    expect((await inspect(other)).out.replace(/ +$/gm, "")).toBe(
      [
        `${other}: 2 tensors of 10 numbers, 216 bytes`,
        "  not a model of this program",
        "  tensor    type     shape",
        "  a.weight  float32  [2,3]",
        "  b         int32    [4]",
        "",
        "metadata",
        "  made by  a·[31m test",
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await inspect(other, "--json")).out)).toMatchObject({ task: null, parameters: 10 });
    expect((await runMain(["predict", "--model", other, "fine"])).err).toContain(
      ': a safetensors file, but without "rnn.text-classifier"',
    );
  });

  it("stops quietly when the reader of its output has gone", async () => {
    const { process: child, finished } = startCli(["inspect", "model", "--words=100000"], folder);
    child.stdout!.destroy();
    expect(await finished).toMatchObject({ code: 0, err: "" });
  });
});

describe("mistakes", () => {
  it.each<[args: string[], message: string]>([
    [["inspect", "a", "b"], "b: inspect looks into one model at a time; see inspect --help"],
    [["inspect", "a", "--model", "b"], "a: inspect looks into one model at a time; see inspect --help"],
    [["evaluate", "file.csv", "--model", "@"], "file.csv: evaluate takes options only; see evaluate --help"],
    [["evaluate", "--model"], "--model: needs a value: --model PATH"],
    [["evaluate", "--dat", "x"], "--dat: unknown option (did you mean --data?); see --help"],
    [["evaluate", "--model", "@", "--data", "none.csv"], "none.csv: no such file"],
    [["train", "fine"], "fine: train takes options only; name your data with --data"],
    [["inspec"], "inspec: unknown command (did you mean inspect?); see --help"],
  ])("%j", async (args, message) => {
    const result = await runMain(args.map((word) => (word === "@" ? model : word)));
    expect(result).toEqual({ code: 2, out: "", err: `${message}\n` });
  });

  it("a label that the model does not have", async () => {
    const { code, err } = await runMain(["evaluate", "--model", model], "text,label\nfine,mixed\n");
    expect([code, err]).toEqual([
      2,
      'standard input: the label "mixed" is none of the model\'s: "negative", "positive"; choose the column with --label COLUMN\n',
    ]);
  });
});
