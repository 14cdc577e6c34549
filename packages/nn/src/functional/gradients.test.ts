import { gradcheck } from "@internal/testing";
import { Generator, type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import * as nn from "../index.ts";

type Inputs = readonly (readonly number[])[];

/** Float64 leaves of the given shapes, filled by formula: in 0.5..2.5 so that log, sqrt and pow are defined. */
function leaves(shapes: Inputs): Variable[] {
  let n = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, k) => product * k, 1);
    const data = Float64Array.from({ length: size }, () => 1.5 + Math.cos(1.7 * n++));
    return new Variable(tensor(data, { shape }), { requiresGrad: true });
  });
}

/** Compares the gradients of `sum(f(x…) * w)`, with weights `w` by formula, with central differences. */
function checkGradients(f: (...x: Variable[]) => Variable | Variable[], shapes: Inputs): void {
  const xs = leaves(shapes);
  const loss = (): Variable => {
    const y = f(...xs);
    let total: Variable | null = null;
    for (const part of y instanceof Variable ? [y] : y) {
      const w = Float64Array.from({ length: part.size }, (_, i) => Math.sin(2 + i));
      const term = part.mul(tensor(w, { shape: part.shape })).sum();
      total = total === null ? term : total.add(term);
    }
    return total as Variable;
  };
  loss().backward();
  const analytic = xs.map((x) => (x.grad as Tensor).data as Float64Array);
  gradcheck(
    () => nn.noGrad(() => loss().item()),
    xs.map((x) => x.value.data as Float64Array),
    analytic,
  );
}

const ids = (values: number[], shape?: number[]): Tensor => tensor(values, { dtype: "int32", shape });

const operations: Record<string, [(...x: Variable[]) => Variable | Variable[], Inputs]> = {
  add: [(a, b) => nn.add(a!, b!), [[2, 3], [3]]],
  "add of a number": [(a) => nn.add(2, a!), [[2, 3]]],
  sub: [
    (a, b) => nn.sub(a!, b!),
    [
      [2, 1],
      [2, 3],
    ],
  ],
  "sub from a number": [(a) => nn.sub(2, a!), [[2, 3]]],
  mul: [
    (a, b) => nn.mul(a!, b!),
    [
      [2, 3],
      [2, 1],
    ],
  ],
  "mul with itself": [(a) => nn.mul(a!, a!), [[2, 3]]],
  div: [(a, b) => nn.div(a!, b!), [[3], [2, 3]]],
  "div of a number": [(a) => nn.div(3, a!), [[2, 3]]],
  pow: [(a, b) => nn.pow(a!, b!), [[2, 3], [3]]],
  "pow by a number": [(a) => nn.pow(a!, -1.3), [[2, 3]]],
  "pow of a number": [(a) => nn.pow(1.7, a!), [[2, 3]]],
  "pow by 0": [(a) => nn.pow(a!, 0), [[2, 3]]],
  maximum: [(a, b) => nn.maximum(a!, b!), [[2, 3], [3]]],
  minimum: [(a, b) => nn.minimum(a!, b!), [[2, 3], [3]]],
  "minimum with a number": [(a) => nn.minimum(1.5, a!), [[2, 3]]],
  neg: [(a) => nn.neg(a!), [[2, 3]]],
  abs: [(a) => nn.abs(a!.sub(1.5)), [[2, 3]]],
  exp: [(a) => nn.exp(a!), [[2, 3]]],
  log: [(a) => nn.log(a!), [[2, 3]]],
  sqrt: [(a) => nn.sqrt(a!), [[2, 3]]],
  tanh: [(a) => nn.tanh(a!), [[2, 3]]],
  sigmoid: [(a) => nn.sigmoid(a!), [[2, 3]]],
  relu: [(a) => nn.relu(a!.sub(1.5)), [[2, 3]]],
  clamp: [(a) => nn.clamp(a!, { min: 1, max: 2 }), [[2, 3]]],
  sum: [(a) => nn.sum(a!), [[2, 3]]],
  "sum over dimensions": [(a) => nn.sum(a!, { dim: [0, -1] }), [[2, 3, 4]]],
  mean: [(a) => nn.mean(a!), [[2, 3]]],
  "mean with keepdim": [(a) => nn.mean(a!, { dim: 1, keepdim: true }), [[2, 3, 2]]],
  max: [(a) => nn.max(a!), [[2, 3]]],
  "max over a dimension": [(a) => nn.max(a!, { dim: -1 }).values, [[2, 3]]],
  min: [(a) => nn.min(a!), [[2, 3]]],
  "min over a dimension": [(a) => nn.min(a!, { dim: 0, keepdim: true }).values, [[2, 3]]],
  logsumexp: [(a) => nn.logsumexp(a!, { dim: 1 }), [[2, 3]]],
  cumsum: [(a) => nn.cumsum(a!, 1), [[2, 3]]],
  matmul: [
    (a, b) => nn.matmul(a!, b!),
    [
      [2, 3],
      [3, 4],
    ],
  ],
  "matmul of a batch with one matrix": [
    (a, b) => nn.matmul(a!, b!),
    [
      [2, 2, 3],
      [3, 2],
    ],
  ],
  "matmul of a batch with a vector": [(a, b) => nn.matmul(a!, b!), [[2, 2, 3], [3]]],
  "matmul of a vector with a batch": [(a, b) => nn.matmul(a!, b!), [[3], [2, 3, 2]]],
  "matmul of broadcast batches": [
    (a, b) => nn.matmul(a!, b!),
    [
      [2, 1, 2, 3],
      [3, 3, 2],
    ],
  ],
  "matmul of vectors": [(a, b) => nn.matmul(a!, b!), [[3], [3]]],
  reshape: [(a) => nn.reshape(a!, [3, -1]), [[2, 3]]],
  permute: [(a) => nn.permute(a!, [2, 0, -2]), [[2, 3, 2]]],
  transpose: [(a) => nn.transpose(a!, 0, -1), [[2, 3, 2]]],
  unsqueeze: [(a) => nn.unsqueeze(a!, 1), [[2, 3]]],
  squeeze: [(a) => nn.squeeze(a!), [[2, 1, 3]]],
  "squeeze of one dimension": [(a) => nn.squeeze(a!, 0), [[1, 1, 3]]],
  expand: [(a) => nn.expand(a!, [2, 2, 3]), [[2, 1]]],
  flip: [(a) => nn.flip(a!, [0, -1]), [[2, 3]]],
  "slice of three dimensions": [(a) => nn.slice(a!, [null, [1, null], [0, null, 2]]), [[2, 3, 4]]],
  slice: [(a) => nn.slice(a!, [null, [0, null, 2], -1]), [[2, 3, 2]]],
  "slice with negative steps": [(a) => a!.slice([null, null, -1], [-1, 0, -2]), [[2, 4]]],
  select: [(a) => nn.select(a!, -1, 1), [[2, 3]]],
  unbind: [(a) => nn.unbind(a!, 1), [[2, 3]]],
  "unbind, used in part": [(a) => nn.unbind(a!, -1)[1]!, [[2, 3]]],
  indexSelect: [(a) => nn.indexSelect(a!, -1, ids([2, 0, 2])), [[2, 3]]],
  "gather of three dimensions": [
    (a) => nn.gather(a!, 1, ids([2, 0, 1, 1, 2, 2, 0, 1], [2, 2, 2])),
    [[2, 3, 2]],
  ],
  gather: [(a) => nn.gather(a!, 0, ids([1, 0, 1, 1], [2, 2])), [[2, 3]]],
  where: [(a, b) => nn.where(tensor([true, false, true]), a!, b!), [[2, 3], [1]]],
  cat: [
    (a, b) => nn.cat([a!, b!, a!], -1),
    [
      [2, 3],
      [2, 1],
    ],
  ],
  flatten: [(a) => nn.flatten(a!, 0, 1), [[2, 3, 2]]],
  maxOverTime: [(a) => nn.maxOverTime(a!, [3, 0, 1]), [[3, 3, 2]]],
  "maxOverTime of a strided input": [
    (a) => nn.maxOverTime(a!.transpose(1, 2), [2, 1], { batchFirst: true }),
    [[2, 3, 2]],
  ],
  meanOverTime: [(a) => nn.meanOverTime(a!, [3, 0, 1]), [[3, 3, 2]]],
  "meanOverTime of a strided input": [
    (a) => nn.meanOverTime(a!.transpose(1, 2), [2, 1], { batchFirst: true }),
    [[2, 3, 2]],
  ],
  lastStep: [(a) => nn.lastStep(a!, [3, 0, 1]), [[3, 3, 2]]],
  "lastStep of a strided input": [
    (a) => nn.lastStep(a!.transpose(1, 2), [2, 1], { batchFirst: true }),
    [[2, 3, 2]],
  ],
  maskedMean: [(a) => nn.maskedMean(a!, nn.sequenceMask([2, 0, 1])), [[2, 3, 2]]],
  dotProductAttention: [
    (q, k, v) => Object.values(nn.dotProductAttention(q!, k!, v!, { lengths: [3, 0, 1] })),
    [
      [3, 2, 2],
      [3, 3, 2],
      [3, 3, 4],
    ],
  ],
  "dotProductAttention of one query": [
    (q, k) => nn.dotProductAttention(q!, k!, k!, { scale: 2 }).output,
    [
      [2, 3],
      [2, 3, 3],
    ],
  ],
  stack: [
    (a, b) => nn.stack([a!, b!], -1),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  split: [(a) => nn.split(a!, [2, 1], 1), [[2, 3]]],
  "split, used in part": [(a) => nn.split(a!, 2, -1)[1]!, [[2, 3]]],
  chunk: [(a) => nn.chunk(a!, 2, 1), [[2, 4]]],
  softmax: [(a) => nn.softmax(a!, 0), [[2, 3]]],
  logSoftmax: [(a) => nn.logSoftmax(a!, -1), [[2, 3]]],
  linear: [(x, w, b) => nn.linear(x!, w!, b!), [[2, 2, 3], [4, 3], [4]]],
  "linear without bias": [(x, w) => nn.linear(x!, w!), [[3], [4, 3]]],
  "linear of strided operands": [
    (x, w, b) => nn.linear(x!.transpose(0, 1), w!.transpose(0, 1), b!),
    [[3, 2], [3, 4], [4]],
  ],
  embedding: [(w) => nn.embedding(ids([2, 0, 2, 1], [2, 2]), w!), [[3, 2]]],
  "embeddingBag by mean": [(w) => nn.embeddingBag(ids([2, 0, 2, 1], [2, 2]), w!), [[3, 2]]],
  "embeddingBag by sum": [
    (w) => nn.embeddingBag(ids([2, 0, 2]), w!, { offsets: ids([0, 2, 2]), mode: "sum" }),
    [[3, 2]],
  ],
  "embeddingBag by max": [
    (w) => nn.embeddingBag(ids([2, 0, 1, 1, 1, 2], [2, 3]), w!, { mode: "max", paddingIdx: 1 }),
    [[3, 4]],
  ],
  layerNorm: [
    (x, w, b) => nn.layerNorm(x!, [2, 2], { weight: w!, bias: b! }),
    [
      [3, 2, 2],
      [2, 2],
      [2, 2],
    ],
  ],
  conv1d: [(x, w, b) => nn.conv1d(x!, w!, { bias: b! }), [[2, 2, 5], [3, 2, 3], [3]]],
  "conv1d with every option": [
    (x, w) => nn.conv1d(x!, w!, { stride: 2, padding: 3, dilation: 2, groups: 2 }),
    [
      [4, 6],
      [2, 2, 2],
    ],
  ],
};

const classTarget = ids([2, 0, 1, 1]);
const soft = tensor(
  [
    [0.2, 0.3, 0.5],
    [1, 0, 0],
    [0, 0.5, 0.5],
    [0.1, 0.1, 0.8],
  ],
  { dtype: "float64" },
);
const weight = tensor([0.5, 2, 1], { dtype: "float64" });
const scores: Inputs = [[4, 3]];

const losses: typeof operations = {
  crossEntropy: [(x) => nn.crossEntropy(x!, classTarget), scores],
  "crossEntropy with every option": [
    (x) => nn.crossEntropy(x!, classTarget, { weight, ignoreIndex: 1, labelSmoothing: 0.2 }),
    scores,
  ],
  "crossEntropy of each row": [
    (x) => nn.crossEntropy(x!, classTarget, { weight, reduction: "none" }),
    scores,
  ],
  "crossEntropy with probabilities": [
    (x) => nn.crossEntropy(x!, soft, { weight, labelSmoothing: 0.1 }),
    scores,
  ],
  "crossEntropy of sequences": [(x) => nn.crossEntropy(x!, ids([0, 1, 1, 0], [2, 2])), [[2, 2, 2]]],
  nllLoss: [(x) => nn.nllLoss(x!, classTarget, { weight, ignoreIndex: 0 }), scores],
  binaryCrossEntropy: [
    (x, t) => nn.binaryCrossEntropy(x!.mul(0.3), t!, { weight }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  bceWithLogits: [
    (x, t) => nn.bceWithLogits(x!, t!, { weight, posWeight: tensor([[3], [0.5]], { dtype: "float64" }) }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  mseLoss: [
    (x, t) => nn.mseLoss(x!, t!),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  l1Loss: [
    (x, t) => nn.l1Loss(x!, t!, { reduction: "sum" }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  smoothL1Loss: [
    (x, t) => nn.smoothL1Loss(x!, t!, { beta: 0.7, reduction: "none" }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  huberLoss: [
    (x, t) => nn.huberLoss(x!, t!, { delta: 0.7 }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  quantileLoss: [
    (x, t) => nn.quantileLoss(x!, t!, { quantile: 0.2 }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  klDiv: [
    (x, t) => nn.klDiv(x!, t!),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  "klDiv of log targets": [
    (x, t) => nn.klDiv(x!, t!, { logTarget: true, reduction: "batchmean" }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
};

describe("gradients agree with central differences", () => {
  for (const [name, [f, shapes]] of Object.entries({ ...operations, ...losses })) {
    it(name, () => checkGradients(f, shapes));
  }

  it("dropout", () => {
    // the same mask for every evaluation
    const mask = (x: Variable): Variable => nn.dropout(x, { p: 0.5, generator: new Generator(3) });
    checkGradients((x) => mask(x!), [[4, 3]]);
  });
});

it("no differentiable operation is left out", () => {
  const others = `dropout decodeSafetensors detectAnomaly encodeSafetensors finalFeatures isGradEnabled
    loadSafetensors noGrad packPaddedSequence packSequence padPackedSequence padSequence record recordAll
    saveSafetensors scan sequenceMask summary variable`.split(/\s+/);
  const checked = Object.keys({ ...operations, ...losses }).map((key) => key.split(/[ ,]/)[0]);
  const functions = Object.entries(nn).filter(
    ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
  );
  const left = functions.map(([name]) => name).filter((name) => !checked.includes(name));
  expect(left.sort()).toEqual(others.sort());
});

describe("gradients at kinks and ties", () => {
  const gradient = (f: (x: Variable) => Variable, values: number[]): unknown => {
    const x = nn.variable(values, { requiresGrad: true });
    f(x).sum().backward();
    return x.grad?.toArray();
  };

  it("are 0 for abs and relu at 0", () => {
    expect(gradient(nn.abs, [-2, 0, 2])).toEqual([-1, 0, 1]);
    expect(gradient(nn.relu, [-2, 0, 2])).toEqual([0, 0, 1]);
  });

  it("pass clamp at its limits", () => {
    expect(gradient((x) => nn.clamp(x, { min: -1, max: 1 }), [-2, -1, 0, 1, 2])).toEqual([0, 1, 1, 1, 0]);
  });

  it("are shared by equal operands of maximum and minimum", () => {
    expect(gradient((x) => nn.maximum(x, 2), [1, 2, 3])).toEqual([0, 0.5, 1]);
    expect(gradient((x) => nn.minimum(x, 2), [1, 2, 3])).toEqual([1, 0.5, 0]);
  });

  it("are shared by equal elements in max over all, and go to the first in max over a dimension", () => {
    expect(gradient((x) => nn.max(x), [3, 1, 3])).toEqual([0.5, 0, 0.5]);
    expect(gradient((x) => nn.max(x, { dim: 0 }).values, [3, 1, 3])).toEqual([1, 0, 0]);
    expect(gradient((x) => nn.min(x), [3, 1, 1])).toEqual([0, 0.5, 0.5]);
  });

  it("are 0 for a power of 0, also of 0", () => {
    expect(gradient((x) => nn.pow(x, 0), [0, 2])).toEqual([0, 0]);
    expect(gradient((x) => nn.pow(x, nn.variable([0, 0, 2])), [0, 2, 0])).toEqual([0, 0, 0]);
  });
});

describe("methods of a variable", () => {
  const x = nn.variable([
    [1, 2, 3],
    [6, 5, 4],
  ]);
  const free =
    `cat stack where linear embedding embeddingBag dropout layerNorm conv1d flatten maxOverTime meanOverTime
    lastStep maskedMean dotProductAttention`.split(/\s+/);
  /** What methods take beside the variable; nothing if they are not here. */
  const others: Record<string, unknown[]> = {
    ...Object.fromEntries(
      ["add", "sub", "mul", "div", "pow", "maximum", "minimum"].map((name) => [name, [2]]),
    ),
    ...Object.fromEntries(
      ["cumsum", "softmax", "logSoftmax", "unsqueeze", "flip", "unbind"].map((name) => [name, [1]]),
    ),
    clamp: [{ min: 2 }],
    logsumexp: [{ dim: 1 }],
    sum: [{ dim: 1 }],
    mean: [{ dim: 1 }],
    max: [{ dim: 1 }],
    min: [{ dim: 1 }],
    matmul: [nn.variable([1, 2, 3])],
    reshape: [[3, 2]],
    permute: [[1, 0]],
    transpose: [0, 1],
    expand: [[2, 2, 3]],
    select: [1, 2],
    indexSelect: [1, ids([2, 0])],
    gather: [1, ids([2, 0], [2, 1])],
    split: [[1, 2], 1],
    chunk: [2, 0],
  };
  const values = (result: unknown): unknown => {
    if (result instanceof Variable) return result.value.toArray();
    return Object.values(result as object).map((part) =>
      part instanceof Variable ? values(part) : part.toArray(),
    );
  };
  const names = new Set(Object.keys(operations).map((key) => key.split(/[ ,]/)[0] as string));
  it.each([...names].filter((name) => !free.includes(name) && name !== "slice"))(
    "%s is the function of its name",
    (name) => {
      const method = (...args: unknown[]): unknown =>
        (x as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...args);
      const operation = (nn as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!;
      for (const args of name === "max" || name === "min" ? [[], others[name]!] : [others[name] ?? []]) {
        expect(values(method(...args))).toEqual(values(operation(x, ...args)));
      }
    },
  );

  it("slice takes the entries one by one", () => {
    expect(values(x.slice(1, [0, 2]))).toEqual(values(nn.slice(x, [1, [0, 2]])));
  });
});
