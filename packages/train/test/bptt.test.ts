import { expectClose } from "@internal/testing";
import { Parameter, variable } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { bptt } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { gradientByDefinition, ScalarRNN, statesOf, target } from "./scalar-rnn.ts";

const tolerance = { rtol: 1e-13, atol: 1e-14 };

describe("bptt", () => {
  test("the loss is the sum over time, and the gradient the lecture's double sum over t and k", () => {
    const rnn = new ScalarRNN();
    const { loss, state } = bptt(rnn.problem(12));
    const h = statesOf(12, 0.8, 0.6);
    expectClose([loss], [h.reduce((sum, value, t) => sum + (value - target(t)) ** 2 / 2, 0)], tolerance);
    expectClose(
      rnn.gradient,
      gradientByDefinition(12, 0.8, 0.6, () => 0),
      tolerance,
    );
    expectClose([state.item()], [h[11]!], tolerance);
  });

  test("with lossAt last only the last step has a loss", () => {
    const rnn = new ScalarRNN();
    const { loss } = bptt(rnn.problem(12), { lossAt: "last" });
    expectClose([loss], [(statesOf(12, 0.8, 0.6)[11]! - target(11)) ** 2 / 2], tolerance);
    expectClose(
      rnn.gradient,
      gradientByDefinition(
        12,
        0.8,
        0.6,
        () => 0,
        (t) => t === 11,
      ),
      tolerance,
    );
    expect(rnn.lossSteps).toEqual([11]);
  });

  test("with a list of steps these have a loss, and forward is cut there", () => {
    const rnn = new ScalarRNN();
    const steps = [2, 3, 7, 9];
    const { loss, state } = bptt(rnn.problem(12), { lossAt: steps });
    const h = statesOf(12, 0.8, 0.6);
    expectClose([loss], [steps.reduce((sum, t) => sum + (h[t]! - target(t)) ** 2 / 2, 0)], tolerance);
    expectClose(
      rnn.gradient,
      gradientByDefinition(
        12,
        0.8,
        0.6,
        () => 0,
        (t) => steps.includes(t),
      ),
      tolerance,
    );
    expect(rnn.lossSteps).toEqual(steps);
    expect(rnn.calls.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 4],
      [4, 7],
      [7, 8],
      [8, 9],
      [9, 10],
      [10, 12],
    ]);
    expectClose([state.item()], [h[11]!], tolerance);
  });

  test("one step is a sequence too", () => {
    const rnn = new ScalarRNN();
    bptt(rnn.problem(1), { lossAt: "last" });
    expectClose(
      rnn.gradient,
      gradientByDefinition(1, 0.8, 0.6, () => 0),
      tolerance,
    );
  });

  test("gradients are added to what is there", () => {
    const rnn = new ScalarRNN();
    bptt(rnn.problem(5));
    const once = rnn.gradient;
    bptt(rnn.problem(5));
    expectClose(
      rnn.gradient,
      once.map((g) => 2 * g),
      tolerance,
    );
  });

  test("the state comes back detached, and an initial state can be learned", () => {
    const rnn = new ScalarRNN();
    const initial = new Parameter(tensor(0.5, { dtype: "float64" }));
    const { state } = bptt(rnn.problem(3, initial));
    expect(state.requiresGrad).toBe(false);
    expectClose([state.item()], [statesOf(3, 0.8, 0.6, 0.5)[2]!], tolerance);
    expect(initial.grad?.item()).not.toBe(0);
  });

  test("refuses a sequence without steps", () => {
    expect(() => bptt(new ScalarRNN().problem(0))).toThrow(
      new RangeError("bptt: length must be an integer >= 1, got 0"),
    );
  });
});

const forward = () => ({ output: variable(1), state: undefined });
test.each<[unknown, string]>([
  [undefined, "problem must be an object { length, forward, loss }, got undefined"],
  [{ length: 5 }, "forward must be a function, got undefined"],
  [{ length: 5, forward }, "loss must be a function, got undefined"],
  [{ length: 5, forward: () => 5, loss: () => 5 }, "what forward returns must be { output, state }, got 5"],
  [{ length: 5, forward, loss: () => 5 }, "what loss returns must be a Variable, got 5"],
  [
    { length: 5, forward, loss: async () => variable(1) },
    "what loss returns must be a Variable, got an object of Promise; loss must not be async",
  ],
])("bptt refuses %o", (problem, message) => {
  expect(() => bptt(problem as never)).toThrow(new TypeError(`bptt: ${message}`));
});

test("bptt refuses options it does not know", () => {
  const problem = new ScalarRNN().problem(2);
  expect(() => bptt(problem, { lossAt: "end" as "last" })).toThrow(
    new RangeError('bptt: lossAt must be "every" or "last", got "end"'),
  );
  expect(() => bptt(problem, { lossAt: [0, 2] })).toThrow(
    new RangeError("bptt: lossAt must be increasing steps less than 2, got [0, 2]"),
  );
  expect(() => bptt(problem, { lossAt: [1, 0] })).toThrow(
    new RangeError("bptt: lossAt must be increasing steps less than 2, got [1, 0]"),
  );
  expect(() => bptt(problem, { lossAt: [0.5] })).toThrow(
    new RangeError("bptt: lossAt[0] must be an integer >= 0, got 0.5"),
  );
  expect(() => bptt(problem, { lossAt: [] })).toThrow(new RangeError("bptt: lossAt has no steps"));
  expect(() => bptt(problem, { at: 1 } as never)).toThrow(
    new TypeError('bptt: unknown option "at"; options are lossAt'),
  );
});
