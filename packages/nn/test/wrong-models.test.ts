import * as nn from "@rnn/nn";
import { ones } from "@rnn/tensor";
import { describe } from "vitest";
import { type Any, any, create, itRefuses } from "./it-refuses.ts";

// what is no model, no file of weights and no mode is named as it was given

const x = ones([2, 3]);

describe("models and files are checked", () => {
  const linear = new nn.Linear({ inFeatures: 2, outFeatures: 1 });
  const stream = new nn.Streaming(new nn.GRU({ inputSize: 3, hiddenSize: 1 }));
  stream.step(ones([2, 3]));
  const hmm = nn.HiddenMarkovModel.random({ numStates: 2, numSymbols: 2 });
  itRefuses([
    ["train(5)", () => linear.train(any(5)), new TypeError("train: mode must be true or false, got 5")],
    ["freeze(5)", () => linear.freeze(any(5)), new TypeError("freeze: frozen must be true or false, got 5")],
    [
      "metadata",
      () => nn.saveSafetensors(linear, any({ metadata: 5 })),
      new TypeError("saveSafetensors: metadata must be a Map or an object of texts by name, got 5"),
    ],
    [
      "metadata of encodeSafetensors",
      () => nn.encodeSafetensors({ x }, any(["a"])),
      new TypeError("encodeSafetensors: metadata must be a Map or an object of texts by name, got an array"),
    ],
    [
      "reset(5)",
      () => stream.reset(any(5)),
      new TypeError("Streaming.reset: mask must be an array of booleans or a bool tensor, got 5"),
    ],
    [
      "new PackedSequence()",
      () => create(nn.PackedSequence),
      new TypeError("PackedSequence: data must be a Tensor or a Variable, got undefined"),
    ],
    [
      "batchSizes as a list",
      () => create(nn.PackedSequence, nn.variable(x), [2]),
      new TypeError("PackedSequence: batchSizes must be an Int32Array, got an array"),
    ],
    [
      "ConcatMLP: hiddenSize null",
      () =>
        create(nn.ConcatMLP, {
          numEmbeddings: 2,
          embeddingDim: 1,
          sequenceLength: 1,
          outFeatures: 1,
          hiddenSize: null,
        }),
      new RangeError("ConcatMLP: hiddenSize must be a positive integer, got null"),
    ],
    [
      "ConcatMLP: dropout -1",
      () =>
        create(nn.ConcatMLP, {
          numEmbeddings: 2,
          embeddingDim: 1,
          sequenceLength: 1,
          outFeatures: 1,
          dropout: -1,
        }),
      new RangeError("Dropout: p must be between 0 and 1, got -1"),
    ],
    [
      "TextCNN: kernelSizes 3",
      () => create(nn.TextCNN, { numEmbeddings: 2, embeddingDim: 1, outFeatures: 1, kernelSizes: 3 }),
      new RangeError("TextCNN: kernelSizes must be a list of at least one size, got 3"),
    ],
    [
      "Embedding: maxNorm true",
      () => create(nn.Embedding, { numEmbeddings: 2, embeddingDim: 1, maxNorm: true }),
      new RangeError("Embedding: maxNorm must be positive, got true"),
    ],
    [
      "HiddenMarkovModel({})",
      () => create(nn.HiddenMarkovModel, {}),
      new TypeError("HiddenMarkovModel: start must be an array of probabilities, got undefined"),
    ],
    [
      "HiddenMarkovModel: transition",
      () => create(nn.HiddenMarkovModel, { start: [1], transition: [1], emission: [[1]] }),
      new TypeError("HiddenMarkovModel: transition must be an array of rows, got an array"),
    ],
    [
      "HiddenMarkovModel.random()",
      () => (nn.HiddenMarkovModel.random as Any)(),
      new TypeError(
        "HiddenMarkovModel.random: options must be a plain object, got undefined; options are numStates, numSymbols, generator",
      ),
    ],
    [
      "fit(5)",
      () => hmm.fit(any(5)),
      new RangeError("HiddenMarkovModel.fit: sequences must be a list of at least one, got 5"),
    ],
    [
      "fit: iterations",
      () => hmm.fit([[0]], any({ iterations: 5 })),
      new TypeError(
        'HiddenMarkovModel.fit: unknown option "iterations"; options are maxIterations, tolerance, smoothing',
      ),
    ],
    [
      "fit: maxIterations -1",
      () => hmm.fit([[0]], { maxIterations: -1 }),
      new RangeError("HiddenMarkovModel.fit: maxIterations must be a non-negative integer, got -1"),
    ],
    [
      "filter(5)",
      () => hmm.filter(any(5)),
      new TypeError("HiddenMarkovModel.filter: observations must be an array of symbols, got 5"),
    ],
  ]);
});
