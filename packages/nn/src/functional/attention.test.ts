import { expectClose, gradcheck } from "@internal/testing";
import { Generator, randn, ShapeError, softmax, type Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noGrad } from "../autograd/no-grad.ts";
import { Variable } from "../autograd/variable.ts";
import { AdditiveAttention } from "../layers/additive-attention.ts";
import { GRU } from "../layers/gru.ts";
import { dotProductAttention } from "./attention.ts";

const flat = (x: Tensor): number[] => Array.from(x.contiguous().flatten().toArray() as number[]);

describe("dotProductAttention", () => {
  it("is softmax(q kᵀ / √E) v over the valid keys of each row", () => {
    const sizes = fc.record({
      lengths: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
      queries: fc.integer({ min: 1, max: 3 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sizes, ({ lengths, queries, seed }) => {
        const generator = new Generator(seed);
        const N = lengths.length;
        const options = { dtype: "float64", generator } as const;
        const [q, k, v] = [
          randn([N, queries, 5], options),
          randn([N, 4, 5], options),
          randn([N, 4, 2], options),
        ];
        const { output, weights } = dotProductAttention(q, k, v, { lengths });
        for (const [n, length] of lengths.entries()) {
          const w = weights.value.select(0, n);
          expect(flat(w.slice(null, [length, null])).every((each) => each === 0)).toBe(true);
          if (length === 0) {
            expect(flat(output.value.select(0, n)).every((each) => each === 0)).toBe(true);
            continue;
          }
          const keys = k.select(0, n).slice([0, length]);
          const scores = q.select(0, n).matmul(keys.transpose(0, 1)).div(Math.sqrt(5));
          const expected = softmax(scores, 1);
          expectClose(flat(w.slice(null, [0, length])), flat(expected), { rtol: 1e-13, atol: 1e-15 });
          expectClose(
            flat(output.value.select(0, n)),
            flat(expected.matmul(v.select(0, n).slice([0, length]))),
            { rtol: 1e-12, atol: 1e-14 },
          );
        }
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it("does not overflow, and never looks at scores past the end", () => {
    const keys = tensor([[[1000], [999], [1e30]]]);
    const { weights } = dotProductAttention(tensor([[1000]]), keys, zeros([1, 3, 1]), { lengths: [2] });
    expect(weights.value.toArray()).toEqual([[1, 0, 0]]);
  });

  it("takes one query per row without its dimension", () => {
    const [q, k] = [randn([2, 3]), randn([2, 4, 3])];
    const one = dotProductAttention(q, k, k);
    const many = dotProductAttention(q.unsqueeze(1), k, k);
    expect([one.output.shape, one.weights.shape]).toEqual([
      [2, 3],
      [2, 4],
    ]);
    expect(flat(one.output.value)).toEqual(flat(many.output.value));
  });

  it("attends over the states of an encoder, whose padding gets no weight", () => {
    const encoder = new GRU({ inputSize: 2, hiddenSize: 3 });
    const lengths = [4, 2];
    const { output, state } = encoder.forward(randn([4, 2, 2]), { lengths });
    const states = output.transpose(0, 1);
    const { weights } = dotProductAttention(state.h.select(0, 0), states, states, { lengths });
    const rows = weights.value.toArray() as number[][];
    expect(rows[1]?.slice(2)).toEqual([0, 0]);
    for (const row of rows) expect(row.reduce((sum, each) => sum + each)).toBeCloseTo(1, 6);
  });

  it("says what does not fit", () => {
    const attend = (q: number[], k: number[], v: number[], lengths?: number[]) => () =>
      dotProductAttention(zeros(q), zeros(k), zeros(v), { lengths });
    expect(attend([3], [2, 4, 3], [2, 4, 1])).toThrow(
      new ShapeError(
        "dotProductAttention: query has shape [3], expected [N,Q,E], or [N,E] for one query per row",
      ),
    );
    expect(attend([2, 3], [4, 3], [2, 4, 1])).toThrow(
      new ShapeError("dotProductAttention: keys have shape [4,3], expected [N,S,E]"),
    );
    expect(attend([2, 3], [2, 4, 3], [2, 4])).toThrow(
      new ShapeError("dotProductAttention: values have shape [2,4], expected [N,S,V]"),
    );
    expect(attend([1, 3], [2, 4, 3], [2, 4, 1])).toThrow(
      new ShapeError(
        "dotProductAttention: query, keys and values have batches of 1, 2 and 2 rows; they must be equal",
      ),
    );
    expect(attend([2, 3], [2, 4, 3], [2, 5, 1])).toThrow(
      new ShapeError(
        "dotProductAttention: there are 5 values for 4 keys (values shape [2,5,1], keys shape [2,4,3])",
      ),
    );
    expect(attend([2, 2], [2, 4, 3], [2, 4, 1])).toThrow(
      new ShapeError(
        "dotProductAttention: query has 2 features in its last dimension, but keys have 3 (query shape [2,2], keys shape [2,4,3])",
      ),
    );
    expect(attend([2, 3], [2, 4, 3], [2, 4, 1], [4, 5])).toThrow(
      new RangeError(
        "dotProductAttention: lengths[1] must be an integer from 0 to 4, the number of steps, got 5",
      ),
    );
  });
});

describe("AdditiveAttention", () => {
  const options = { querySize: 2, keySize: 3, hiddenSize: 4, dtype: "float64" } as const;
  const make = (): AdditiveAttention => new AdditiveAttention({ ...options, generator: new Generator(1) });

  it("is softmax(wᵀ tanh(W_q q + W_k k + b)) v", () => {
    const attention = make();
    const dict = attention.stateDict();
    const weight = (name: string): Tensor => dict.get(name) as Tensor;
    expect([...dict].map(([name, { shape }]) => [name, shape])).toEqual([
      ["query.weight", [4, 2]],
      ["key.weight", [4, 3]],
      ["key.bias", [4]],
      ["score.weight", [1, 4]],
    ]);
    const generator = new Generator(2);
    const [q, k] = [
      randn([2, 2], { dtype: "float64", generator }),
      randn([2, 3, 3], { dtype: "float64", generator }),
    ];
    const { output, weights } = attention.forward(q, k, { lengths: [3, 2] });
    for (const [n, length] of [3, 2].entries()) {
      const keys = k.select(0, n).slice([0, length]);
      const compared = keys
        .matmul(weight("key.weight").transpose(0, 1))
        .add(weight("key.bias"))
        .add(weight("query.weight").matmul(q.select(0, n)))
        .tanh();
      const expected = softmax(compared.matmul(weight("score.weight").select(0, 0)), 0);
      expectClose(flat(weights.value.select(0, n).slice([0, length])), flat(expected), {
        rtol: 1e-13,
        atol: 0,
      });
      expectClose(flat(output.value.select(0, n)), flat(expected.matmul(keys)), { rtol: 1e-12, atol: 1e-14 });
    }
  });

  it("has the gradients of central differences", () => {
    const attention = make();
    const generator = new Generator(3);
    const inputs = [
      [2, 2, 2],
      [2, 3, 3],
      [2, 3, 2],
    ].map((shape) => new Variable(randn(shape, { dtype: "float64", generator }), { requiresGrad: true })) as [
      Variable,
      Variable,
      Variable,
    ];
    const [q, k, values] = inputs;
    const loss = (): Variable => {
      const { output, weights } = attention.forward(q, k, { values, lengths: [3, 1] });
      return output.pow(2).sum().add(weights.mul(weights).sum());
    };
    loss().backward();
    const all = [...inputs, ...attention.parameters()];
    gradcheck(
      () => noGrad(() => loss().item()),
      all.map(({ value }) => value.data as Float64Array),
      all.map(({ grad }) => (grad as Tensor).data),
    );
  });

  it("says what does not fit", () => {
    const attention = new AdditiveAttention({ querySize: 2, keySize: 3, hiddenSize: 4 });
    expect(() => attention.forward(zeros([1, 5]), zeros([1, 2, 3]))).toThrow(
      new ShapeError(
        "AdditiveAttention.forward: query has 5 features in the last dimension, but querySize is 2 (shape [1,5])",
      ),
    );
    expect(() => attention.forward(zeros([1, 2]), zeros([1, 2, 5]))).toThrow(
      new ShapeError(
        "AdditiveAttention.forward: keys have 5 features in the last dimension, but keySize is 3 (shape [1,2,5])",
      ),
    );
    expect(() => attention.forward(zeros([1, 2]), zeros([2, 2, 3]))).toThrow(
      new ShapeError(
        "AdditiveAttention.forward: query, keys and values have batches of 1, 2 and 2 rows; they must be equal",
      ),
    );
    expect(() => new AdditiveAttention({ querySize: 0, keySize: 1, hiddenSize: 1 })).toThrow(
      new RangeError("AdditiveAttention: querySize must be a positive integer, got 0"),
    );
  });
});
