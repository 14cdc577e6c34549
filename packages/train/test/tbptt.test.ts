import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expectClose } from "@internal/testing";
import { Parameter, Variable, variable } from "@rnn/nn";
import { tensor, zeros } from "@rnn/tensor";
import { bptt, SGD, type TBPTTOptions, tbptt } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { gradientByDefinition, ScalarRNN, statesOf } from "./scalar-rnn.ts";

const tolerance = { rtol: 1e-12, atol: 1e-13 };

/** Runs a scalar network through `length` steps and leaves the gradients to add up. */
function run(length: number, k1: number, k2?: number): { rnn: ScalarRNN; ends: number[]; loss: number } {
  const rnn = new ScalarRNN();
  const chunks = [...tbptt({ ...rnn.problem(length), k1, k2 })];
  return {
    rnn,
    ends: chunks.map(({ end }) => end),
    loss: chunks.reduce((sum, chunk) => sum + chunk.loss, 0),
  };
}

describe("tbptt", () => {
  test("with k1 = k2 = length it is bptt, to the last bit", () => {
    const [whole, chunked] = [new ScalarRNN(), new ScalarRNN()];
    const { loss, state } = bptt(whole.problem(20));
    const chunks = [...tbptt({ ...chunked.problem(20), k1: 20, k2: 20 })];
    expect(chunks.map((chunk) => chunk.loss)).toEqual([loss]);
    expect(chunked.gradient).toEqual(whole.gradient);
    expect(chunks[0]?.state.item()).toBe(state.item());
  });

  test("for every length, k1 and k2 the gradient is the definition's, with k counted from the window's start", () => {
    for (let length = 1; length <= 9; length++) {
      for (let k1 = 1; k1 <= length; k1++) {
        for (let k2 = k1; k2 <= length + 1; k2++) {
          const { rnn } = run(length, k1, k2);
          const chunkStart = (t: number): number => t - (t % k1);
          const want = gradientByDefinition(length, 0.8, 0.6, (t) => Math.max(0, chunkStart(t) - (k2 - k1)));
          expectClose(rnn.gradient, want, tolerance);
        }
      }
    }
  });

  test("every step's loss is taken exactly once, and none of it is lost by truncation", () => {
    for (const [k1, k2] of [
      [5, 5],
      [3, 7],
      [4, 5],
      [1, 4],
    ] as const) {
      const { rnn, loss } = run(17, k1, k2);
      expect(rnn.lossSteps).toEqual(Array.from({ length: 17 }, (_, t) => t));
      expectClose([loss], [bptt(new ScalarRNN().problem(17)).loss], tolerance);
    }
  });

  test("100 steps forward, 20 back: the last chunk is the shorter one where 20 does not divide the length", () => {
    expect(run(100, 20).ends).toEqual([20, 40, 60, 80, 100]);
    expect(run(50, 20).ends).toEqual([20, 40, 50]);
  });

  test("gradients are fresh in every turn of the loop, and an update there is seen by the next chunk", () => {
    const rnn = new ScalarRNN();
    const optimizer = new SGD([rnn.w, rnn.u], { learningRate: 0.1 });
    const weights: number[] = [];
    for (const { end, state } of tbptt({ ...rnn.problem(12), k1: 4 })) {
      if (end === 4) expectClose([state.item()], [statesOf(4, 0.8, 0.6)[3]!], tolerance);
      optimizer.step();
      optimizer.zeroGrad();
      weights.push(rnn.w.value.item());
    }
    expect(new Set(weights).size).toBe(3);
  });

  test("chunks carry the state on, also to the next call", () => {
    const rnn = new ScalarRNN();
    let state: Variable | undefined;
    for (const chunk of tbptt({ ...rnn.problem(6), k1: 2 })) state = chunk.state;
    expectClose([state!.item()], [statesOf(6, 0.8, 0.6)[5]!], tolerance);
    const next = new ScalarRNN();
    [...tbptt({ ...next.problem(6, state), k1: 3 })];
    expect(next.calls[0]?.state).toBe(state);
  });

  test("leaving the loop leaves the rest undone", () => {
    const rnn = new ScalarRNN();
    for (const _ of tbptt({ ...rnn.problem(100), k1: 10 })) break;
    expect(rnn.lossSteps.length).toBe(10);
  });

  test("an initial state can be learned", () => {
    const initial = new Parameter(tensor(0.5, { dtype: "float64" }));
    [...tbptt({ ...new ScalarRNN().problem(6, initial), k1: 2, k2: 4 })];
    expect(initial.grad?.item()).not.toBe(0);
  });

  test.each<[Partial<TBPTTOptions<unknown>>, string]>([
    [{ k1: 0 }, "tbptt: k1 must be an integer >= 1, got 0"],
    [{ k1: 2.5 }, "tbptt: k1 must be an integer >= 1, got 2.5"],
    [{ k2: Number.NaN }, "tbptt: k2 must be an integer >= 1, got NaN"],
    [{ k2: 4 }, "tbptt: k2 must be at least k1 (5), got 4"],
    [{ length: 0 }, "tbptt: length must be an integer >= 1, got 0"],
  ])("refuses %o", (change, message) => {
    const chunks = tbptt({ ...new ScalarRNN().problem(10), k1: 5, ...(change as object) });
    expect(() => chunks.next()).toThrow(new RangeError(message));
  });

  test("refuses names that it does not know, as bptt does", () => {
    const problem = new ScalarRNN().problem(10);
    const names = "options are length, state, forward, loss, resets, batchFirst";
    expect(() => tbptt({ ...problem, k1: 5, K2: 5 } as TBPTTOptions<Variable>).next()).toThrow(
      new TypeError(`tbptt: unknown option "K2" (did you mean "k2"?); ${names}, k1, k2`),
    );
    expect(() => bptt({ ...problem, reset: () => null } as typeof problem)).toThrow(
      new TypeError(`bptt: unknown option "reset" in problem (did you mean "resets"?); ${names}`),
    );
  });
});

describe("memory of tbptt", () => {
  test.each([
    [10, 10],
    [10, 30],
    [10, 15],
    [1, 1],
  ])("with k1 %i and k2 %i no graph is longer than k2 steps", (k1, k2) => {
    const { rnn } = run(100, k1, k2);
    let steps = 0;
    for (const { start, end, state } of rnn.calls) {
      // a state without a graph begins a new one
      steps = state?.requiresGrad ? steps + end - start : end - start;
      expect(steps).toBeLessThanOrEqual(k2);
    }
  });

  test("what a chunk computed can be collected once the next one runs", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const w = new Parameter(zeros([1]));
    const outputs: WeakRef<object>[] = [];
    let most = 0;
    for (const _ of tbptt({
      length: 60,
      k1: 5,
      k2: 10,
      forward(start, end, state: Variable = new Variable(zeros([1]))) {
        for (let t = start; t < end; t++) {
          state = state.add(w);
          outputs.push(new WeakRef(state.value));
        }
        return { output: state, state };
      },
      loss: (output) => output.sum(),
    })) {
      // a weak reference holds its target until the current task is over
      await new Promise((resolve) => setImmediate(resolve));
      collect();
      most = Math.max(most, outputs.filter((output) => output.deref() !== undefined).length);
    }
    expect(outputs.length).toBeGreaterThan(100);
    expect(most).toBeLessThanOrEqual(10);
  });
});

const forward = () => ({ output: variable(1), state: undefined });
test.each<[unknown, string]>([
  [undefined, "problem must be an object { length, forward, loss }, got undefined"],
  [{ length: 5, k1: 2 }, "forward must be a function, got undefined"],
  [{ length: 5, k1: 2, forward }, "loss must be a function, got undefined"],
  [
    { length: 5, k1: 2, forward: () => 5, loss: () => 5 },
    "what forward returns must be { output, state }, got 5",
  ],
  [{ length: 5, k1: 2, forward, loss: () => 5 }, "what loss returns must be a Variable, got 5"],
  [
    { length: 5, k1: 2, forward, loss: async () => variable(1) },
    "what loss returns must be a Variable, got an object of Promise; loss must not be async",
  ],
])("tbptt refuses %o", (problem, message) => {
  expect(() => [...tbptt(problem as never)]).toThrow(new TypeError(`tbptt: ${message}`));
});
