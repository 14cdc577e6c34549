import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { ones, setBackend, Tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import type { CellState, CellWeights, RecurrentCell, SequenceResult } from "./cell.ts";
import { dropoutSequence } from "./dropout-sequence.ts";
import { gruCell } from "./gru-cell.ts";
import { gruResetBeforeCell } from "./gru-reset-before-cell.ts";
import { lstmCell } from "./lstm-cell.ts";
import { rnnCell } from "./rnn-cell.ts";
import { orderSteps } from "./row-order.ts";
import { Timeline } from "./timeline.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (Number(process.versions.node.split(".")[0]) < 22)
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const kinds = [
  ["RNN", rnnCell("tanh"), 0],
  ["RNN with relu", rnnCell("relu"), 0],
  ["LSTM", lstmCell, 0],
  ["LSTM with a projection", lstmCell, 2],
  ["GRU", gruCell, 0],
  ["GRU with reset before the product", gruResetBeforeCell, 0],
] as unknown as [string, RecurrentCell<CellState>, number][];

/** Numbers between -1 and 1 that no two places share. */
function values(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.cos(seed * 7.3 + i * 1.7)),
    shape,
  );
}
const leaf = (shape: readonly number[], seed: number): Variable =>
  new Variable(values(shape, seed), { requiresGrad: true });

const [L, I, H] = [4, 3, 4];

function makeWeights(cell: RecurrentCell<CellState>, projSize: number): CellWeights {
  const rows = cell.gates * H;
  return {
    weightIh: leaf([rows, I], 1),
    weightHh: leaf([rows, projSize || H], 2),
    biasIh: leaf([rows], 3),
    biasHh: leaf([rows], 4),
    weightHr: projSize ? leaf([projSize, H], 5) : null,
  };
}

/** Results and all gradients of a loss that every element of every result changes differently. */
function everything(
  { output, state }: SequenceResult<CellState>,
  inputs: (Variable | null)[],
): Float64Array[] {
  const results = [output, ...Object.values(state)];
  const leaves = inputs.filter((input) => input !== null);
  for (const input of leaves) input.grad = null;
  results
    .map((part, i) => part.mul(values(part.shape, 40 + i).to(part.dtype)).sum())
    .reduce((a, b) => a.add(b))
    .backward();
  return [...results.map(({ value }) => value), ...leaves.map(({ grad }) => grad!)].map(
    (x) => x.contiguous().data as Float64Array,
  );
}

// the same sums, gathered in another order
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

describe.each(kinds)("%s under a mask", (_name, cell, projSize) => {
  const weights = makeWeights(cell, projSize);
  const P = projSize || H;

  it("is the fused sequence if the mask is all ones", () => {
    const lengths = fc.array(fc.integer({ min: 0, max: L }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lengths, fc.boolean(), (lengths, reverse) => {
        lengths.sort((a, b) => b - a);
        const N = lengths.length;
        const x = leaf([L, N, I], 6);
        const sizes = cell.stateSizes(H, projSize);
        const state = Object.fromEntries(
          Object.entries(sizes).map(([part, size], i) => [part, leaf([N, size], 7 + i)]),
        );
        const timeline = new Timeline(
          L,
          N,
          reverse,
          orderSteps(L, N, (t, row) => t < lengths[row]!)?.rowsAt ?? null,
        );
        const inputs = [x, ...Object.values(state), ...Object.values(weights)];
        // without a single step nothing depends on the weights in one case, and by zero in the other
        if (lengths.every((length) => length === 0)) return;
        const mask = ones([N, P], { dtype: "float64" });
        const got = everything(dropoutSequence(cell, x, state, weights, timeline, mask), inputs);
        const want = everything(cell.sequence(x, state, weights, timeline), inputs);
        want.forEach((numbers, i) => {
          expectClose(got[i]!, numbers, summationOrder);
        });
      }),
      { numRuns: 30 },
    );
  });

  it("is for each row the fused sequence with the columns of W_hh scaled by the row's mask", () => {
    const mask = values([3, P], 12);
    const x = values([L, 3, I], 6);
    const state = Object.fromEntries(
      Object.entries(cell.stateSizes(H, projSize)).map(([part, size], i) => [part, values([3, size], 7 + i)]),
    );
    const rowsOf = (from: number, to: number): [Variable, CellState, Timeline] => [
      new Variable(x.slice(null, [from, to]).contiguous()),
      Object.fromEntries(
        Object.entries(state).map(([part, value]) => [
          part,
          new Variable(value.slice([from, to]).contiguous()),
        ]),
      ),
      new Timeline(L, to - from, false, null),
    ];
    const [allX, allState, all] = rowsOf(0, 3);
    const together = dropoutSequence(cell, allX, allState, weights, all, mask);
    for (let n = 0; n < 3; n++) {
      const scaled = { ...weights, weightHh: weights.weightHh.mul(mask.select(0, n)) };
      const [rowX, rowState, timeline] = rowsOf(n, n + 1);
      const alone = cell.sequence(rowX, rowState, scaled, timeline);
      expectClose(
        together.output.value
          .slice(null, [n, n + 1])
          .contiguous()
          .data.slice(),
        alone.output.value.contiguous().data,
        summationOrder,
      );
      for (const part in alone.state) {
        expectClose(
          together.state[part]!.value.select(0, n).toArray() as number[],
          alone.state[part]!.value.contiguous().data,
          summationOrder,
        );
      }
    }
  });

  // the fused sequences: float64 runs on ordinary arrays, float32 on each backend
  it.each(["float64", "js", "wasm-simd", "wasm-fma"] as const)(
    "equals the fused sequence with dropout on %s",
    (path) => {
      const dtype = path === "float64" ? "float64" : "float32";
      const tolerance = dtype === "float64" ? summationOrder : { rtol: 1e-4, atol: 1e-5 }; // sums of some dozens of products
      if (path !== "float64") setBackend(path);
      const cast = (x: Variable | null): Variable | null =>
        x && new Variable(x.value.to(dtype), { requiresGrad: true });
      const steps = fc.array(fc.integer({ min: 0, max: L }), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(steps, fc.boolean(), fc.integer({ min: 0, max: 99 }), (lengths, reverse, seed) => {
          lengths.sort((a, b) => b - a);
          if (lengths[0] === 0) return;
          const N = lengths.length;
          const rowsAt = orderSteps(L, N, (t, row) => t < lengths[row]!)?.rowsAt ?? null;
          const timeline = new Timeline(L, N, reverse, rowsAt);
          const own = Object.fromEntries(
            Object.entries(weights).map(([name, weight]) => [name, cast(weight)]),
          ) as unknown as CellWeights;
          const x = cast(leaf([L, N, I], seed))!;
          const state = Object.fromEntries(
            Object.entries(cell.stateSizes(H, projSize)).map(([part, size], i) => [
              part,
              cast(leaf([N, size], seed + i))!,
            ]),
          );
          const kept = values([N, P], seed + 3)
            .relu()
            .mul(1.5)
            .to(dtype);
          const inputs = [x, ...Object.values(state), ...Object.values(own)];
          const want = everything(dropoutSequence(cell, x, state, own, timeline, kept), inputs);
          const got = everything(cell.sequence(x, state, own, timeline, kept), inputs);
          for (const [i, numbers] of want.entries()) expectClose(got[i]!, numbers, tolerance);
        }),
        { numRuns: 25 },
      );
      setBackend("auto");
    },
  );
});
