import * as nn from "@rnn/nn";
import { ones, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { type Any, any, create, itRefuses } from "./it-refuses.ts";

// every operation says what it got instead of a tensor, in the same words

const x = ones([2, 3]);
const x3 = ones([2, 3, 4]);
const ids = tensor([0, 1], { dtype: "int32" });
const library = nn as unknown as Record<string, (...args: unknown[]) => unknown>;

/** Operation, name of the argument, and arguments around it: `_` stands for the wrong one. */
const _ = Symbol("wrong");
const calls: [name: string, what: string, args: unknown[]][] = [
  ...["abs", "exp", "log", "neg", "relu", "sigmoid", "sqrt", "tanh"].map((f): [string, string, unknown[]] => [
    f,
    "input",
    [_],
  ]),
  ...["sum", "mean", "max", "min", "logsumexp", "flatten", "squeeze"].map(
    (f): [string, string, unknown[]] => [f, "input", [_]],
  ),
  ...["cumsum", "softmax", "logSoftmax", "unsqueeze", "flip", "unbind"].map(
    (f): [string, string, unknown[]] => [f, "input", [_, 0]],
  ),
  ...["silu", "gelu", "softplus", "leakyRelu", "elu", "sin", "cos", "variance", "std", "norm"].map(
    (f): [string, string, unknown[]] => [f, "input", [_]],
  ),
  ["einsum", "operand 1", ["ij,ij", x, _]],
  ["max", "input", [_, { dim: 0 }]],
  ["min", "input", [_, { dim: 0 }]],
  ["clamp", "input", [_, { min: 0 }]],
  ["expand", "input", [_, [2, 3]]],
  ["reshape", "input", [_, [6]]],
  ["permute", "input", [_, [1, 0]]],
  ["transpose", "input", [_, 0, 1]],
  ["select", "input", [_, 0, 0]],
  ["slice", "input", [_, [[0, 1]]]],
  ["gather", "input", [_, 0, ids]],
  ["indexSelect", "input", [_, 0, ids]],
  ["chunk", "input", [_, 2]],
  ["split", "input", [_, 2]],
  ["matmul", "a", [_, x]],
  ["matmul", "b", [x, _]],
  ["linear", "input", [_, x]],
  ["linear", "weight", [x, _]],
  ["linear", "bias", [x, x, _]],
  ["conv1d", "input", [_, x3]],
  ["conv1d", "weight", [x3, _]],
  ["conv1d", "bias", [ones([1, 3, 4]), x3, { bias: _ }]],
  ["embedding", "ids", [_, x]],
  ["embedding", "weight", [ids, _]],
  ["embeddingBag", "ids", [_, x]],
  ["embeddingBag", "weight", [ids, _]],
  ["embeddingBag", "offsets", [ids, x, { offsets: _ }]],
  ["layerNorm", "input", [_, [3]]],
  ["layerNorm", "weight", [x, [3], { weight: _ }]],
  ["layerNorm", "bias", [x, [3], { bias: _ }]],
  ["dropout", "input", [_]],
  ["dotProductAttention", "query", [_, x3, x3]],
  ["dotProductAttention", "keys", [x, _, x3]],
  ["dotProductAttention", "values", [x, x3, _]],
  ["maskedMean", "input", [_, x]],
  ["maskedMean", "mask", [x, _]],
  ["lastStep", "input", [_, [1]]],
  ["maxOverTime", "input", [_, [1]]],
  ["meanOverTime", "input", [_, [1]]],
  ...[
    "mseLoss",
    "l1Loss",
    "huberLoss",
    "smoothL1Loss",
    "quantileLoss",
    "klDiv",
    "bceWithLogits",
    "binaryCrossEntropy",
    "crossEntropy",
    "nllLoss",
  ].map((f): [string, string, unknown[]] => [f, "input", [_, x]]),
];

describe.each(calls)("%s refuses what is no tensor as its %s", (name, what, args) => {
  const wrong: [unknown, string][] = [
    [5, "5"],
    ["a", '"a"'],
    [null, "null"],
    [undefined, "undefined"],
    [{}, "a plain object"],
    [[1, 2], "an array; make a tensor of it with tensor(…)"],
  ];
  // what is optional may be left out
  const isOptional = args.some(
    (arg) => typeof arg === "object" && arg !== null && Object.values(arg).includes(_),
  );
  const mayBeMissing = isOptional || (name === "linear" && what === "bias");
  const givens = wrong.filter(([value]) => !mayBeMissing || (value !== undefined && value !== null));
  it.each(givens)("%s", (value, described) => {
    const fill = (arg: unknown): unknown => {
      if (arg === _) return value;
      const isOptions =
        typeof arg === "object" && arg !== null && Object.getPrototypeOf(arg) === Object.prototype;
      return isOptions
        ? Object.fromEntries(Object.entries(arg).map(([key, part]) => [key, fill(part)]))
        : arg;
    };
    expect(() => library[name]!(...args.map(fill))).toThrow(
      new TypeError(`${name}: ${what} must be a Tensor or a Variable, got ${described}`),
    );
  });
});

describe("options of operations are checked", () => {
  const conv = (options: Any): unknown => nn.conv1d(ones([1, 3, 4]), x3, options);
  const attend = (options: Any): unknown => nn.dotProductAttention(ones([2, 4]), x3, x3, options);
  const bag = (options: Any): unknown => nn.embeddingBag(tensor([[0, 1]], { dtype: "int32" }), x, options);
  itRefuses([
    [
      "max without dim",
      () => nn.max(x, any({ keepdim: true })),
      new TypeError(
        "max: dim must be an integer, got undefined; leave the options out for the max of all elements",
      ),
    ],
    [
      "clamp without limits",
      () => nn.clamp(x, any(undefined)),
      new TypeError("clamp: give min, max or both"),
    ],
    [
      "conv1d: strid",
      () => conv({ strid: 1 }),
      new TypeError('conv1d: unknown option "strid" (did you mean "stride"?)'),
    ],
    [
      "conv1d: stride 0",
      () => conv({ stride: 0 }),
      new RangeError("conv1d: stride must be a positive integer, got 0"),
    ],
    [
      "conv1d: dilation 1.5",
      () => conv({ dilation: 1.5 }),
      new RangeError("conv1d: dilation must be a positive integer, got 1.5"),
    ],
    [
      "conv1d: padding -1",
      () => conv({ padding: -1 }),
      new RangeError("conv1d: padding must be a non-negative integer, got -1"),
    ],
    [
      "embedding: pad",
      () => nn.embedding(ids, x, any({ pad: 0 })),
      new TypeError('embedding: unknown option "pad"; options are paddingIdx'),
    ],
    [
      "embedding: paddingIdx 2",
      () => nn.embedding(ids, x, { paddingIdx: 2 }),
      new RangeError("embedding: paddingIdx 2 is outside -2..1 (numEmbeddings 2)"),
    ],
    [
      "embedding: paddingIdx {}",
      () => nn.embedding(ids, x, any({ paddingIdx: {} })),
      new RangeError("embedding: paddingIdx a plain object is outside -2..1 (numEmbeddings 2)"),
    ],
    [
      "embeddingBag: modus",
      () => bag({ modus: "sum" }),
      new TypeError('embeddingBag: unknown option "modus" (did you mean "mode"?)'),
    ],
    [
      "embeddingBag: paddingIdx -3",
      () => bag({ paddingIdx: -3 }),
      new RangeError("embeddingBag: paddingIdx -3 is outside -2..1 (numEmbeddings 2)"),
    ],
    [
      "layerNorm: epsilon",
      () => nn.layerNorm(x, [3], any({ epsilon: 1 })),
      new TypeError('layerNorm: unknown option "epsilon"; options are weight, bias, eps'),
    ],
    [
      "layerNorm: eps -1",
      () => nn.layerNorm(x, [3], { eps: -1 }),
      new RangeError("layerNorm: eps must be a non-negative number, got -1"),
    ],
    [
      "layerNorm(x, 3)",
      () => nn.layerNorm(x, any(3)),
      new TypeError("layerNorm: normalizedShape must be an array, the last dimensions of the input, got 3"),
    ],
    [
      "LayerNorm: eps NaN",
      () => create(nn.LayerNorm, { normalizedShape: 3, eps: Number.NaN }),
      new RangeError("LayerNorm: eps must be a non-negative number, got NaN"),
    ],
    [
      "dropout: training 1",
      () => nn.dropout(x, any({ training: 1 })),
      new TypeError("dropout: training must be true or false, got 1"),
    ],
    [
      "klDiv: reduction batchMean",
      () => nn.klDiv(x, x, any({ reduction: "batchMean" })),
      new RangeError('klDiv: reduction must be "mean", "batchmean", "sum" or "none", got "batchMean"'),
    ],
    [
      "klDiv: logTarget 1",
      () => nn.klDiv(x, x, any({ logTarget: 1 })),
      new TypeError("klDiv: logTarget must be true or false, got 1"),
    ],
    [
      "maxOverTime: batchFirst 1",
      () => nn.maxOverTime(x3, [1, 1, 1], any({ batchFirst: 1 })),
      new TypeError("maxOverTime: batchFirst must be true or false, got 1"),
    ],
    [
      "sequenceMask: batchFirst 1",
      () => nn.sequenceMask([1], 1, any({ batchFirst: 1 })),
      new TypeError("sequenceMask: batchFirst must be true or false, got 1"),
    ],
    [
      "dotProductAttention: scal",
      () => attend({ scal: 1 }),
      new TypeError('dotProductAttention: unknown option "scal" (did you mean "scale"?)'),
    ],
    [
      'dotProductAttention: scale "1"',
      () => attend({ scale: "1" }),
      new TypeError('dotProductAttention: scale must be a finite number, got "1"'),
    ],
    [
      "Flatten: startDim 1.5",
      () => create(nn.Flatten, { startDim: 1.5 }),
      new TypeError("Flatten: startDim must be an integer, got 1.5"),
    ],
    [
      "unbind(x, 5)",
      () => nn.unbind(x, 5),
      new RangeError("unbind: dim 5 is outside -2..1 (the tensor has 2 dimensions)"),
    ],
    [
      "variable(1, { dtyp })",
      () => nn.variable(1, any({ dtyp: "float64" })),
      new TypeError('variable: unknown option "dtyp" (did you mean "dtype"?)'),
    ],
  ]);
});

describe("attention wants one dtype", () => {
  const keys = x3;
  itRefuses([
    [
      "whole numbers",
      () => nn.dotProductAttention(zeros([2, 4]), zeros([2, 3, 4], { dtype: "int32" }), keys),
      new TypeError(
        'dotProductAttention: keys is int32, expected float32 or float64; convert it with .to("float32")',
      ),
    ],
    [
      "two kinds",
      () => nn.dotProductAttention(zeros([2, 4], { dtype: "float64" }), keys, keys),
      new TypeError(
        'dotProductAttention: query is float64, but keys are float32; convert it with .to("float32")',
      ),
    ],
    [
      "no keys",
      () =>
        (new nn.AdditiveAttention({ querySize: 4, keySize: 4, hiddenSize: 2 }) as Any).forward(zeros([2, 4])),
      new TypeError("AdditiveAttention.forward: keys must be a Tensor or a Variable, got undefined"),
    ],
  ]);
});

describe("what makes up the graph is checked", () => {
  const v = nn.variable([1], { requiresGrad: true });
  const wrongBackward = (gradients: unknown) => (): void =>
    nn
      .record(
        "mine",
        [v],
        ones([1]),
        any(() => gradients),
      )
      .backward();
  itRefuses([
    [
      "new Variable(5)",
      () => create(nn.Variable, 5),
      new TypeError("Variable: value must be a Tensor, got 5; variable(…) takes numbers"),
    ],
    [
      "new Parameter([1])",
      () => create(nn.Parameter, [1]),
      new TypeError("Variable: value must be a Tensor, got an array; variable(…) takes numbers"),
    ],
    [
      "requiresGrad 1",
      () => create(nn.Variable, x, { requiresGrad: 1 }),
      new TypeError("Variable: requiresGrad must be true or false, got 1"),
    ],
    [
      "requiresGrad of integers",
      () => create(nn.Parameter, ids),
      new TypeError("Variable: only float32 and float64 can require a gradient, got int32"),
    ],
    [
      "record: inputs",
      () => (nn.record as Any)("mine", v, x, () => []),
      new TypeError('record: inputs of "mine" must be an array, got an instance of Variable'),
    ],
    [
      "record: output",
      () => (nn.record as Any)("mine", [v], 5, () => []),
      new TypeError("Variable: value must be a Tensor, got 5; variable(…) takes numbers"),
    ],
    [
      "record: backward",
      () => (nn.record as Any)("mine", [v], x),
      new TypeError('record: backward of "mine" must be a function, got undefined'),
    ],
    [
      "recordAll: outputs",
      () => (nn.recordAll as Any)("mine", [v], x, () => []),
      new TypeError('recordAll: outputs of "mine" must be an array of tensors, got an instance of Tensor'),
    ],
    [
      "a backward without a result",
      wrongBackward(undefined),
      new TypeError('backward of "mine": must return an array of gradients, got undefined'),
    ],
    [
      "a backward that gives numbers",
      wrongBackward([3]),
      new TypeError('backward of "mine": gradient of input 0 must be a Tensor or null, got 3'),
    ],
    [
      "a backward with too few gradients",
      wrongBackward([]),
      new Error('backward of "mine": returned 0 gradients for 1 inputs'),
    ],
  ]);
});
