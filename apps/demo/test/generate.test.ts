import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText } from "../src/data/read-text.ts";
import { type Finished, runMain, startCli } from "./run-cli.ts";

const PLAY = join(import.meta.dirname, "../data/tiny-shakespeare/romeo-and-juliet.txt");
const TINY = ["--embedding=8", "--hidden=12", "--layers=1", "--batch-size=8", "--sequence-length=20"];

let folder: string;
let model: string;
let trained: Finished;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-generate-"));
  model = join(folder, "model");
  await writeFile(join(folder, "scene.txt"), (await readText(PLAY)).slice(0, 6000));
  const args = [
    "train",
    "--task=language-model",
    "--data=scene.txt",
    ...TINY,
    "--epochs=2",
    "--output=model",
  ];
  trained = await startCli(args, folder).finished;
});
afterAll(() => rm(folder, { recursive: true }));

const generate = (...args: string[]) => runMain(["generate", "--model", model, ...args]);

describe("train --task language-model", () => {
  it("reports bits per character beside simple competitors, and how to go on", async () => {
    expect([trained.code, trained.err]).toEqual([0, ""]);
    expect(trained.out).toMatch(
      /^epoch 2\/2 {2}loss \d\.\d{4} {2}validation \d\.\d{4} {2}bits per character \d\.\d{3} /m,
    );
    expect(trained.out).toMatch(/^ {2}lstm +\d\.\d{3}$/m);
    expect(trained.out).toMatch(/^ {2}bigrams +\d\.\d{3} /m);
    expect(trained.out).toContain('  npm start -- generate --model model --prompt "SAMPSON"\n');
    expect(await readdir(model)).toEqual(["model.safetensors"]);
  });

  it("prints the scores of its models in JSON as other tasks do", async () => {
    const args = ["train", "--task=language-model", "--data", join(folder, "scene.txt"), ...TINY];
    const { out } = await runMain([...args, "--epochs=1", "--json", "--output", join(folder, "json")]);
    const { data, epochs, test } = JSON.parse(out);
    expect(data).toBe("scene.txt");
    const scores = { bitsPerCharacter: expect.any(Number) };
    expect(epochs[0].validation).toEqual({ loss: expect.any(Number), ...scores });
    const judged = { crossEntropy: expect.any(Number), ...scores };
    expect(test).toEqual({
      name: "lstm",
      characters: 300,
      models: { lstm: judged, bigrams: judged, unigrams: judged },
    });
  });

  it("refuses a file for a folder of checkpoints before it says anything", async () => {
    const scene = join(folder, "scene.txt");
    const args = ["train", "--task=language-model", `--data=${scene}`, ...TINY, `--checkpoints=${scene}`];
    expect(await runMain(args)).toEqual({
      code: 2,
      out: "",
      err: `--checkpoints ${scene}: is a file, expected a folder\n`,
    });
  });
});

describe("generate", () => {
  it("continues the prompt by as many characters as are wanted, and the same for the same seed", async () => {
    const args = ["--prompt", "ROMEO:", "--length", "50", "--seed", "3"];
    const { code, out, err } = await generate(...args);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^ROMEO:[\s\S]{50}\n$/);
    expect((await generate(...args)).out).toBe(out);
    expect((await generate(...args, "--seed=4")).out).not.toBe(out);
  });

  it("reads a pipe and prints one JSON document", async () => {
    const args = [
      "generate",
      "--model=model",
      "--prompt=-",
      "--json",
      "--branches=3",
      "--length=20",
      "--top-k=5",
      "--top-p=0.9",
    ];
    const { code, out, err } = await startCli(args, folder, "JULIET:\n").finished;
    expect([code, err]).toEqual([0, ""]);
    const { prompt, unit, settings, texts } = JSON.parse(out);
    expect([prompt, unit]).toEqual(["JULIET:", "characters"]);
    expect(settings).toEqual({ length: 20, temperature: 0.8, topK: 5, topP: 0.9, seed: 0 });
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(text).toMatchObject({ tokens: 20, ended: "length" });
    expect(new Set(texts.map(({ text }: { text: string }) => text)).size).toBeGreaterThan(1);
  });

  it("stops quietly, and long before the end, when the reader of its output has gone", async () => {
    const { process: child, finished } = startCli(["generate", "--model=model", "--length=1000000"], folder);
    child.stdout!.once("data", () => child.stdout!.destroy());
    expect(await finished).toMatchObject({ code: 0, err: "" });
  });

  it.each<[args: string[], message: string]>([
    [
      ["--prompt", "αβγ"],
      '--prompt: the model does not know the character "α"; inspect shows those it knows',
    ],
    [["--temperature", "-1"], '--temperature: expected a number from 0 to 100, got "-1"'],
    [["--lenght", "3"], "--lenght: unknown option (did you mean --length?); see --help"],
    [["ROMEO:"], "ROMEO:: generate takes options only; see generate --help"],
    [["--prompt", "-"], "standard input: is empty; pipe a text in, or give it with --prompt TEXT"],
  ])("%j is a mistake", async (args, message) => {
    expect(await generate(...args)).toEqual({ code: 2, out: "", err: `${message}\n` });
  });
});

describe("a model of another task", () => {
  it("is refused with the commands that can use it", async () => {
    expect(await runMain(["predict", "--model", model, "fine"])).toEqual({
      code: 2,
      out: "",
      err: `${join(model, "model.safetensors")}: is a language model, but predict needs a text classifier; use generate or evaluate, or another --model\n`,
    });
    expect((await runMain(["evaluate", "--model", model, "--label=x"])).err).toBe(
      `--label: is for a text classifier, but ${join(model, "model.safetensors")} is a language model\n`,
    );
    expect((await runMain(["train", "--tied"])).err).toBe(
      "--tied: is for --task language-model, but this is classification; see train --task classification --help\n",
    );
  });
});

describe("evaluate and inspect", () => {
  it("know language models, too", async () => {
    const { out } = await runMain([
      "evaluate",
      "--model",
      model,
      "--json",
      "--data",
      join(folder, "scene.txt"),
    ]);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ task: "language-model", name: "lstm", characters: 6000, unknown: 0 });
    expect(found.bitsPerCharacter).toBeCloseTo(found.crossEntropy / Math.LN2, 12);
    const piped = await runMain(["evaluate", "--model", model], "αβSAMPSON\n");
    expect(piped.out.replace(/\d\.\d{3}/, "N")).toBe(
      "standard input: bits per character N on 8 characters, 2 unknown left out\n",
    );
    const { name, training } = JSON.parse((await runMain(["inspect", model, "--json"])).out);
    expect(name).toBe("lstm");
    expect(Object.keys(training.metrics)).toEqual([
      "validationLoss",
      "validationBitsPerCharacter",
      "testBitsPerCharacter",
    ]);
    const inspected = await runMain(["inspect", model]);
    expect(inspected.out).toContain(": a language model, ");
    expect(inspected.out).toMatch(/\n {2}test bits per character +\d\.\d+\n/);
    expect(inspected.out).toMatch(/\n {2}most frequent {2}" " e /);
  });
});
