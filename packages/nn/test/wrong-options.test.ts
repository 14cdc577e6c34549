import {
  crossEntropy,
  Dropout,
  Embedding,
  GRU,
  GRUCell,
  Linear,
  LSTM,
  LSTMCell,
  mseLoss,
  variable,
} from "@rnn/nn";
import { randn, ShapeError, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { type Any, any, create, itRefuses } from "./it-refuses.ts";

const lstm: Any = new LSTM({ inputSize: 3, hiddenSize: 4 });
const x = randn([5, 2, 3]);
const sizes = { inputSize: 3, hiddenSize: 4 };
const scores = variable(zeros([2, 3]));
const labels = tensor([0, 1], { dtype: "int32" });

const layerOptions =
  "inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, inputDropout, recurrentDropout, bidirectional, goBackwards, dtype, generator";

describe("options that cannot be meant are refused", () => {
  itRefuses([
    [
      "new LSTM()",
      () => create(LSTM),
      new TypeError(
        `LSTM: options must be a plain object, got undefined; options are ${layerOptions}, projSize, forgetBias`,
      ),
    ],
    [
      "new LSTM({ batch_first })",
      () => create(LSTM, { ...sizes, batch_first: true }),
      new TypeError('LSTM: unknown option "batch_first" (did you mean "batchFirst"?)'),
    ],
    [
      "new LSTM({ bidirectionnal })",
      () => create(LSTM, { ...sizes, bidirectionnal: true }),
      new TypeError('LSTM: unknown option "bidirectionnal" (did you mean "bidirectional"?)'),
    ],
    [
      "new GRU({ momentum })",
      () => create(GRU, { ...sizes, momentum: 1 }),
      new TypeError(`GRU: unknown option "momentum"; options are ${layerOptions}, resetAfter`),
    ],
    [
      'new LSTM({ bidirectional: "no" })',
      () => create(LSTM, { ...sizes, bidirectional: "no" }),
      new TypeError('LSTM: bidirectional must be true or false, got "no"'),
    ],
    [
      'new LSTM({ dropout: "0.5" })',
      () => create(LSTM, { ...sizes, numLayers: 2, dropout: "0.5" }),
      new RangeError('LSTM: dropout must be between 0 and 1, got "0.5"'),
    ],
    [
      "new LSTM({ generator: 42 })",
      () => create(LSTM, { ...sizes, generator: 42 }),
      new TypeError("LSTM: generator must be a Generator, got 42; make one with new Generator(seed)"),
    ],
    [
      "new LSTMCell({ numLayers })",
      () => create(LSTMCell, { ...sizes, numLayers: 2 }),
      new TypeError(
        'LSTMCell: unknown option "numLayers"; options are inputSize, hiddenSize, bias, dtype, generator, forgetBias',
      ),
    ],
    [
      "new Linear()",
      () => create(Linear),
      new TypeError(
        "Linear: options must be a plain object, got undefined; options are inFeatures, outFeatures, bias, dtype, generator",
      ),
    ],
    [
      "new Linear({ generator: 42 })",
      () => create(Linear, { inFeatures: 1, outFeatures: 1, generator: 42 }),
      new TypeError("Linear: generator must be a Generator, got 42; make one with new Generator(seed)"),
    ],
    [
      'new Linear({ inFeatures: "3" })',
      () => create(Linear, { inFeatures: "3", outFeatures: 1 }),
      new RangeError('Linear: inFeatures must be a positive integer, got "3"'),
    ],
    [
      "new Embedding(10, 4)",
      () => create(Embedding, 10, 4),
      new TypeError(
        "Embedding: options must be a plain object, got 10; options are numEmbeddings, embeddingDim, initial, dtype, generator, paddingIdx, maxNorm, normType",
      ),
    ],
    [
      "new Dropout(0.3)",
      () => create(Dropout, 0.3),
      new TypeError("Dropout: options must be a plain object, got 0.3; options are p, generator"),
    ],
    [
      "lstm.forward(x, [h, c])",
      () => lstm.forward(x, [zeros([1, 2, 4]), zeros([1, 2, 4])]),
      new TypeError("LSTM.forward: the second argument holds options; pass the state as { state: { h, c } }"),
    ],
    [
      "lstm.forward(x, state)",
      () => lstm.forward(x, lstm.forward(x).state),
      new TypeError("LSTM.forward: the second argument holds options; pass the state as { state: { h, c } }"),
    ],
    [
      "gru.forward(x, h)",
      () => (new GRU({ inputSize: 3, hiddenSize: 4 }) as Any).forward(x, zeros([1, 2, 4])),
      new TypeError("GRU.forward: the second argument holds options; pass the state as { state: { h } }"),
    ],
    [
      "lstm.forward(x, 5)",
      () => lstm.forward(x, 5),
      new TypeError(
        "LSTM.forward: options must be a plain object, got 5; options are state, lengths, mask, trace",
      ),
    ],
    [
      "gruCell.forward(x, state of a layer)",
      () =>
        new GRUCell({ inputSize: 3, hiddenSize: 4 }).forward(
          zeros([2, 3]),
          new GRU({ inputSize: 3, hiddenSize: 4 }).forward(zeros([5, 2, 3])).state,
        ),
      new ShapeError(
        "GRUCell.forward: state.h has shape [1,2,4], expected [2,4] = [batch, hiddenSize]; of what a layer returned, take state.layer(i).forward",
      ),
    ],
    [
      "lstm.forward(x, { length })",
      () => lstm.forward(x, { length: [5, 2] }),
      new TypeError('LSTM.forward: unknown option "length" (did you mean "lengths"?)'),
    ],
    [
      "lstm.forward(x, { trace: 1 })",
      () => lstm.forward(x, { trace: 1 }),
      new TypeError("LSTM.forward: trace must be true or false, got 1"),
    ],
    [
      'crossEntropy(v, t, "sum")',
      () => crossEntropy(scores, labels, any("sum")),
      new TypeError(
        'crossEntropy: options must be a plain object, got "sum"; options are reduction, weight, ignoreIndex, labelSmoothing',
      ),
    ],
    [
      "mseLoss(v, t, { reduce })",
      () => mseLoss(scores, scores, any({ reduce: "sum" })),
      new TypeError('mseLoss: unknown option "reduce"; options are reduction'),
    ],
    [
      "backward(undefined, { retain_graph })",
      () => scores.backward(undefined, any({ retain_graph: true })),
      new TypeError('backward: unknown option "retain_graph" (did you mean "retainGraph"?)'),
    ],
  ]);

  it("but options left undefined, and objects without a prototype, are fine", () => {
    expect(create(Dropout, { q: undefined })).toBeInstanceOf(Dropout);
    expect((create(Dropout, Object.assign(Object.create(null), { p: 0.25 })) as Dropout).p).toBe(0.25);
  });
});
