import { encodeSafetensors } from "@rnn/nn";
import { Generator, Tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { decodeModelFile, descriptionOf } from "../../../saved/model-file.ts";
import { LanguageModel, type LanguageModelConfig } from "../model.ts";
import { type UnitName, vocabularyOf } from "../text-units.ts";
import { KEY } from "./description.ts";
import { buildModel, encodeModel, type SavedModel } from "./model-file.ts";

const note = { data: "x", seed: 3, epochs: 2, metrics: { "test perplexity": 2.5 } };
const words = ["<unk>", "<eos>", "the", "a", "x"];

function savedModel(change: Partial<LanguageModelConfig> = {}, units: UnitName = "words"): SavedModel {
  const config = {
    cell: "gru",
    tokens: 5,
    embedding: 4,
    hidden: 4,
    layers: 2,
    dropout: 0.1,
    tied: false,
  } as const;
  const model = new LanguageModel({ ...config, ...change }, new Generator(1));
  return { model, units, vocabulary: vocabularyOf(words, units), note };
}

/** A file taken apart, with its description changed on the way. */
function rebuilt(
  saved: SavedModel,
  change: (description: Record<string, unknown>) => void = () => {},
): SavedModel {
  const file = decodeModelFile(encodeModel(saved));
  const description = JSON.parse(descriptionOf(file, KEY));
  change(description);
  return buildModel(JSON.stringify(description), file.tensors);
}

describe("a saved language model", () => {
  test.each([{}, { cell: "lstm" as const }, { tied: true }, { layers: 1 }])(
    "comes back as it was: %o",
    (change) => {
      const saved = savedModel(change);
      const { model, units, vocabulary, note: read } = rebuilt(saved);
      expect(model.config).toEqual(saved.model.config);
      expect(model.training).toBe(false);
      expect([units, vocabulary.getItos(), read]).toEqual(["words", words, note]);
      expect(encodeSafetensors(model.stateDict())).toEqual(encodeSafetensors(saved.model.stateDict()));
      expect(vocabulary.lookupIndex("never seen")).toBe(0);
    },
  );

  test.each([
    [
      (d: Record<string, unknown>) => (d.units = "letters"),
      '"units" is "letters", expected "characters" or "words"',
    ],
    [
      (d: Record<string, unknown>) => (d.vocabulary = ["<unk>", "a", "b", "c", "d"]),
      '"vocabulary" lacks <eos>',
    ],
    [
      (d: Record<string, unknown>) => (d.vocabulary = ["<unk>", "<eos>", "a"]),
      '"embedding.weight" is float32 [5,4], but its description makes it float32 [3,4]',
    ],
    [
      (d: Record<string, unknown>) => ((d.model as Record<string, unknown>).cell = "rnn"),
      '"model.cell" is "rnn", expected "lstm" or "gru"',
    ],
    [
      (d: Record<string, unknown>) => ((d.model as Record<string, unknown>).tied = 1),
      '"model.tied" is not true or false',
    ],
    [
      (d: Record<string, unknown>) => Object.assign(d.model as object, { tied: true, hidden: 8 }),
      '"model.tied" needs an embedding as wide as the layers, but they are 4 and 8',
    ],
    [
      (d: Record<string, unknown>) => ((d.model as Record<string, unknown>).layers = 1e9),
      '"model.layers" is 1000000000, expected a number from 1 to 64',
    ],
  ])("is not believed if it is wrong: %#", (change, message) => {
    expect(() => rebuilt(savedModel(), change)).toThrow(message);
  });

  test("nor if weights are missing", () => {
    const file = decodeModelFile(encodeModel(savedModel()));
    const tensors = new Map(file.tensors).set("more", new Tensor(new Float32Array(1), [1]));
    tensors.delete("output.bias");
    expect(() => buildModel(descriptionOf(file, KEY), tensors)).toThrow('the weights lack "output.bias"');
  });
});
