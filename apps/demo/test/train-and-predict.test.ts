import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliCommand, type Finished, runMain, startCli } from "./run-cli.ts";
import { SMALL, sixtySentences } from "./sixty-sentences.ts";

const TRAIN = ["--text", "review", "--label", "mood", ...SMALL, "--epochs", "3"];

let folder: string;
let trained: Finished;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-train-"));
  await writeFile(join(folder, "sixty.csv"), await sixtySentences());
  trained = await startCli(["--data", "sixty.csv", ...TRAIN, "--output", "model"], folder).finished;
});
afterAll(() => rm(folder, { recursive: true }));

describe("training on sixty sentences", () => {
  it("reports the data, each epoch, both accuracies, the words and the model's path", () => {
    expect(trained.err).toBe("");
    expect(trained.code).toBe(0);
    expect(trained.out).toContain(
      "60 texts from sixty.csv\n  48 to learn from, 6 to choose the best epoch, 6 to test on (seed 0)\n",
    );
    expect(trained.out.match(/^epoch [123]\/3 {2}loss \d\.\d{4} {2}validation \d/gm)).toHaveLength(3);
    expect(trained.out).toMatch(/^loss by epoch\n\d\.\d\d ┤/m);
    expect(trained.out).toMatch(
      /^ {2}model {16}accuracy {2}95 % interval {3}right\n {2}gru {18}\d\.\d{3} {5}\d\.\d\d to \d\.\d\d {3}[0-6] of 6\n/m,
    );
    expect(trained.out).toMatch(
      /^ {2}logistic regression {2}\d\.\d{3} {5}\d\.\d\d to \d\.\d\d {3}[0-6] of 6\n/m,
    );
    expect(trained.out).toMatch(
      /^ {2}no learning {10}\d\.\d{3} .*\n {2}logistic regression: on word counts; no learning: always "(posi|nega)tive"\n/m,
    );
    expect(trained.out).toMatch(/^ {2}(positive|negative) 0\.\d{3} {2}/m);
    expect(trained.out).toContain(`model saved in ${join("model/model.safetensors")}\n`);
    expect(trained.out).toContain('npm start -- predict --model model "A sentence of yours."');
  });

  it("leaves nothing but the model, and the same one for the same seed", async () => {
    expect(await readdir(join(folder, "model"))).toEqual(["model.safetensors"]);
    const again = ["--data", join(folder, "sixty.csv"), ...TRAIN, "--output", join(folder, "again")];
    expect((await runMain(again)).code).toBe(0);
    const [one, two] = await Promise.all(
      ["model", "again"].map((name) => readFile(join(folder, name, "model.safetensors"))),
    );
    expect(one!.equals(two!)).toBe(true);
  });
});

describe("a class with hardly any texts", () => {
  it("is named if there is none to test on", async () => {
    const file = join(folder, "rare.csv");
    const rows = [
      ...(await sixtySentences()).trimEnd().split("\n"),
      "so so,mixed",
      "well,undecided",
      "hm,unsure",
      "er,unclear",
    ];
    await writeFile(file, `${rows.join("\n")}\n`);
    const train = (...args: string[]) =>
      runMain(["--data", file, ...TRAIN, "--epochs=1", "--output", join(folder, "rare"), ...args]);
    const { code, out } = await train();
    expect(code).toBe(0);
    expect(out).toContain('\n  no text of "mixed", "unclear", "undecided" and 1 more to test on\n');
    const { out: tested } = await train("--test", file);
    expect(tested).not.toContain("no text of");
  });
});

describe("training into the folder of another model", () => {
  const args = [...TRAIN, "--epochs=1"];
  const train = (data: string) =>
    runMain(["--data", join(folder, data), "--output", join(folder, "used"), ...args]);

  it("says whose model is replaced, unless it was trained on the same data", async () => {
    await writeFile(join(folder, "others.csv"), await sixtySentences());
    expect((await train("sixty.csv")).out).not.toContain("replaces");
    expect((await train("sixty.csv")).out).not.toContain("replaces");
    expect((await train("others.csv")).out.replace(/\s+/g, " ")).toContain(
      ` parameters replaces a text classifier in ${join(folder, "used")}, trained on sixty.csv; --output DIR saves elsewhere `,
    );
  });
});

describe("training with a test file of its own", () => {
  it("says how many of its texts are in the other file as well", async () => {
    const file = join(folder, "sixty.csv");
    const { code, out } = await runMain([
      ...["--data", file, "--test", file, ...TRAIN, "--epochs", "1"],
      ...["--output", join(folder, "self")],
    ]);
    expect(code).toBe(0);
    expect(out).toContain(
      "120 texts from sixty.csv and sixty.csv\n  54 to learn from, 6 to choose the best epoch, 60 to test on",
    );
    expect(out).toContain(
      "\n  60 of the 60 texts to test on are also among the others:\n    the accuracy on them says nothing about new texts\n",
    );
    expect(trained.out).not.toContain("also among the others");
  });
});

describe("predict", () => {
  const predict = (...args: string[]) => runMain(["predict", "--model", join(folder, "model"), ...args]);

  it("classifies its arguments", async () => {
    const { code, out, err } = await predict("A great film.", "A dull film.");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^(positive|negative)\t0\.\d{3}\tA great film\.\n(positive|negative)\t0\.\d{3}\tA dull film\.\n$/,
    );
  });

  it("takes the model's file for its folder", async () => {
    const file = join(folder, "model", "model.safetensors");
    expect(await runMain(["predict", "--model", file, "A great film."])).toEqual(
      await predict("A great film."),
    );
  });

  it("answers as the report of the training did", async () => {
    const [, label, probability, text] = /^ {2}(\w+) (0\.\d{3}) {2}(.{1,60}[^…])$/m.exec(trained.out)!;
    expect((await predict(text!)).out).toBe(`${label}\t${probability}\t${text}\n`);
  });

  it("classifies lines of standard input into one JSON document, blank ones too, text unchanged", async () => {
    const input = 'Great\u0085phone.\r\n\n"quoted" \u001b[31m\n';
    const { code, out } = await startCli(["predict", "--model", "model", "--json"], folder, input).finished;
    expect(code).toBe(0);
    const { task, name, predictions: rows } = JSON.parse(out);
    expect([task, name]).toEqual(["classification", "gru"]);
    expect(rows.map((row: { text: string }) => row.text)).toEqual([
      "Great\u0085phone.",
      "",
      '"quoted" \u001b[31m',
    ]);
    expect(rows[1]).toEqual({ text: "", label: null, probability: null, probabilities: null });
    const { probabilities, label, probability } = rows[0];
    expect(Object.keys(probabilities)).toEqual(["negative", "positive"]);
    expect(probabilities[label]).toBe(probability);
    expect(probabilities.negative + probabilities.positive).toBeCloseTo(1, 6);
  });

  it("prints one line of JSON for each text with --jsonl, as they come", async () => {
    const line = '{"text":" ","label":null,"probability":null,"probabilities":null,"tokens":null}\n';
    expect((await predict("--jsonl", "--explain", " ")).out).toBe(line);
    const { predictions } = JSON.parse((await predict("--json", "Good.", "Bad.")).out);
    const { out } = await runMain(["predict", "--model", join(folder, "model"), "--jsonl"], "Good.\nBad.\n");
    expect(out).toBe(predictions.map((each: object) => `${JSON.stringify(each)}\n`).join(""));

    // its input stays open: the first answer comes before the second question
    const { process: child, finished } = startCli(["predict", "--model=model", "--jsonl"], folder, null);
    child.stdin!.write("Good.\n");
    child.stdout!.once("data", () => child.stdin!.end("Bad.\n"));
    expect((await finished).out).toBe(out);
  });

  it("has an empty list for empty input, and nothing if a part of the input is damaged", async () => {
    const args = ["predict", "--model", join(folder, "model"), "--json"];
    expect(JSON.parse((await runMain(args)).out).predictions).toEqual([]);
    const [program, ...rest] = cliCommand(args);
    const input = Buffer.concat([Buffer.from("fine\n".repeat(20_000)), Buffer.from([0xe9, 0x0a])]);
    const { status, stdout, stderr } = spawnSync(program, rest, { input, encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([2, "", "standard input: not UTF-8 text; save it as UTF-8\n"]);
  });

  it("prints one kind of JSON", async () => {
    expect(await predict("--json", "--jsonl", "Good.")).toEqual({
      code: 2,
      out: "",
      err: "--jsonl: cannot be together with --json; give one of them\n",
    });
  });

  // Windows does not open folders
  it.skipIf(process.platform === "win32")("refuses standard input that is a folder or not UTF-8", () => {
    const args = cliCommand(["predict", "--model", join(folder, "model")]);
    const here = openSync(folder, "r");
    const results = [
      spawnSync(args[0], args.slice(1), { stdio: [here, "pipe", "pipe"], encoding: "utf8" }),
      spawnSync(args[0], args.slice(1), { input: Buffer.from("caf\u00e9\n", "latin1"), encoding: "utf8" }),
    ];
    closeSync(here);
    expect(results.map(({ status, stdout, stderr }) => [status, stdout, stderr])).toEqual([
      [2, "", "standard input: is a folder, expected a file\n"],
      [2, "", "standard input: not UTF-8 text; save it as UTF-8\n"],
    ]);
  });

  it("never sends control characters of a text to the terminal", async () => {
    expect((await predict("red \u001b[31m alert")).out).toContain("\tred ·[31m alert\n");
  });

  it("explains with one contribution per token", async () => {
    const { out } = await predict("--json", "--explain", "Not great, zzyzx!");
    const [{ tokens }] = JSON.parse(out).predictions;
    expect(tokens.map((each: { token: string }) => each.token)).toEqual(["not", "great", ",", "zzyzx", "!"]);
    expect(tokens.map((each: { known: boolean }) => each.known)).toEqual([true, true, true, false, true]);
    expect((await predict("--explain", "Not great, zzyzx!")).out).toMatch(
      /\tNot great, zzyzx!\n {2}not +great +, +zzyzx\? +!\n {2}[+−]\d\.\d\d /,
    );
  });

  it("refuses a truncated model", async () => {
    const whole = await readFile(join(folder, "model", "model.safetensors"));
    await mkdir(join(folder, "cut"));
    await writeFile(join(folder, "cut", "model.safetensors"), whole.subarray(0, whole.length - 1));
    const { code, err } = await runMain(["predict", "--model", join(folder, "cut"), "fine"]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /cut.model\.safetensors: "linear\.bias": data_offsets \[\d+,\d+\] do not lie in the \d+ bytes of data: truncated file\?; train again/,
    );
  });
});
