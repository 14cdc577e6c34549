import v8 from "node:v8";
import { expectClose, gradcheck, tolerances } from "@internal/testing";
import { setBackend, simdKernels, Tensor } from "@rnn/tensor";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import type { FloatDType } from "../dtype.ts";
import { add } from "../functional/add.ts";
import { mul } from "../functional/mul.ts";
import { select } from "../functional/select.ts";
import { stack } from "../functional/stack.ts";
import { sum } from "../functional/sum.ts";
import { where } from "../functional/where.ts";
import type { CellState, CellWeights, RecurrentCell, SequenceResult } from "./cell.ts";
import { gruCell } from "./gru-cell.ts";
import { gruResetBeforeCell } from "./gru-reset-before-cell.ts";
import { lstmCell } from "./lstm-cell.ts";
import { rnnCell } from "./rnn-cell.ts";
import { orderSteps } from "./row-order.ts";
import { Timeline } from "./timeline.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (Number(process.versions.node.split(".")[0]) < 22)
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const kinds: [string, { cell: RecurrentCell<CellState>; projSize: number }][] = [
  ["RNN with tanh", { cell: rnnCell("tanh"), projSize: 0 }],
  ["RNN with relu", { cell: rnnCell("relu"), projSize: 0 }],
  ["LSTM", { cell: lstmCell, projSize: 0 }],
  ["LSTM with a projection", { cell: lstmCell, projSize: 2 }],
  ["GRU", { cell: gruCell, projSize: 0 }],
  ["GRU with reset before the product", { cell: gruResetBeforeCell, projSize: 0 }],
] as [string, { cell: RecurrentCell<CellState>; projSize: number }][];

/** Everything one layer-direction is run on. Row lengths are sorted, longest first. */
interface Problem {
  readonly cell: RecurrentCell<CellState>;
  readonly steps: number;
  readonly lengths: readonly number[];
  readonly reverse: boolean;
  readonly x: Variable;
  readonly state: CellState;
  readonly weights: CellWeights;
}

interface Shape {
  steps: number;
  lengths: number[];
  inputSize: number;
  hiddenSize: number;
  bias: boolean;
  reverse: boolean;
  seed: number;
}

const shapes = fc
  .record({
    steps: fc.integer({ min: 1, max: 5 }),
    fractions: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
    isRagged: fc.boolean(),
    inputSize: fc.integer({ min: 1, max: 4 }),
    hiddenSize: fc.integer({ min: 3, max: 6 }),
    bias: fc.boolean(),
    reverse: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ fractions, isRagged, ...shape }): Shape => {
    const lengths = fractions.map((f) => (isRagged ? Math.round(f * shape.steps) : shape.steps));
    return { ...shape, lengths: lengths.sort((a, b) => b - a) };
  });

/** Numbers between -1 and 1 that no two places share; smaller ones in large shapes, so that nothing saturates. */
function waves(shape: number[], seed: number, dtype: FloatDType): Variable {
  const size = shape.reduce((a, b) => a * b, 1);
  const scale = size < 100 ? 1 : 10 / Math.sqrt(size);
  const data = Float64Array.from({ length: size }, (_, i) => scale * Math.cos(seed * 7.3 + i * 1.7));
  return new Variable(new Tensor(dtype === "float64" ? data : new Float32Array(data), shape), {
    requiresGrad: true,
  });
}

function makeProblem(
  { cell, projSize }: { cell: RecurrentCell<CellState>; projSize: number },
  { steps, lengths, inputSize, hiddenSize, bias, reverse, seed }: Shape,
  dtype: FloatDType = "float64",
): Problem {
  const rows = cell.gates * hiddenSize;
  const values = (shape: number[], seed: number): Variable => waves(shape, seed, dtype);
  const sizes = cell.stateSizes(hiddenSize, projSize);
  return {
    cell,
    steps,
    lengths,
    reverse,
    x: values([steps, lengths.length, inputSize], seed),
    state: Object.fromEntries(
      Object.entries(sizes).map(([part, size], i) => [part, values([lengths.length, size], seed + 10 + i)]),
    ),
    weights: {
      weightIh: values([rows, inputSize], seed + 20),
      weightHh: values([rows, projSize || hiddenSize], seed + 21),
      biasIh: bias ? values([rows], seed + 22) : null,
      biasHh: bias ? values([rows], seed + 23) : null,
      weightHr: projSize ? values([projSize, hiddenSize], seed + 24) : null,
    },
  };
}

function fused({ cell, steps, lengths, reverse, x, state, weights }: Problem): SequenceResult<CellState> {
  const order = orderSteps(steps, lengths.length, (t, row) => t < lengths[row]!);
  return cell.sequence(
    x,
    state,
    weights,
    new Timeline(steps, lengths.length, reverse, order?.rowsAt ?? null),
  );
}

/** The same by repeating `step`; rows past their end keep their state and put out zero. */
function stepByStep({
  cell,
  steps,
  lengths,
  reverse,
  x,
  state,
  weights,
}: Problem): SequenceResult<CellState> {
  const outputs = new Array<Variable>(steps);
  for (let k = 0; k < steps; k++) {
    const t = reverse ? steps - 1 - k : k;
    const runs = new Tensor(
      Uint8Array.from(lengths, (length) => Number(t < length)),
      [lengths.length, 1],
    );
    const next = cell.step(select(x, 0, t), state, weights);
    outputs[t] = where(runs, next.h!, 0);
    state = Object.fromEntries(
      Object.entries(state).map(([part, before]) => [part, where(runs, next[part]!, before)]),
    );
  }
  return { output: stack(outputs, 0), state };
}

/** A scalar that every element of every result changes differently. */
function loss({ output, state }: SequenceResult<CellState>): Variable {
  const parts = [output, ...Object.values(state)];
  return parts
    .map((part, i) => sum(mul(part, waves([...part.shape], 40 + i, part.dtype as FloatDType).value)))
    .reduce((a, b) => add(a, b));
}

function inputsOf({ x, state, weights }: Problem): Variable[] {
  return [x, ...Object.values(state), ...Object.values(weights)].filter((v) => v !== null);
}

function gradientsOf(problem: Problem, run: (problem: Problem) => SequenceResult<CellState>): Float64Array[] {
  const inputs = inputsOf(problem);
  for (const input of inputs) input.grad = null;
  loss(run(problem)).backward();
  return inputs.map((input) => Float64Array.from(input.grad!.contiguous().data));
}

// both sides add up the same few dozen products, in another order
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

/** Up to a thousand products are added up in float32, in another order than in float64. */
const singlePrecision = { rtol: 1e-4, atol: 1e-5 };

/** Fills scratch memory with NaN: nothing may depend on what an earlier pass left there. */
function poisonMemory(): void {
  const simd = simdKernels(false);
  simd?.memory.floats.fill(Number.NaN, simd.scratchStart / 4);
}

function expectSameAsDouble(kind: { cell: RecurrentCell<CellState>; projSize: number }, shape: Shape): void {
  const single = makeProblem(kind, shape, "float32");
  const double = makeProblem(kind, shape, "float64");
  for (const { weights } of [single, double]) {
    // small, so that what one step rounds off is not multiplied by the following ones
    const { data } = weights.weightHh.value;
    for (let i = 0; i < data.length; i++) data[i]! *= 0.1;
  }
  expectClose(fused(single).output.value.data, fused(double).output.value.data, tolerances.value.float32);
  const want = gradientsOf(double, fused);
  poisonMemory();
  gradientsOf(single, fused).forEach((gradient, i) => {
    expectClose(gradient, want[i]!, singlePrecision);
  });
}

describe.each(kinds)("%s: fused sequence", (_name, kind) => {
  it("equals repeated steps in value", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const problem = makeProblem(kind, shape);
        const got = fused(problem);
        const want = stepByStep(problem);
        expectClose(got.output.value.data, want.output.value.contiguous().data, summationOrder);
        for (const [part, state] of Object.entries(want.state)) {
          expectClose(got.state[part]!.value.data, state.value.contiguous().data, summationOrder);
        }
      }),
    );
  });

  it("equals repeated steps in every gradient", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const problem = makeProblem(kind, shape);
        const got = gradientsOf(problem, fused);
        const want = gradientsOf(problem, stepByStep);
        want.forEach((gradient, i) => {
          expectClose(got[i]!, gradient, summationOrder);
        });
      }),
    );
  });

  it.each([false, true])("has the gradients that central differences give (reverse: %s)", (reverse) => {
    const shape = { steps: 4, lengths: [4, 2, 0], inputSize: 2, hiddenSize: 3, bias: true, reverse, seed: 3 };
    const problem = makeProblem(kind, shape);
    gradcheck(
      () => loss(fused(problem)).item(),
      inputsOf(problem).map((input) => input.value.data as Float64Array),
      gradientsOf(problem, fused),
    );
  });

  describe.each(["js", "wasm-simd", "wasm-fma"] as const)("float32, backend %s", (backend) => {
    beforeAll(() => setBackend(backend));
    afterAll(() => setBackend("auto"));

    it("agrees with float64 in value and gradient, whatever the shape", () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          expectSameAsDouble(kind, shape);
        }),
      );
    });

    it.each([false, true])(
      "agrees with float64 over many pieces of a ragged batch (reverse: %s)",
      (reverse) => {
        const lengths = [90, 90, 90, 80, 61, 60, 45, 44, 33, 12, 1, 0];
        const shape = { steps: 90, lengths, inputSize: 24, hiddenSize: 37, bias: true, reverse, seed: 2 };
        expectSameAsDouble(kind, shape);
      },
    );

    it("passes NaN on to the steps that follow, and to no other row", () => {
      const shape = {
        steps: 3,
        lengths: [3, 3],
        inputSize: 8,
        hiddenSize: 6,
        bias: true,
        reverse: false,
        seed: 4,
      };
      const problem = makeProblem(kind, shape, "float32");
      problem.x.value.data[2 * 8] = Number.NaN; // step 1, row 0
      const { output } = fused(problem);
      const isNaNAt = (t: number, row: number): boolean[] =>
        Array.from(
          select(select(output, 0, t), 0, row)
            .value.contiguous()
            .toArray() as number[],
          Number.isNaN,
        );
      expect([isNaNAt(0, 0), isNaNAt(1, 1), isNaNAt(2, 1)].flat()).not.toContain(true);
      expect([isNaNAt(1, 0), isNaNAt(2, 0)].flat()).not.toContain(false);
    });
  });

  it("keeps graphs apart that are alive at the same time, and a kept graph until it is freed", () => {
    const lengths = new Array<number>(16).fill(20);
    const shape = { steps: 20, lengths, inputSize: 9, hiddenSize: 30, bias: true, reverse: false };
    const problems = [1, 2].map((seed) => makeProblem(kind, { ...shape, seed }, "float32"));
    const want = problems.map((problem) => gradientsOf(problem, fused));
    const losses = problems.map((problem) => loss(fused(problem)));
    // each walk adds to the gradients: the first graph is walked twice, the second in between
    for (const problem of problems) for (const input of inputsOf(problem)) input.grad = null;
    losses[0]!.backward(undefined, { retainGraph: true });
    losses[1]!.backward();
    losses[0]!.backward();
    problems.forEach((problem, i) => {
      const walks = i === 0 ? 2 : 1;
      inputsOf(problem).forEach((input, j) => {
        const single = Float64Array.from(input.grad!.contiguous().data, (x) => x / walks);
        expectClose(single, want[i]![j]!, { rtol: 1e-6, atol: 0 });
      });
    });
  });

  it("gives the same gradients when a kept graph is walked again", () => {
    const shape = {
      steps: 3,
      lengths: [3, 1],
      inputSize: 2,
      hiddenSize: 3,
      bias: true,
      reverse: false,
      seed: 5,
    };
    const problem = makeProblem(kind, shape);
    const once = gradientsOf(problem, fused);
    for (const input of inputsOf(problem)) input.grad = null;
    const again = loss(fused(problem));
    again.backward(undefined, { retainGraph: true });
    for (const input of inputsOf(problem)) input.grad = null;
    again.backward();
    expect(inputsOf(problem).map((input) => [...input.grad!.data])).toEqual(once.map((g) => [...g]));
  });

  it("passes a gradient on when only the final state is used", () => {
    const shape = {
      steps: 3,
      lengths: [3, 2],
      inputSize: 2,
      hiddenSize: 3,
      bias: true,
      reverse: true,
      seed: 6,
    };
    const problem = makeProblem(kind, shape);
    const last = (run: typeof fused): Float64Array => {
      problem.x.grad = null;
      sum(Object.values(run(problem).state).at(-1)!).backward();
      return Float64Array.from(problem.x.grad!.contiguous().data);
    };
    expectClose(last(fused), last(stepByStep), summationOrder);
  });

  it("computes no gradient that nobody wants", () => {
    const shape = {
      steps: 2,
      lengths: [2],
      inputSize: 2,
      hiddenSize: 3,
      bias: true,
      reverse: false,
      seed: 7,
    };
    const problem = makeProblem(kind, shape);
    const frozen = { ...problem, x: problem.x.detach() };
    problem.weights.weightHh.requiresGrad = false;
    loss(fused(frozen)).backward();
    expect(frozen.x.grad).toBe(null);
    expect(problem.weights.weightHh.grad).toBe(null);
    expect(problem.weights.weightIh.grad).not.toBe(null);
  });
});
