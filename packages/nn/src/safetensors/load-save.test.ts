import { readFileSync } from "node:fs";
import { Generator, Tensor, tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Variable, variable } from "../autograd/variable.ts";
import { ConcatMLP } from "../baselines/concat-mlp.ts";
import { TextCNN } from "../baselines/text-cnn.ts";
import { ReLU, Tanh } from "../layers/activations.ts";
import { AdditiveAttention } from "../layers/additive-attention.ts";
import { Conv1d } from "../layers/conv1d.ts";
import { Embedding } from "../layers/embedding.ts";
import { EmbeddingBag } from "../layers/embedding-bag.ts";
import { GRU } from "../layers/gru.ts";
import { GRUCell } from "../layers/gru-cell.ts";
import { LayerNorm } from "../layers/layer-norm.ts";
import { LayerNormLSTMCell } from "../layers/layer-norm-lstm-cell.ts";
import { Linear } from "../layers/linear.ts";
import { LSTM } from "../layers/lstm.ts";
import { LSTMCell } from "../layers/lstm-cell.ts";
import { RNN } from "../layers/rnn.ts";
import { RNNCell } from "../layers/rnn-cell.ts";
import { Sequential } from "../layers/sequential.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { decodeSafetensors } from "./decode.ts";
import { encodeSafetensors } from "./encode.ts";
import { SafetensorsError } from "./error.ts";
import { loadSafetensors } from "./load.ts";
import { saveSafetensors } from "./save.ts";

const linear = (seed: number, outFeatures = 2): Linear =>
  new Linear({ inFeatures: 3, outFeatures, generator: new Generator(seed) });

/** One of each layer that has parameters, with sizes and weights from random numbers. */
const layers: Record<string, (a: number, b: number, generator: Generator) => Module> = {
  RNN: (a, b, generator) => new RNN({ inputSize: a, hiddenSize: b, bidirectional: true, generator }),
  LSTM: (a, b, generator) => new LSTM({ inputSize: a, hiddenSize: b, numLayers: 2, generator }),
  GRU: (a, b, generator) => new GRU({ inputSize: a, hiddenSize: [b, a], bias: false, generator }),
  "projected LSTM": (a, b, generator) =>
    new LSTM({ inputSize: a, hiddenSize: b + 1, projSize: b, goBackwards: true, generator }),
  RNNCell: (a, b, generator) => new RNNCell({ inputSize: a, hiddenSize: b, generator }),
  LSTMCell: (a, b, generator) => new LSTMCell({ inputSize: a, hiddenSize: b, generator }),
  GRUCell: (a, b, generator) => new GRUCell({ inputSize: a, hiddenSize: b, resetAfter: false, generator }),
  LayerNormLSTMCell: (a, b, generator) => new LayerNormLSTMCell({ inputSize: a, hiddenSize: b, generator }),
  EmbeddingBag: (a, b, generator) => new EmbeddingBag({ numEmbeddings: a, embeddingDim: b, generator }),
  AdditiveAttention: (a, b, generator) =>
    new AdditiveAttention({ querySize: a, keySize: b, hiddenSize: a, generator }),
  ConcatMLP: (a, b, generator) =>
    new ConcatMLP({ numEmbeddings: a, embeddingDim: b, sequenceLength: 2, outFeatures: 1, generator }),
  TextCNN: (a, b, generator) =>
    new TextCNN({ numEmbeddings: a, embeddingDim: b, numKernels: 2, outFeatures: 1, generator }),
  Linear: (a, b, generator) => new Linear({ inFeatures: a, outFeatures: b, dtype: "float64", generator }),
  Embedding: (a, b, generator) => new Embedding({ numEmbeddings: a, embeddingDim: b, generator }),
  Conv1d: (a, b, generator) => new Conv1d({ inChannels: a, outChannels: b, kernelSize: 2, generator }),
  LayerNorm: (a, b) => new LayerNorm({ normalizedShape: [a, b] }),
  Sequential: (a, b, generator) =>
    new Sequential([
      new Linear({ inFeatures: a, outFeatures: b, generator }),
      new Linear({ inFeatures: b, outFeatures: 1, generator }),
    ]),
};

/** A module of a user's, with children, that may say something about itself. */
class Own extends Module {
  readonly #config: ModuleConfig;

  constructor(children: readonly Module[], config: ModuleConfig = {}) {
    super();
    this.#config = config;
    children.forEach((child, i) => {
      this.child(String(i), child);
    });
  }
  override getConfig(): ModuleConfig {
    return this.#config;
  }
  override forward(): Variable {
    return variable(0);
  }
}

const bits = (model: Module): [string, string][] =>
  [...model.stateDict()].map(([name, { data }]) => [
    name,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex"),
  ]);

describe("saveSafetensors and loadSafetensors", () => {
  it.each(Object.entries(layers))("bring back a random %s bit for bit", (_, make) => {
    const size = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(size, size, fc.nat(), (a, b, seed) => {
        const saved = make(a, b, new Generator(seed));
        const loaded = make(a, b, new Generator(seed + 1));
        expect(loadSafetensors(saveSafetensors(saved), loaded)).toEqual({ missing: [], unexpected: [] });
        expect(bits(loaded)).toEqual(bits(saved));
      }),
      { numRuns: 10, seed: 1 },
    );
  });

  it("keep NaN payloads, infinities and minus zero", () => {
    const model = linear(0, 1);
    model.weight.value.data.set([-0, Infinity, Number.NaN]);
    const copy = linear(1, 1);
    loadSafetensors(saveSafetensors(model), copy);
    expect(bits(copy)).toEqual(bits(model));
  });

  it("load a PyTorch state dict by its own keys", () => {
    const { lstm } = JSON.parse(
      readFileSync(new URL("../../test/fixtures/safetensors.json", import.meta.url), "utf8"),
    ) as { lstm: { file: string } };
    const model = new LSTM({ inputSize: 3, hiddenSize: 2 });
    loadSafetensors(Buffer.from(lstm.file, "base64"), model);
    const values = [...model.stateDict().values()].flatMap(({ data }) => [...data]);
    expect(values).toEqual(Array.from({ length: 56 }, (_, i) => Math.fround(Math.cos(i))));
  });

  it("put the class, the version and what was given into the metadata", () => {
    const { metadata } = decodeSafetensors(saveSafetensors(linear(0), { metadata: { note: "mine" } }));
    expect(metadata).toEqual(
      new Map([
        ["format", "pt"],
        ["rnn.version", "1"],
        ["rnn.class", "Linear"],
        ["rnn.config", '{"":{"class":"Linear","inFeatures":3,"outFeatures":2}}'],
        ["note", "mine"],
      ]),
    );
  });

  it("take a state dict too, as a map or an object", () => {
    const dict = { a: tensor([1, 2]) };
    for (const source of [dict, new Map(Object.entries(dict))]) {
      const read = loadSafetensors(saveSafetensors(source));
      expect([...read].map(([name, value]) => [name, value.toArray()])).toEqual([["a", [1, 2]]]);
      expect(decodeSafetensors(saveSafetensors(source)).metadata.has("rnn.class")).toBe(false);
    }
  });

  it("say what does not fit, and from which class it was saved", () => {
    const embedding = new Embedding({ numEmbeddings: 2, embeddingDim: 3 });
    const bytes = saveSafetensors(embedding);
    expect(() => loadSafetensors(bytes, linear(0))).toThrow(
      new Error('loadSafetensors: the file is of another model: class is "Embedding" in it, "Linear" here'),
    );
    const unnamed = saveSafetensors(new Own([embedding]), { metadata: { "rnn.config": "{}" } });
    expect(() => loadSafetensors(unnamed, new Sequential([linear(0)]))).toThrow(
      new Error('loadStateDict: missing "0.bias" (saved from class "Own", loaded into "Sequential")'),
    );
    const state = saveSafetensors(linear(0, 4).stateDict());
    expect(() => loadSafetensors(state, linear(0))).toThrow(
      new Error(
        'loadStateDict: "weight" has shape [4,3], expected [2,3]; "bias" has shape [4], expected [2]',
      ),
    );
    const weight = saveSafetensors(embedding.stateDict());
    expect(loadSafetensors(weight, linear(0), { strict: false })).toEqual({
      missing: ["bias"],
      unexpected: [],
    });
  });

  describe("compare what the modules say about themselves", () => {
    const sizes = { inputSize: 3, hiddenSize: 4 };
    const other: [string, Module, Module, string][] = [
      ["an LSTM for a GRU", new LSTM(sizes), new GRU(sizes), 'class is "LSTM" in it, "GRU" here'],
      [
        "tanh for relu",
        new RNN(sizes),
        new RNN({ ...sizes, nonlinearity: "relu" }),
        'nonlinearity is "tanh" in it, "relu" here',
      ],
      [
        "another reset gate, deep inside",
        new Sequential([new Own([new GRUCell(sizes)])]),
        new Sequential([new Own([new GRUCell({ ...sizes, resetAfter: false })])]),
        "0.0.resetAfter is true in it, false here",
      ],
      [
        "other sizes",
        new LSTM({ ...sizes, numLayers: 2 }),
        new LSTM({ inputSize: 2, hiddenSize: 4, goBackwards: true }),
        "inputSize is 3 in it, 2 here; hiddenSize is [4,4] in it, [4] here; goBackwards is false in it, true here",
      ],
      [
        "another activation, which has no weights",
        new Sequential([linear(0), new Tanh()]),
        new Sequential([linear(0), new ReLU()]),
        '1.class is "Tanh" in it, "ReLU" here',
      ],
      [
        "a model of one's own",
        new Own([], { class: "Words", vocabulary: 10 }),
        new Own([], { class: "Words", vocabulary: 12 }),
        "vocabulary is 10 in it, 12 here",
      ],
    ];
    it.each(other)("and refuse %s, strictly or not", (_, saved, model, problem) => {
      for (const strict of [true, false]) {
        const load = (): unknown => loadSafetensors(saveSafetensors(saved), model, { strict });
        expect(load).toThrow(new Error(`loadSafetensors: the file is of another model: ${problem}`));
      }
    });

    it("and let pass what one side does not know", () => {
      const saved = saveSafetensors(linear(0), {
        metadata: { "rnn.config": '{"":{"class":"Linear","toString":1},"__proto__":{"class":"X"}}' },
      });
      expect(loadSafetensors(saved, linear(1))).toEqual({ missing: [], unexpected: [] });
    });

    it.each(["", "[]", "3", '{"":3}', '{"":null}', '{"":[]}'])("and refuse to read %o", (text) => {
      const saved = saveSafetensors(linear(0), { metadata: { "rnn.config": text } });
      expect(() => loadSafetensors(saved, linear(0))).toThrow(
        new SafetensorsError(`"rnn.config" must be a JSON object of objects, got ${JSON.stringify(text)}`),
      );
    });
  });

  it("refuse a file of a later version", () => {
    const bytes = encodeSafetensors({ a: new Tensor(Float32Array.of(1), [1]) }, { "rnn.version": "2" });
    expect(() => loadSafetensors(bytes)).toThrow(
      new SafetensorsError('the file says "rnn.version" "2", but this library reads "1"; update @rnn/nn'),
    );
  });
});
