import type { EpochEvent } from "@rnn/train";
import { beforeAll, describe, expect, it } from "vitest";
import { loadShipped } from "../../data/load.ts";
import { InputError } from "../../errors.ts";
import { parseOptions } from "../../options/parse.ts";
import { answersOf } from "./answers.ts";
import { judged, mostFrequent } from "./compare.ts";
import { bestThreshold } from "./decision-threshold.ts";
import { checkKind, optionsFor } from "./model-options.ts";
import { modelTraining } from "./model-training.ts";
import type { ModelKind } from "./models/config.ts";
import { RECIPES } from "./recipes.ts";
import { type Parts, splitExamples } from "./split.ts";
import { buildVocabulary, type TextTask } from "./text-task.ts";
import { TRAIN_OPTIONS, type TrainOptions } from "./train-options.ts";

const LABELS = ["negative", "positive"];
const SIZES = "--embedding=12 --hidden=12 --kernels=8 --states=2 --epochs=6 --batch-size=16";

let parts: Parts;
let task: TextTask;
/** A third of the shipped sentences. */
beforeAll(async () => {
  const { examples } = await loadShipped();
  parts = splitExamples(
    examples.filter((_, n) => n % 3 === 0),
    1,
    "a test",
  );
  const texts = parts.train.map(({ text }) => text);
  const vocabulary = buildVocabulary(texts, { maxWords: 5000, minCount: 1 });
  task = { vocabulary, labels: LABELS, maxLength: 60, threshold: 0 };
});

function optionsOf(args: string): TrainOptions {
  const { values, given } = parseOptions(`${SIZES} ${args}`.split(" "), TRAIN_OPTIONS);
  return optionsFor(values.model, values, given);
}

/** Trains on some parts; the model, its epochs and its score on the test part. */
async function trained(args: string, data: Parts = parts) {
  const { model, events } = modelTraining(optionsOf(args), task, data);
  const epochs: EpochEvent<"accuracy">[] = [];
  for await (const event of events(new AbortController().signal)) {
    if (event.type === "epoch") epochs.push(event);
  }
  model.eval();
  const { score } = judged({ model, seconds: 0 }, answersOf(model, task, data.test), 0);
  return { model, epochs, score };
}

describe("every kind of model, trained by the same loop on the same sentences", () => {
  const rate = "--learning-rate=0.01";
  // what the perceptron learns of a word in one place does not help in another
  it.each<[ModelKind, args: string, points: number]>([
    ["recurrent", `${rate} --average=0.9`, 10],
    ["recurrent", `${rate} --average=0.9 --pooling=both --word-dropout=0.1 --decay`, 10],
    ["recurrent", `${rate} --average=0 --directions=1 --word-pairs=500`, 10],
    ["bag-of-words", "--average=0.9", 10],
    ["mlp", `${rate} --average=0.9`, 3],
    ["cnn", `${rate} --average=0.9`, 10],
    ["hmm", "", 10],
  ])("%s %s beats the most frequent label by %i points", async (kind, args, points) => {
    const { score, epochs } = await trained(`--model=${kind} ${args}`);
    const { score: frequent } = mostFrequent(parts, LABELS);
    expect(score.accuracy).toBeGreaterThan(frequent.accuracy + points / 100);
    expect(epochs.at(-1)!.trainLoss).toBeLessThan(epochs[0]!.trainLoss);
  });

  it("takes the defaults of a kind where nothing else was asked for", () => {
    expect(optionsOf("--model=bag-of-words")["learning-rate"]).toBe(0.01);
    expect(optionsOf("--model=bag-of-words --learning-rate=0.5")["learning-rate"]).toBe(0.5);
    expect(optionsOf("")["learning-rate"]).toBe(0.002);
  });

  it("takes what a recipe says where nothing else was asked for; recipes are for recurrent networks", () => {
    const { values, given } = parseOptions(["--recipe=reviews", "--hidden=48"], TRAIN_OPTIONS);
    expect(optionsFor("recurrent", values, given)).toMatchObject({ ...RECIPES.reviews, hidden: 48 });
    expect(optionsFor("cnn", values, given)).toEqual({ ...values, model: "cnn" });
    expect(optionsFor("bag-of-words", values, given)["learning-rate"]).toBe(0.01);
    const asked = new Set([...given, "model"]);
    expect(() => checkKind({ ...values, model: "cnn" }, asked)).toThrow(
      new InputError("--recipe: means nothing to --model cnn; it is for recurrent"),
    );
  });
});

it("hidden Markov models become more likely with every iteration", async () => {
  const { epochs } = await trained("--model=hmm");
  epochs.slice(1).forEach(({ trainLoss }, n) => {
    expect(trainLoss).toBeLessThan(epochs[n]!.trainLoss);
  });
});

describe("with one positive text for nine negative ones", () => {
  const rare = (): Parts => {
    const thin = (part: Parts["train"]) => part.filter(({ label }, n) => label === "negative" || n % 9 === 0);
    return { train: thin(parts.train), validation: thin(parts.validation), test: parts.test };
  };

  it("balanced class weights find more of the rare class", async () => {
    const recalls = await Promise.all(
      ["none", "balanced"].map(async (weights) => {
        const args = `--model=bag-of-words --class-weights=${weights} --average=0`;
        return (await trained(args, rare())).score.balanced;
      }),
    );
    expect(recalls[1]).toBeGreaterThan(recalls[0]! + 0.05);
  });

  it("the threshold of the best F1 is a lower one, and finds more of it, too", async () => {
    const { model, score } = await trained("--model=bag-of-words --average=0", rare());
    const threshold = bestThreshold(answersOf(model, task, rare().validation));
    expect(threshold).toBeLessThan(0);
    const better = judged({ model, seconds: 0 }, answersOf(model, task, parts.test), threshold).score;
    expect(better.balanced).toBeGreaterThan(score.balanced + 0.05);
  });
});
