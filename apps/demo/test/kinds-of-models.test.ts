import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../src/main.ts";
import { type Finished, runMain } from "./run-cli.ts";
import { SMALL, sixtySentences } from "./sixty-sentences.ts";

const KINDS = ["recurrent", "bag-of-words", "mlp", "cnn", "hmm"] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-kinds-"));
  await writeFile(join(folder, "sixty.csv"), await sixtySentences());
});
afterAll(() => rm(folder, { recursive: true }));

function train(...args: string[]): Promise<Finished> {
  const data = ["--data", join(folder, "sixty.csv"), "--text", "review", "--label", "mood"];
  return runMain([
    "train",
    ...data,
    "--max-length=20",
    "--epochs=2",
    "--output",
    join(folder, "model"),
    ...args,
  ]);
}

const predict = (...args: string[]) => runMain(["predict", "--model", join(folder, "model"), ...args]);

describe("a model of every kind", () => {
  it.each(KINDS)("%s is trained, saved, inspected and asked", async (kind) => {
    const { code, out, err } = await train("--model", kind);
    expect([code, err]).toEqual([0, ""]);
    expect(out.match(/^epoch [12]\/2 {2}loss /gm)).toHaveLength(2);
    expect(out).toMatch(
      /\ncan its probabilities be believed\?\n {2}expected calibration error \d\.\d{3}, Brier score \d\.\d{3}\n/,
    );
    const answer = await predict("--explain", "A great film.");
    expect(answer.out).toMatch(/^(positive|negative)\t\d\.\d{3}\tA great film\.\n {2}a\?? /);
    const inspected = await runMain(["inspect", "--model", join(folder, "model")]);
    const shown = { recurrent: "gru", "bag-of-words": "bag of words" }[kind as string] ?? kind;
    expect(inspected.out).toContain(`\n  model                 ${shown}\n`);
  });
});

describe("--compare", () => {
  it("shows how far the others are, by name", async () => {
    let written = "";
    const terminal = { write: (text: string) => (written += text), isTTY: true, columns: 80 };
    const streams = {
      out: terminal,
      err: terminal,
      input: (async function* () {})(),
      env: { NO_COLOR: "1" },
    };
    const data = ["--data", join(folder, "sixty.csv"), "--text", "review", "--label", "mood"];
    const sizes = ["--epochs=2", "--hidden=4", "--embedding=4", "--kernels=2", "--states=1"];
    const args = ["--compare", ...data, ...sizes, "--output", join(folder, "compared")];
    expect(await main(args, streams)).toBe(0);
    const [own, ...others] = written.split(/also trained: .*/);
    expect(own).toMatch(/\repoch 1\/2 {2}▕.* {2}loss 0\.\d+/);
    for (const [k, name] of ["mlp", "cnn", "hmm"].entries()) {
      expect(others[k]).toMatch(new RegExp(`\\repoch [12]/2 {2}▕.* {2}${name}: loss \\d`));
    }
  });

  it("shows all kinds on the same test part in one table, with what they cost", async () => {
    const { code, out } = await train("--compare", ...SMALL);
    expect(code).toBe(0);
    expect(out.match(/^also trained: (.+), 2 epochs$/gm)).toEqual(
      ["bag of words", "mlp", "cnn", "hmm"].map((name) => `also trained: ${name}, 2 epochs`),
    );
    const rows = /accuracy on the test part\n {2}model +accuracy .*\n((?: {2}.*\n)+)/.exec(out)![1]!;
    const names = rows.trimEnd().split("\n");
    expect(names.map((row) => row.trim().split(/ {2,}/)[0])).toEqual([
      "gru",
      "bag of words",
      "mlp",
      "cnn",
      "hmm",
      "no learning",
      'no learning: always "negative"',
    ]);
    for (const row of names.slice(0, -2)) {
      expect(row).toMatch(/ {2}[01]\.\d{3} +0\.\d\d to \d\.\d\d +[01]\.\d{3} +[\d,]+ +\d+(\.\d)? s$/);
    }
  });

  it("prints the scores of all with --json", async () => {
    const { out } = await train("--model=hmm", "--compare", "--json", ...SMALL);
    const { test } = JSON.parse(out);
    expect(Object.keys(test)).toEqual(["name", "models", "calibration"]);
    expect(test.name).toBe("hmm");
    expect(Object.keys(test.models)).toEqual(["hmm", "gru", "bagOfWords", "mlp", "cnn", "noLearning"]);
    expect(test.calibration.bins[0]).toMatchObject({ count: expect.any(Number) });
    expect(test.calibration.brierScore).toBeGreaterThan(0);
  });
});

describe("--model bag-of-words", () => {
  it("has a line of its own beside logistic regression, also in JSON", async () => {
    const { out } = await train("--model=bag-of-words", "--json");
    const { name, models } = JSON.parse(out).test;
    expect(name).toBe("bagOfWords");
    expect(Object.keys(models)).toEqual(["bagOfWords", "logisticRegression", "noLearning"]);
  });
});

describe("--min-count", () => {
  it("is refused if no word occurs that often", async () => {
    const { code, out, err } = await train("--min-count=1000");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe("--min-count 1000: no word occurs that often in the 48 texts to learn from\n");
  });
});

describe("--threshold", () => {
  it("is that of every model in the report", async () => {
    const { out } = await train("--compare", "--threshold=0.999", "--json", ...SMALL);
    const { test } = JSON.parse(out);
    // above 0.999 there is nothing positive, so all answer alike
    for (const kind of ["gru", "mlp", "cnn"]) expect(test.models[kind].balancedAccuracy).toBe(0.5);
    const report = await train("--threshold=0.9", ...SMALL);
    expect(report.out).toContain('\n  "positive" above a probability of 0.900, for every model\n');
  });

  it("moves the decision, in the report and in the saved model", async () => {
    await train("--model=bag-of-words", "--threshold=0.001");
    expect((await predict("A bad film.")).out).toMatch(/^positive\t/);
    await train("--model=bag-of-words", "--threshold=0.999");
    expect((await predict("A great film.")).out).toMatch(/^negative\t/);
    const { out } = await runMain(["inspect", "--model", join(folder, "model")]);
    expect(out).toMatch(/\n {2}threshold +0\.999/);
  });

  it("f1 is chosen on the validation part", async () => {
    const { out } = await train("--model=bag-of-words", "--threshold=f1", "--class-weights=balanced");
    expect(out).toMatch(
      /\n {2}"positive" above a probability of 0\.\d{3}, which has the best F1 on the\n {4}validation part; each other model has its own such threshold\n/,
    );
  });

  it("is refused for more than two classes", async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `text ${n},${"abc"[n % 3]}`);
    const file = join(folder, "three.csv");
    await writeFile(file, ["text,label", ...rows, ""].join("\n"));
    const { code, err } = await runMain(["train", "--data", file, "--threshold", "f1"]);
    expect([code, err]).toEqual([2, "--threshold: needs two classes, but the data has 3\n"]);
  });
});
