import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EpochEvent, TrainEvent } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { InputError } from "../../errors.ts";
import { parseOptions } from "../../options/parse.ts";
import { plain } from "../../terminal/colour.ts";
import type { Training } from "../task.ts";
import { RECIPES, withRecipe } from "./recipes.ts";
import { TRAIN_OPTIONS } from "./train-options.ts";
import { training } from "./training-part.ts";

const prepare = (...args: string[]): Promise<Training> => training.prepare(parseOptions(args, TRAIN_OPTIONS));
const note = { data: "", seed: 0, epochs: 0, metrics: {} };

async function run(prepared: Training, until: (event: TrainEvent<string>) => boolean = () => false) {
  const events: TrainEvent<string>[] = [];
  const controller = new AbortController();
  for await (const event of prepared.events(controller.signal)) {
    events.push(event);
    if (until(event)) controller.abort();
  }
  return events;
}

const epochsOf = (events: readonly TrainEvent<string>[]): EpochEvent<string>[] =>
  events.filter((event) => event.type === "epoch");

describe("training a language model", () => {
  test("on a real text it soon predicts better than unigrams and bigrams do", async () => {
    const prepared = await prepare("--epochs", "2");
    const epochs = epochsOf(await run(prepared));
    expect(epochs.map(({ validation }) => validation?.metrics["bits per character"])).toEqual(
      epochs.map(({ validation }) => expect.closeTo((validation?.loss ?? 0) / Math.LN2, 5)),
    );
    const { json, metrics, lines } = await prepared.judge();
    const { models: scores } = json as { models: Record<string, Record<string, number>> };
    const [network = 9, bigram = 0, unigram = 0] = ["lstm", "bigrams", "unigrams"].map(
      (name) => scores[name]?.bitsPerCharacter,
    );
    expect(unigram).toBeCloseTo(4.679, 3);
    expect(bigram).toBeCloseTo(3.498, 3);
    expect(network).toBeLessThan(3.1);
    expect(metrics).toEqual({ "test bits per character": network });
    expect(lines({ width: 80, paint: plain })).toHaveLength(5);
  }, 120_000);

  test("interrupted within an epoch and started again, it ends with the same bytes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "checkpoints-"));
    const options = [
      "--epochs",
      "2",
      "--hidden",
      "8",
      "--batch-size",
      "64",
      "--sequence-length",
      "8",
      "--dropout",
      "0.3",
      "--layers",
      "2",
    ];
    const whole = await prepare(...options);
    const expected = epochsOf(await run(whole));
    const first = await prepare(...options, "--checkpoints", folder);
    const total = first.batchesPerEpoch;
    expect(total).toBeGreaterThan(200); // checkpoints within the epoch
    const before = await run(first, (event) => event.type === "checkpoint" && event.step > total + 10);
    expect(before.at(-1)).toMatchObject({ type: "end", reason: "aborted" });
    const second = await prepare(...options, "--checkpoints", folder);
    const after = await run(second);
    expect(after[1]).toMatchObject({
      type: "notice",
      message: expect.stringMatching(/^resuming after [\d,]+ updates$/),
    });
    const ignored = { seconds: 0 };
    expect(epochsOf(after).map((event) => ({ ...event, ...ignored }))).toEqual(
      expected.map((event) => ({ ...event, ...ignored })),
    );
    expect(second.encode(note)).toEqual(whole.encode(note));

    const begun = `${folder}: the training there was begun with`;
    const same = "go on with the same, or give another --checkpoints";
    for (const [other, message] of [
      [["--seed=9", "--clip=2"], `${begun} --clip 1, --seed 0; ${same}`],
      [["--optimizer=sgd"], `${begun} --optimizer adam; ${same}`],
      [["--tied", "--embedding=8"], `${begun} --embedding 32, without --tied; ${same}`],
      [["--data", fileURLToPath(import.meta.url)], `${begun} another text; ${same}`],
      [
        ["--epochs=1"],
        `--epochs 1: the training in ${folder} is in epoch 2 already; give 2 or more, or another --checkpoints`,
      ],
    ] as const) {
      const refused = prepare(...options, "--checkpoints", folder, ...other);
      await expect(refused).rejects.toThrow(new InputError(message));
    }
    await prepare(...options, "--checkpoints", folder, "--epochs=3", "--patience=1"); // may change on the way
  }, 120_000);

  test("words are measured in perplexity", async () => {
    const prepared = await prepare(
      "--units",
      "words",
      "--min-count",
      "5",
      "--epochs",
      "1",
      "--batch-size",
      "4",
      "--sequence-length",
      "16",
    );
    const [epoch] = epochsOf(await run(prepared));
    expect(epoch?.validation?.metrics.perplexity).toBeCloseTo(Math.exp(epoch?.validation?.loss ?? 0), 2);
    const { json } = await prepared.judge();
    const { models: scores } = json as { models: Record<string, { perplexity: number }> };
    expect(scores.lstm?.perplexity).toBeLessThan(scores.unigrams?.perplexity ?? 0);
  }, 120_000);
});

describe("a short text", () => {
  test("is read in fewer lanes, and the header says how short lanes and windows are", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "short-")), "short.txt");
    writeFileSync(file, "To be, or not to be, that is the question.\n".repeat(5)); // 215 characters
    const text = `${file}: 193 characters to learn from,`;
    const facts = [
      "  11 to choose the best epoch, 11 to test on",
      "  vocabulary of 17 characters from the learning part",
      "  LSTM, embedding of 32, 1 layer of 128: 85,681 parameters",
    ];
    const rough = "  the scores of so short a test are rough: more text tells more";
    const few = await prepare("--data", file);
    expect(few.header).toEqual([
      text,
      ...facts,
      "  Adam, 2 lanes of 96 characters, windows of 64 (seed 0)",
      rough,
    ]);
    const many = await prepare("--data", file, "--batch-size", "32");
    expect(many.header[4]).toBe("  Adam, 32 lanes of 6 characters, windows of 5 (seed 0)");
    const one = await prepare("--data", file, "--sequence-length", "1000");
    expect(one.header[4]).toBe("  Adam, 1 lane of 193 characters, windows of 192 (seed 0)");
  });
});

describe("recipes", () => {
  test("options that are given go before them", () => {
    const { values, given } = parseOptions(["--recipe", "zaremba-small", "--hidden", "650"], TRAIN_OPTIONS);
    const options = withRecipe(values, given);
    expect(options).toMatchObject({ ...RECIPES["zaremba-small"], hidden: 650 });
  });

  test("that of Zaremba et al.: the rate is 1 for four epochs, then halved after each, on the sum of 20 steps", () => {
    const { values, given } = parseOptions(["--recipe", "zaremba-small"], TRAIN_OPTIONS);
    const options = withRecipe(values, given);
    const steps = options["sequence-length"];
    const rates = Array.from({ length: options.epochs }, (_, epoch) => {
      const factor = options.decay ** Math.max(0, epoch + 1 - options["decay-after"]);
      return (options["learning-rate"] / steps) * factor;
    });
    expect(rates.slice(0, 6)).toEqual([1, 1, 1, 1, 0.5, 0.25]);
    expect(rates).toHaveLength(13);
    expect(options.clip * steps).toBe(5);
  });
});

describe("what cannot be trained", () => {
  test.each([
    [["--tied"], "--tied: needs --embedding and --hidden to be equal, got 32 and 128"],
    [
      ["--batch-size", "10000", "--sequence-length", "1", "--data", fileURLToPath(import.meta.url)],
      "characters to learn from are too few for --batch-size 10000, which needs 20000",
    ],
    [["--data", "no/such.txt"], "no/such.txt: no such file"],
  ])("%s", async (args, message) => {
    await expect(prepare(...args)).rejects.toThrow(message);
  });
});
