import { expectClose } from "@internal/testing";
import { GRU, type GRUState, mseLoss, Parameter, stack, type Variable, variable } from "@rnn/nn";
import { Generator, randn, ShapeError, Tensor, tensor, zeros } from "@rnn/tensor";
import { bptt, lanes, resetState, type SequenceProblem, tbptt } from "@rnn/train";
import { describe, expect, test } from "vitest";

const tolerance = { rtol: 1e-12, atol: 1e-13 };
const length = 12;
const input = (t: number, lane: number): number => Math.sin(1.7 * t + 0.3 + lane);
const target = (t: number, lane: number): number => 0.5 * Math.cos(0.9 * t - lane);
/** Steps at which the sequences of each lane begin. */
const begins = [
  [0, 5, 6],
  [0, 8],
];

/** Two lanes of h_t = tanh(w h_(t-1) + u x_t), with (h_t - y_t)² / 2 at every step and lane. */
class TwoLanes {
  readonly w: Parameter = new Parameter(tensor(0.8, { dtype: "float64" }));
  readonly u: Parameter = new Parameter(tensor(0.6, { dtype: "float64" }));
  readonly calls: [number, number][] = [];

  problem(batchFirst: boolean): SequenceProblem<{ h: Variable }> {
    const both = [0, 1];
    const row = (f: (t: number, lane: number) => number, t: number) =>
      tensor(
        both.map((lane) => [f(t, lane)]),
        { dtype: "float64" },
      );
    return {
      length,
      forward: (start, end, state) => {
        this.calls.push([start, end]);
        let h = state?.h ?? variable(zeros([2, 1], { dtype: "float64" }));
        const states: Variable[] = [];
        for (let t = start; t < end; t++) {
          h = this.w
            .mul(h)
            .add(this.u.mul(row(input, t)))
            .tanh();
          states.push(h);
        }
        return { output: stack(states, batchFirst ? 1 : 0), state: { h } };
      },
      loss: (output, start, end) => {
        const wanted = Array.from({ length: end - start }, (_, i) => variable(row(target, start + i)));
        return output
          .sub(stack(wanted, batchFirst ? 1 : 0))
          .pow(2)
          .sum()
          .div(2);
      },
      resets: (t) => begins.map((steps) => t > 0 && steps.includes(t)),
      batchFirst,
    };
  }

  get gradient(): [number, number] {
    return [this.w.grad!.item(), this.u.grad!.item()];
  }
}

/** [dL/dw, dL/du] as the double sum over t and k, where k stops at the beginning of the sequence and at `from(t)`. */
function byDefinition(from: (t: number) => number): [number, number] {
  const [w, u] = [0.8, 0.6];
  let [dw, du] = [0, 0];
  for (const lane of [0, 1]) {
    const h: number[] = [];
    const before = (t: number) => (begins[lane]!.includes(t) ? 0 : h[t - 1]!);
    for (let t = 0; t < length; t++) h.push(Math.tanh(w * before(t) + u * input(t, lane)));
    for (let t = 0; t < length; t++) {
      const begin = Math.max(...begins[lane]!.filter((step) => step <= t));
      for (let k = Math.max(begin, from(t)); k <= t; k++) {
        let product = h[t]! - target(t, lane);
        for (let j = k + 1; j <= t; j++) product *= w * (1 - h[j]! ** 2);
        dw += product * (1 - h[k]! ** 2) * before(k);
        du += product * (1 - h[k]! ** 2) * input(k, lane);
      }
    }
  }
  return [dw, du];
}

const numbers = (x: Tensor): number[] => x.flatten().toArray() as number[];

describe("lanes in which a sequence begins anew", () => {
  test.each([false, true])("bptt stops at the beginning of each sequence (batchFirst %s)", (batchFirst) => {
    const model = new TwoLanes();
    bptt(model.problem(batchFirst));
    expectClose(
      model.gradient,
      byDefinition(() => 0),
      tolerance,
    );
    expect(model.calls).toEqual([
      [0, 5],
      [5, 6],
      [6, 8],
      [8, 12],
    ]);
  });

  test("so does tbptt, for every k1 and k2", () => {
    for (let k1 = 1; k1 <= length; k1++) {
      for (let k2 = k1; k2 <= length + 1; k2++) {
        const model = new TwoLanes();
        for (const _ of tbptt({ ...model.problem(false), k1, k2 }));
        const want = byDefinition((t) => Math.max(0, t - (t % k1) - (k2 - k1)));
        expectClose(model.gradient, want, tolerance);
      }
    }
  });

  test("a lane's numbers are those of its sequences run one by one", () => {
    const generator = new Generator(3);
    const gru = new GRU({ inputSize: 2, hiddenSize: 4, numLayers: 2, generator, dtype: "float64" });
    const x = randn([9, 2, 2], { generator, dtype: "float64" });
    const outputs: Variable[] = [];
    const chunks = tbptt({
      length: 9,
      k1: 4,
      forward: (start, end, state?: GRUState) => gru.forward(x.slice([start, end]), { state }),
      loss: (output) => {
        outputs.push(output);
        return output.sum();
      },
      resets: (t) => (t === 6 ? Int32Array.of(0, 1) : null),
    });
    for (const _ of chunks);
    const lane = x.slice(null, [1, 2]);
    const alone = [lane.slice([0, 6]), lane.slice([6, 9])].map((part) => gru.forward(part).output);
    const got = outputs.flatMap((output) => numbers(output.value.slice(null, [1, 2])));
    expectClose(
      got,
      alone.flatMap(({ value }) => numbers(value)),
      tolerance,
    );
  });

  test("marks of the beginnings may be laid out in lanes like the stream", () => {
    const [byList, byLanes] = [new TwoLanes(), new TwoLanes()];
    const marks = begins.flatMap((steps) =>
      Array.from({ length }, (_, t) => Number(t > 0 && steps.includes(t))),
    );
    const laidOut = lanes(marks, 2);
    bptt(byList.problem(false));
    bptt({ ...byLanes.problem(false), resets: (t) => laidOut.select(0, t) });
    expect(byLanes.gradient).toEqual(byList.gradient);
  });

  test("a state given from outside can be reset before the first step", () => {
    const state = { h: variable([[1], [2]]) };
    const seen: unknown[] = [];
    bptt({
      length: 1,
      state,
      forward: (_start, _end, before) => {
        seen.push(before?.h.value.toArray());
        return { output: new Parameter(zeros([1])).sum(), state: before! };
      },
      loss: (output) => output,
      resets: () => tensor([true, false]),
    });
    expect(seen).toEqual([[[0], [2]]]);
  });

  test("steps that are padding are left out of the loss by their mask", () => {
    const w = new Parameter(tensor([2, 2]));
    const mask = tensor([
      [1, 1],
      [1, 0],
    ]);
    const { loss } = bptt({
      length: 2,
      forward: (start, end) => ({
        output: w
          .mul(1)
          .unsqueeze(0)
          .expand([end - start, 2]),
        state: null,
      }),
      loss: (output, start, end) =>
        mseLoss(output, zeros([end - start, 2]), { reduction: "none" })
          .mul(mask.slice([start, end]))
          .sum(),
    });
    expect(loss).toBe(12);
    expect(w.grad?.toArray()).toEqual([8, 4]);
  });
});

describe("resetState", () => {
  test("keeps the form, passes gradients of the other lanes only, and turns NaN to zero", () => {
    const h = new Parameter(
      tensor([
        [
          [1, 2],
          [Number.NaN, 4],
        ],
      ]),
    );
    const state = { layers: [h], note: "kept" };
    const reset = resetState(state, new Tensor(Uint8Array.of(0, 1), [2]));
    expect(reset.note).toBe("kept");
    expect(reset.layers[0]!.value.toArray()).toEqual([
      [
        [1, 2],
        [0, 0],
      ],
    ]);
    reset.layers[0]!.sum().backward();
    expect(h.grad?.toArray()).toEqual([
      [
        [1, 1],
        [0, 0],
      ],
    ]);
    expect(resetState(state, [0, false])).toBe(state);
  });

  test.each<[() => unknown, Error]>([
    [
      () => resetState({ h: variable([[1, 2]]) }, [true, false]),
      new ShapeError(
        "resetState: 2 lanes to reset, but the state has shape [1,2]; expected [..., 2, hiddenSize]",
      ),
    ],
    [
      () => resetState({ h: variable([[1, 2]]) }, 1 as never),
      new TypeError("resetState: lanes to reset must be a list of true or false, got 1"),
    ],
    [
      () => [...tbptt({ ...new TwoLanes().problem(false), k1: 6, resets: () => [true] })],
      new ShapeError("tbptt: 1 lanes to reset, but the state has shape [2,1]; expected [..., 1, hiddenSize]"),
    ],
    [
      () => bptt({ ...new TwoLanes().problem(false), resets: [1] as never }),
      new TypeError("bptt: resets must be a function, got [1]"),
    ],
    [
      () => bptt({ ...new TwoLanes().problem(false), batchFirst: 1 as never }),
      new TypeError("bptt: batchFirst must be true or false, got 1"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});
