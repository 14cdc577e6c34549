import { readFileSync } from "node:fs";
import { Generator, Tensor, tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Conv1d } from "../layers/conv1d.ts";
import { Embedding } from "../layers/embedding.ts";
import { GRU } from "../layers/gru.ts";
import { LayerNorm } from "../layers/layer-norm.ts";
import { Linear } from "../layers/linear.ts";
import { LSTM } from "../layers/lstm.ts";
import { RNN } from "../layers/rnn.ts";
import { Sequential } from "../layers/sequential.ts";
import type { Module } from "../module.ts";
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
    const bytes = saveSafetensors(new Embedding({ numEmbeddings: 2, embeddingDim: 3 }));
    expect(() => loadSafetensors(bytes, linear(0))).toThrow(
      new Error('loadStateDict: missing "bias" (saved from class "Embedding", loaded into "Linear")'),
    );
    expect(() => loadSafetensors(saveSafetensors(linear(0, 4)), linear(0))).toThrow(
      new Error(
        'loadStateDict: "weight" has shape [4,3], expected [2,3]; "bias" has shape [4], expected [2]',
      ),
    );
    expect(loadSafetensors(bytes, linear(0), { strict: false })).toEqual({
      missing: ["bias"],
      unexpected: [],
    });
  });

  it("refuse a file of a later version", () => {
    const bytes = encodeSafetensors({ a: new Tensor(Float32Array.of(1), [1]) }, { "rnn.version": "2" });
    expect(() => loadSafetensors(bytes)).toThrow(
      new SafetensorsError('the file says "rnn.version" "2", but this library reads "1"; update @rnn/nn'),
    );
  });
});
