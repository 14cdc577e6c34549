import { gradcheck } from "@internal/testing";
import {
  AdditiveAttention,
  BagOfWords,
  ConcatMLP,
  Conv1d,
  Embedding,
  EmbeddingBag,
  GRU,
  GRUCell,
  LayerNorm,
  LayerNormLSTMCell,
  Linear,
  LSTM,
  LSTMCell,
  type Module,
  noGrad,
  packPaddedSequence,
  packSequence,
  padPackedSequence,
  padSequence,
  RNN,
  RNNCell,
  scan,
  TextCNN,
  Variable,
} from "@rnn/nn";
import { Generator, rand, randn, type Tensor, tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { Any } from "./it-refuses.ts";
import { runs } from "./runs.ts";

const dtype = "float64";
const leaf = (shape: number[], generator: Generator): Variable =>
  new Variable(randn(shape, { generator, dtype }), { requiresGrad: true });

/** A scalar that every element of every result changes differently. */
function weighted(results: readonly Variable[]): Variable {
  return results
    .map((y, i) => {
      const w = Float64Array.from({ length: y.size }, (_, j) => Math.sin(2 + 5 * i + j));
      return y.mul(tensor(w, { shape: y.shape, dtype })).sum();
    })
    .reduce((a, b) => a.add(b));
}

/** Compares the gradients of everything that `run` depends on with central differences. */
function check(run: () => readonly Variable[], model: Module | null, inputs: readonly Variable[]): void {
  const leaves = [...(model?.parameters() ?? []), ...inputs];
  for (const x of leaves) x.grad = null;
  weighted(run()).backward();
  gradcheck(
    () => noGrad(() => weighted(run()).item()),
    leaves.map((x) => x.value.data as Float64Array),
    leaves.map((x) => (x.grad as Tensor).contiguous().data as Float64Array),
  );
}

const options = fc.record({
  seed: fc.nat(1e6),
  numLayers: fc.integer({ min: 1, max: 2 }),
  direction: fc.constantFrom({}, { goBackwards: true }, { bidirectional: true }),
  batchFirst: fc.boolean(),
  bias: fc.boolean(),
  hasSizePerLayer: fc.boolean(),
  drops: fc.boolean(),
  steps: fc.constantFrom("all", "lengths", "mask", "both"),
  hasState: fc.boolean(),
});

const layers: Record<string, (options: Any) => Module & { forward: Any }> = {
  RNN: (o) => new RNN(o),
  "RNN with relu": (o) => new RNN({ ...o, nonlinearity: "relu" }),
  LSTM: (o) => new LSTM(o),
  "LSTM with forgetBias": (o) => new LSTM({ ...o, ...(o.bias ? { forgetBias: 1 } : {}) }),
  "LSTM with a projection": (o) => new LSTM({ ...o, projSize: 2 }),
  GRU: (o) => new GRU(o),
  "GRU with reset before the product": (o) => new GRU({ ...o, resetAfter: false }),
};

describe.each(Object.entries(layers))("%s, whatever its options", (_, make) => {
  it("has the gradients that central differences give", () => {
    fc.assert(
      fc.property(options, ({ seed, numLayers, direction, batchFirst, bias, ...given }) => {
        const generator = new Generator(seed);
        const drops = given.drops
          ? { inputDropout: 0.3, recurrentDropout: 0.3, ...(numLayers > 1 ? { dropout: 0.3 } : {}) }
          : {};
        const layer = make({
          inputSize: 2,
          hiddenSize: given.hasSizePerLayer ? [3, 4].slice(0, numLayers) : 3,
          ...(given.hasSizePerLayer ? {} : { numLayers }),
          ...direction,
          ...drops,
          batchFirst,
          bias,
          dtype,
          generator,
        });
        const [L, N] = [3, 3];
        const grid = batchFirst ? [N, L] : [L, N];
        const x = leaf([...grid, 2], generator);
        const lengths = given.steps === "lengths" || given.steps === "both" ? [3, 0, 2] : undefined;
        const mask =
          given.steps === "mask" || given.steps === "both" ? rand(grid, { generator }).lt(0.7) : undefined;
        const run = (state?: Any): { output: Variable; state: Record<string, Variable | Variable[]> } =>
          layer.forward(x, { lengths, mask, state });
        const state = given.hasState
          ? Object.fromEntries(
              Object.entries(noGrad(() => run().state)).map(([part, values]) => [
                part,
                Array.isArray(values)
                  ? values.map(({ shape }) => leaf([...shape], generator))
                  : leaf([...values.shape], generator),
              ]),
            )
          : undefined;
        const draws = generator.getState();
        check(
          () => {
            generator.setState(draws); // the same dropout every time
            const result = run(state);
            return [result.output, ...Object.values(result.state).flat()];
          },
          layer,
          [x, ...Object.values(state ?? {}).flat()],
        );
      }),
      { numRuns: runs(6), seed: 1 },
    );
  });
});

const sizes = { inputSize: 2, hiddenSize: 3, dtype, generator: new Generator(1) } as const;
const cells: Record<string, () => Module & { forward: Any }> = {
  RNNCell: () => new RNNCell(sizes),
  LSTMCell: () => new LSTMCell({ ...sizes, forgetBias: 1 }),
  GRUCell: () => new GRUCell(sizes),
  "GRUCell with reset before the product": () => new GRUCell({ ...sizes, resetAfter: false }),
  LayerNormLSTMCell: () => new LayerNormLSTMCell(sizes),
};

describe.each(Object.entries(cells))("%s in a scan", (_, make) => {
  it.each([
    {},
    { reverse: true, lengths: [4, 0, 2] },
    { mask: rand([4, 3], { generator: sizes.generator }).lt(0.6) },
  ])("has the gradients that central differences give: %o", (options) => {
    const cell = make();
    const x = leaf([4, 3, 2], sizes.generator);
    const run = (): Variable[] => {
      const { output, state } = scan(cell as Any, x, undefined, options);
      return [output, ...Object.values(state as Record<string, Variable>)];
    };
    check(run, cell, [x]);
  });
});

const ids = tensor(
  [
    [1, 3, 0],
    [2, 2, 1],
  ],
  { dtype: "int32" },
);
const generator = new Generator(2);
const weights = { dtype, generator } as const;
const others: Record<
  string,
  [Module & { forward: Any }, (model: Any) => Variable[] | Variable, Variable[]?]
> = (() => {
  const x = leaf([2, 3, 4], generator);
  const table = { numEmbeddings: 5, embeddingDim: 3, paddingIdx: 0, ...weights };
  const texts = { ...table, outFeatures: 2 };
  const { embeddingDim: _, ...words } = texts;
  return {
    Linear: [new Linear({ inFeatures: 4, outFeatures: 2, ...weights }), (m) => m.forward(x), [x]],
    LayerNorm: [new LayerNorm({ normalizedShape: [3, 4], dtype }), (m) => m.forward(x), [x]],
    Conv1d: [
      new Conv1d({ inChannels: 3, outChannels: 2, kernelSize: 2, padding: 1, stride: 2, ...weights }),
      (m) => m.forward(x),
      [x],
    ],
    AdditiveAttention: [
      new AdditiveAttention({ querySize: 4, keySize: 4, hiddenSize: 3, ...weights }),
      (m) => Object.values(m.forward(x, x, { lengths: [3, 1] })) as Variable[],
      [x],
    ],
    Embedding: [new Embedding({ ...table, paddingIdx: undefined }), (m) => m.forward(ids)],
    "EmbeddingBag by max": [new EmbeddingBag({ ...table, mode: "max" }), (m) => m.forward(ids)],
    BagOfWords: [new BagOfWords({ ...words, hiddenSize: 4 }), (m) => m.forward(ids, { lengths: [3, 1] })],
    ConcatMLP: [
      new ConcatMLP({ ...texts, paddingIdx: undefined, sequenceLength: 3, hiddenSize: 4, sharedSize: 2 }),
      (m) => m.forward(ids, { lengths: [3, 2] }),
    ],
    TextCNN: [
      new TextCNN({ ...texts, paddingIdx: undefined, kernelSizes: [1, 2], numKernels: 2 }),
      (m) => m.forward(ids, { lengths: [3, 2] }),
    ],
  };
})();

describe("other layers", () => {
  it.each(Object.entries(others))(
    "%s has the gradients that central differences give",
    (_, [model, run, inputs = []]) => {
      check(() => [run(model)].flat(), model, inputs);
    },
  );

  it("padded and packed sequences have the gradients that central differences give", () => {
    const [a, b, x] = [leaf([2, 3], generator), leaf([4, 3], generator), leaf([4, 2, 3], generator)];
    check(
      () => [
        padSequence([a, b], { batchFirst: true }),
        packSequence([b, a]).data,
        padPackedSequence(packPaddedSequence(x, [2, 4], { enforceSorted: false })).output,
      ],
      null,
      [a, b, x],
    );
  });
});
