import { expectClose } from "@internal/testing";
import {
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  packSequence,
  RNN,
  RNNCell,
  scan,
  sequenceMask,
  type Variable,
  variable,
} from "@rnn/nn";
import { Generator, ones, rand, randn, ShapeError, Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Any, any, itRefuses } from "./it-refuses.ts";
import { runs } from "./runs.ts";

const L = 6;
const dtype = "float64";
// the same sums, gathered in another order
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

/** Elements in row-major order. */
const flat = (x: Variable | Tensor): number[] => {
  const { data, offset, size } = (x instanceof Tensor ? x : x.value).contiguous();
  return [...data.subarray(offset, offset + size)];
};

const cases = fc.record({
  batch: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  reverse: fc.boolean(),
  share: fc.constantFrom(0, 0.3, 0.7, 1),
});

const kinds: { name: string; layer: (o: object) => Any; cell: (o: object) => Any }[] = [
  { name: "RNN", layer: (o) => new RNN(o as Any), cell: (o) => new RNNCell(o as Any) },
  {
    name: "RNN with relu",
    layer: (o) => new RNN({ ...(o as Any), nonlinearity: "relu" }),
    cell: (o) => new RNNCell({ ...(o as Any), nonlinearity: "relu" }),
  },
  { name: "LSTM", layer: (o) => new LSTM(o as Any), cell: (o) => new LSTMCell(o as Any) },
  { name: "GRU", layer: (o) => new GRU(o as Any), cell: (o) => new GRUCell(o as Any) },
  {
    name: "GRU with reset before the product",
    layer: (o) => new GRU({ ...(o as Any), resetAfter: false }),
    cell: (o) => new GRUCell({ ...(o as Any), resetAfter: false }),
  },
];

describe.each(kinds)("mask of $name", ({ layer: makeLayer, cell: makeCell }) => {
  it("carries the state through the steps it does not pick, as a loop over steps does", () => {
    fc.assert(
      fc.property(cases, ({ batch, seed, reverse, share }) => {
        const generator = new Generator(seed);
        const sizes = { inputSize: 3, hiddenSize: 4, dtype, generator };
        const layer = makeLayer({ ...sizes, goBackwards: reverse });
        const cell = makeCell(sizes);
        cell.loadStateDict(
          new Map([...layer.stateDict()].map(([k, v]: [string, Tensor]) => [k.replace("_l0", ""), v])),
        );
        const mask = rand([L, batch], { generator }).lt(share);
        const x = variable(randn([L, batch, 3], { generator, dtype }), { requiresGrad: true });
        const parts = layer instanceof LSTM ? ["h", "c"] : ["h"];
        const start = Object.fromEntries(
          parts.map((part) => [part, variable(randn([1, batch, 4], { generator, dtype }))]),
        );
        const weight = randn([L, batch, 4], { generator, dtype });

        // the definition: rows that the mask does not pick keep their state and put out zero
        let state = Object.fromEntries(parts.map((part) => [part, start[part]!.select(0, 0)]));
        const outputs: Variable[] = [];
        for (let k = 0; k < L; k++) {
          const t = reverse ? L - 1 - k : k;
          const picks = mask.select(0, t).unsqueeze(1).to(dtype);
          const next = cell.forward(x.select(0, t), state) as Record<string, Variable>;
          outputs[t] = next.h!.mul(picks);
          state = Object.fromEntries(
            parts.map((part) => [part, next[part]!.sub(state[part]!).mul(picks).add(state[part]!)]),
          );
        }
        let loss = variable(zeros([], { dtype }));
        outputs.forEach((output, t) => {
          loss = loss.add(output.mul(weight.select(0, t)).sum());
        });
        loss.add(state.h!.sum()).backward();
        const wanted = x.grad!;
        x.grad = null;

        const got = layer.forward(x, { state: start, mask });
        expectClose(flat(got.output), outputs.flatMap(flat), summationOrder);
        for (const part of parts) expectClose(flat(got.state[part]), flat(state[part]!), summationOrder);
        got.output.mul(weight).sum().add(got.state.h.sum()).backward();
        expectClose(flat(x.grad!), flat(wanted), summationOrder);

        const scanned = scan(
          cell,
          x,
          Object.fromEntries(parts.map((p) => [p, start[p]!.select(0, 0)])) as Any,
          { mask, reverse },
        );
        expectClose(flat(scanned.output), outputs.flatMap(flat), summationOrder);
        expectClose(flat(scanned.state.h), flat(state.h!), summationOrder);
      }),
      { numRuns: runs(30) },
    );
  });

  it("runs each row as if its picked steps were alone, whatever the options", () => {
    const options = fc.record({
      numLayers: fc.integer({ min: 1, max: 3 }),
      bidirectional: fc.boolean(),
      batchFirst: fc.boolean(),
      bias: fc.boolean(),
      isProjected: fc.boolean(),
      hasLengths: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, options, ({ batch, seed, share }, { isProjected, hasLengths, ...given }) => {
        const generator = new Generator(seed);
        const probe = makeLayer({ inputSize: 1, hiddenSize: 1 });
        const projSize = isProjected && probe instanceof LSTM ? { projSize: 2 } : {};
        const layer = makeLayer({ inputSize: 3, hiddenSize: 4, dtype, generator, ...given, ...projSize });
        const rows = given.batchFirst ? 0 : 1;
        const grid = given.batchFirst ? [batch, L] : [L, batch];
        const mask = rand(grid, { generator }).lt(share);
        const lengths = hasLengths ? Array.from({ length: batch }, (_, n) => (n * 5) % (L + 1)) : undefined;
        const x = variable(randn([...grid, 3], { generator, dtype }), { requiresGrad: true });
        const got = layer.forward(x, { mask, lengths });
        const weight = randn(got.output.shape, { generator, dtype });
        got.output.mul(weight).sum().add(got.state.h.sum()).backward();
        const gradient = x.grad!;

        for (let n = 0; n < batch; n++) {
          const picked = [...Array(lengths?.[n] ?? L).keys()].filter(
            (t) => mask.select(rows, n).select(0, t).item() === 1,
          );
          const others = [...Array(L).keys()].filter((t) => !picked.includes(t));
          const outputs = got.output.select(rows, n);
          const take = (of: Tensor, steps: number[]): Tensor =>
            of.indexSelect(0, tensor(steps, { shape: [steps.length], dtype: "int32" }));
          expect(flat(take(outputs.value, others)).every((y) => y === 0)).toBe(true);
          expect(flat(take(gradient.select(rows, n), others)).every((g) => g === 0)).toBe(true);
          if (picked.length === 0) {
            expect(flat(got.state.h.select(1, n)).every((h) => h === 0)).toBe(true);
            continue;
          }
          const row = variable(take(x.value.select(rows, n), picked), { requiresGrad: true });
          const alone = layer.forward(row);
          expectClose(flat(take(outputs.value, picked)), flat(alone.output), summationOrder);
          expectClose(flat(got.state.h.select(1, n)), flat(alone.state.h), summationOrder);
          alone.output
            .mul(take(weight.select(rows, n), picked))
            .sum()
            .add(alone.state.h.sum())
            .backward();
          expectClose(flat(take(gradient.select(rows, n), picked)), flat(row.grad!), summationOrder);
        }
      }),
      { numRuns: runs(30) },
    );
  });

  it("that ends each row somewhere is the same as lengths", () => {
    const layer = makeLayer({ inputSize: 3, hiddenSize: [4, 2], bidirectional: true, batchFirst: true });
    const x = randn([3, L, 3]);
    const lengths = [4, 0, 6];
    const a = layer.forward(x, { lengths });
    const b = layer.forward(x, { mask: sequenceMask(lengths, L, { batchFirst: true }) });
    expect(flat(b.output)).toEqual(flat(a.output));
    expect(b.state.h.map(flat)).toEqual(a.state.h.map(flat));
  });

  it("never reads what it does not pick, with a trace and dropout too", () => {
    const layer = makeLayer({ inputSize: 2, hiddenSize: 3, recurrentDropout: 0.5, inputDropout: 0.5 });
    const mask = tensor([[false], [true], [false], [true]]);
    const x = tensor([[[Number.NaN, Infinity]], [[1, 2]], [[Number.NaN, 0]], [[3, 4]]]);
    const { output, trace } = layer.forward(x, { mask, trace: true });
    expect(flat(output).every(Number.isFinite)).toBe(true);
    expect(flat(trace[0][0].h)).toEqual(flat(output));
    expect(flat(trace[0][0].h.select(0, 2))).toEqual([0, 0, 0]);
  });

  it("takes a sequence without a batch", () => {
    const layer = makeLayer({ inputSize: 2, hiddenSize: 3, batchFirst: true });
    const x = randn([4, 2]);
    const mask = tensor([true, false, true, true]);
    const { output } = layer.forward(x, { mask });
    const alone = layer.forward(x.indexSelect(0, tensor([0, 2, 3], { dtype: "int32" })));
    expect(flat(output.value.indexSelect(0, tensor([0, 2, 3], { dtype: "int32" })))).toEqual(
      flat(alone.output),
    );
    expect(flat(output.select(0, 1))).toEqual([0, 0, 0]);
  });
});

describe("a mask that does not fit", () => {
  const lstm: Any = new LSTM({ inputSize: 3, hiddenSize: 4 });
  const batchFirst: Any = new LSTM({ inputSize: 3, hiddenSize: 4, batchFirst: true });
  const x = randn([5, 2, 3]);
  const mask = ones([5, 2], { dtype: "bool" });
  itRefuses([
    [
      "an array",
      () => lstm.forward(x, { mask: [[true]] }),
      new TypeError(
        "LSTM.forward: mask must be a Tensor or a Variable, got an array; make a tensor of it with tensor(…)",
      ),
    ],
    [
      "numbers",
      () => lstm.forward(x, { mask: ones([5, 2]) }),
      new TypeError('LSTM.forward: mask is float32, expected bool; convert it with .to("bool")'),
    ],
    [
      "batch first",
      () => lstm.forward(x, { mask: mask.transpose(0, 1) }),
      new ShapeError("LSTM.forward: mask has shape [2,5], expected [5,2] = [L, N]"),
    ],
    [
      "time first",
      () => batchFirst.forward(x.transpose(0, 1), { mask }),
      new ShapeError("LSTM.forward: mask has shape [5,2], expected [2,5] = [N, L]"),
    ],
    [
      "a batch of masks for one sequence",
      () => lstm.forward(zeros([5, 3]), { mask }),
      new ShapeError("LSTM.forward: mask has shape [5,2], expected [5] = [L]"),
    ],
    [
      "a packed sequence",
      () => lstm.forward(packSequence([zeros([2, 3])]), { mask }),
      new TypeError("LSTM.forward: mask is not for a packed sequence; pass a padded batch with lengths"),
    ],
    [
      "scan",
      () => scan(any(lstm), x, undefined, { mask: mask.slice([0, 4]) }),
      new ShapeError("scan: mask has shape [4,2], expected [5,2] = [L, N]"),
    ],
    [
      "scan without a batch",
      () => scan(any(lstm), zeros([5]), undefined, { mask }),
      new ShapeError("scan: mask needs an input [L, N, ...], got shape [5]"),
    ],
  ]);
});
