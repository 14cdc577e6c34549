import { decodeSafetensors, encodeSafetensors } from "@rnn/nn";
import { Generator, Tensor, zeros } from "@rnn/tensor";
import { Vocab } from "@rnn/text";
import { describe, expect, it } from "vitest";
import { SavedModelError } from "../../../saved/json-checks.ts";
import { type RecurrentConfig, UNKNOWN } from "../model.ts";
import type { ModelConfig } from "../models/config.ts";
import { textModel } from "../models/text-model.ts";
import { predict } from "../predict.ts";
import { decodeModel, encodeModel, type SavedModel } from "./model-file.ts";
import { parameterShapes } from "./parameter-shapes.ts";

const KEY = "rnn.text-classifier";
const CONFIG: RecurrentConfig = {
  kind: "recurrent",
  cell: "gru",
  words: 5,
  embedding: 3,
  hidden: 2,
  layers: 1,
  directions: 2,
  pooling: "max",
  dropout: 0.5,
  classes: 2,
};

function savedModel(config: ModelConfig = CONFIG): SavedModel {
  const vocabulary = new Vocab(["<unk>", "<pad>", "good", "bad", "__proto__"], { defaultIndex: UNKNOWN });
  const labels = ["negative", "positive", "mixed"].slice(0, config.classes);
  return {
    model: textModel(config, new Generator(1)).eval(),
    task: { vocabulary, labels, maxLength: 7, threshold: 0 },
    note: { data: "a test", seed: 1, epochs: 2, metrics: { "validation accuracy": 0.75 } },
  };
}

/** A description as it is in the file. */
interface Written {
  format: unknown;
  version: unknown;
  tokenizer: unknown;
  model: Record<string, unknown>;
  maxLength: unknown;
  threshold?: unknown;
  labels?: unknown;
  vocabulary: unknown[];
  training: Record<string, unknown>;
}

/** The bytes of a saved model after a change of its description. */
function withDescription(change: (json: Written) => unknown): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(encodeModel(savedModel()));
  const json: Written = JSON.parse(metadata.get(KEY)!);
  const changed = change(json) ?? json;
  return encodeSafetensors(
    tensors,
    new Map([[KEY, typeof changed === "string" ? changed : JSON.stringify(changed)]]),
  );
}

/** The bytes of a saved model after a change of its weights. */
function withWeights(change: (tensors: Map<string, Tensor>) => void): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(encodeModel(savedModel()));
  change(tensors);
  return encodeSafetensors(tensors, metadata);
}

describe("a saved model", () => {
  const SIZES = { words: 5, classes: 2 };
  const CONFIGS: readonly ModelConfig[] = [
    CONFIG,
    { ...CONFIG, cell: "lstm", layers: 2, pooling: "last" },
    { ...CONFIG, cell: "rnn", directions: 1, classes: 3, dropout: 0, pooling: "mean" },
    { ...CONFIG, cell: "lstm", layers: 3, classes: 3, pooling: "both" },
    { ...CONFIG, directions: 1, pairs: [2, 3, 4, 4] },
    { kind: "bag-of-words", ...SIZES },
    { kind: "mlp", ...SIZES, embedding: 3, length: 4, hidden: 2, dropout: 0.5 },
    { kind: "mlp", ...SIZES, classes: 3, embedding: 2, length: 9, hidden: 3, dropout: 0 },
    { kind: "cnn", ...SIZES, embedding: 3, kernels: 2, dropout: 0.25 },
    { kind: "hmm", ...SIZES, states: 2 },
    { kind: "hmm", ...SIZES, classes: 3, states: 1 },
  ];

  it.each(CONFIGS)("of %j comes back with the same weights, words, labels and predictions", (config) => {
    const saved = savedModel(config);
    const read = decodeModel(encodeModel(saved));
    expect(read.model.config).toEqual(saved.model.config);
    expect(read.model.training).toBe(false);
    expect(read.note).toEqual(saved.note);
    expect(JSON.stringify(read.task)).toBe(JSON.stringify(saved.task));
    const texts = ["good bad", "__proto__ constructor", "", "bad ".repeat(20)];
    expect(predict(read.model, read.task, texts)).toEqual(predict(saved.model, saved.task, texts));
  });

  it.each(CONFIGS)("of %j has the parameters that its sizes say", (config) => {
    const { model } = savedModel(config);
    const shapes = [...model.stateDict()].map(([name, { shape }]) => [name, shape]);
    expect([...parameterShapes(model.config)]).toEqual(shapes);
  });

  it("of version 1 is read, too", () => {
    const training = { data: "a test", seed: 1, epochs: 2, validationAccuracy: 0.75 };
    const bytes = withDescription(({ threshold: _none, model: { kind: _recurrent, ...model }, ...json }) => ({
      ...{ ...json, model, version: 1, training },
    }));
    const { note, task, model } = decodeModel(bytes);
    expect(note).toEqual(savedModel().note);
    expect(task.threshold).toBe(0);
    expect(model.config).toEqual(CONFIG);
  });

  it("is refused at every length but its own", () => {
    const bytes = encodeModel(savedModel());
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeModel(bytes.subarray(0, length))).toThrow(SavedModelError);
    }
  });

  it.each<[what: string, bytes: () => Uint8Array, message: string]>([
    [
      "no description",
      () => encodeSafetensors(new Map()),
      `a safetensors file, but without "${KEY}" in its metadata`,
    ],
    ["no JSON", () => withDescription(() => "{"), "the description is not JSON"],
    ["a list", () => withDescription(() => []), "the description is not an object"],
    [
      "a missing member",
      () => withDescription((json) => void delete json.labels),
      'the description has no "labels"',
    ],
    [
      "another kind of model",
      () => withDescription((json) => void (json.model.kind = "oracle")),
      '"model.kind" is "oracle", expected "recurrent" or "bag-of-words" or "mlp" or "cnn" or "hmm"',
    ],
    [
      "sizes of another kind",
      () => withDescription((json) => void (json.model.kind = "hmm")),
      '"model" has no "states"',
    ],
    [
      "a threshold that is none",
      () => withDescription((json) => void (json.threshold = "f1")),
      '"threshold" is "f1", expected a number from -1000000000 to 1000000000',
    ],
    [
      "an inherited member",
      () => withDescription((json) => JSON.stringify(json).replace('"labels":', '"__proto__":')),
      'the description has no "labels"',
    ],
    [
      "a member called __proto__",
      () => withDescription((json) => JSON.stringify(json).replace('{"format"', '{"__proto__":{},"format"')),
      'the description has an unknown member "__proto__"',
    ],
    [
      "another format",
      () => withDescription((json) => void (json.format = "x")),
      '"format" is "x", expected "rnn.text-classifier"',
    ],
    [
      "a later version",
      () => withDescription((json) => void (json.version = 3)),
      '"version" is 3, expected 1 or 2',
    ],
    [
      "another tokenizer",
      () => withDescription((json) => void (json.tokenizer = "spacy")),
      '"tokenizer" is "spacy", expected "basic_english"',
    ],
    [
      "an inherited cell",
      () => withDescription((json) => void (json.model.cell = "constructor")),
      '"model.cell" is "constructor", expected "rnn" or "lstm" or "gru"',
    ],
    [
      "a size of 0",
      () => withDescription((json) => void (json.model.hidden = 0)),
      '"model.hidden" is 0, expected a number from 1 to 16384',
    ],
    [
      "a size that is no number",
      () => withDescription((json) => void (json.model.hidden = "2")),
      '"model.hidden" is "2", expected a whole number from 1 to 16384',
    ],
    [
      "a huge size",
      () => withDescription((json) => void (json.model.hidden = 1e9)),
      '"model.hidden" is 1000000000, expected a number from 1 to 16384',
    ],
    ...["2", [], [2, 3, 4]].map((pairs): [string, () => Uint8Array, string] => [
      `pairs of words that are ${JSON.stringify(pairs)}`,
      () => withDescription((json) => void (json.model.pairs = pairs)),
      '"model.pairs" is not a list of pairs of words',
    ]),
    [
      "a pair of unknown words",
      () => withDescription((json) => void (json.model.pairs = [2, 5])),
      '"model.pairs" is 5, expected a number from 0 to 4',
    ],
    [
      "one label",
      () => withDescription((json) => void (json.labels = ["a"])),
      '"labels" has 1 entries, expected 2 to 200',
    ],
    [
      "a repeated label",
      () => withDescription((json) => void (json.labels = ["a", "a"])),
      '"labels" has "a" twice',
    ],
    [
      "a label that is no string",
      () => withDescription((json) => void (json.labels = ["a", 1])),
      '"labels" is not a list of strings',
    ],
    [
      "a repeated word",
      () => withDescription((json) => void (json.vocabulary[4] = "bad")),
      '"vocabulary" has "bad" twice',
    ],
    [
      "other specials",
      () => withDescription((json) => void json.vocabulary.reverse()),
      '"vocabulary" does not begin with <unk> <pad>',
    ],
    [
      "no length",
      () => withDescription((json) => void (json.maxLength = 1.5)),
      '"maxLength" is 1.5, expected a whole number from 1 to 1000000',
    ],
    [
      "metrics that are none",
      () => withDescription((json) => void (json.training.metrics = { accuracy: "good" })),
      '"training.metrics" has a value that is no number: "accuracy"',
    ],
    [
      "a smaller vocabulary",
      () => withDescription((json) => void json.vocabulary.pop()),
      '"embedding.weight" is float32 [5,3], but its description makes it float32 [4,3]',
    ],
    [
      "another cell",
      () => withDescription((json) => void (json.model.cell = "lstm")),
      'the weights lack "lstm.weight_ih_l0"',
    ],
    [
      "a missing weight",
      () => withWeights((tensors) => void tensors.delete("linear.bias")),
      'the weights lack "linear.bias"',
    ],
    [
      "a weight too many",
      () => withWeights((tensors) => void tensors.set("constructor", zeros([1]))),
      'the weights have an unknown "constructor"',
    ],
    [
      "a wrong shape",
      () => withWeights((tensors) => void tensors.set("linear.bias", zeros([2]))),
      '"linear.bias" is float32 [2], but its description makes it float32 [1]',
    ],
    [
      "another dtype",
      () => withWeights((tensors) => void tensors.set("linear.bias", zeros([1], { dtype: "int32" }))),
      '"linear.bias" is int32 [1], but its description makes it float32 [1]',
    ],
    [
      "NaN",
      () =>
        withWeights(
          (tensors) => void tensors.set("linear.bias", new Tensor(Float32Array.of(Number.NaN), [1])),
        ),
      '"linear.bias" has a value that is not finite',
    ],
  ])("is refused with %s", (_what, bytes, message) => {
    expect(() => decodeModel(bytes())).toThrow(new SavedModelError(message));
  });

  it("is refused before it makes anyone allocate its sizes", () => {
    const bytes = withDescription((json) => {
      Object.assign(json.model, { embedding: 16_384, hidden: 16_384, layers: 64 });
    });
    expect(() => decodeModel(bytes)).toThrow(
      '"embedding.weight" is float32 [5,3], but its description makes it float32 [5,16384]',
    );
  });
});
