import {
  AnomalyError,
  detectAnomaly,
  GRU,
  GRUCell,
  LSTM,
  Module,
  type Parameter,
  RNN,
  scan,
  type Variable,
} from "@rnn/nn";
import { Generator, ones, randn, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import type { Any } from "./it-refuses.ts";

function anomalyOf(fn: () => unknown, model?: Module): AnomalyError {
  try {
    detectAnomaly(fn, { model });
  } catch (error) {
    if (error instanceof AnomalyError) return error;
    throw error;
  }
  throw new Error("no anomaly was found");
}

const generator = new Generator(0);
const parameterOf = (model: Module, name: string): Parameter =>
  model.namedParameters().find(([each]) => each === name)![1];

/** A RNN of one unit whose h doubles in every step: h' = relu(x + 2 h). */
function doubling(options: object = {}): RNN {
  const rnn = new RNN({ inputSize: 1, hiddenSize: 1, nonlinearity: "relu", bias: false, ...options });
  for (const [name, { value }] of rnn.namedParameters()) value.data.fill(name.includes("hh") ? 2 : 1);
  return rnn;
}

const sizes = { inputSize: 3, hiddenSize: 4, generator };
const large = { inputSize: 16, hiddenSize: 32, generator }; // runs in WebAssembly
const layers: [string, (options?: object) => Module & { forward: Any }][] = [
  ["RNN", (options) => new RNN({ ...sizes, ...options })],
  ["LSTM", (options) => new LSTM({ ...sizes, ...options })],
  ["large LSTM", (options) => new LSTM({ ...large, ...options })],
  ["projected LSTM", (options) => new LSTM({ ...sizes, projSize: 2, ...options })],
  ["GRU", (options) => new GRU({ ...sizes, ...options })],
  ["large GRU", (options) => new GRU({ ...large, ...options })],
  ["GRU with reset before", (options) => new GRU({ ...sizes, resetAfter: false, ...options })],
];

describe.each(layers)("detectAnomaly finds the step in %s", (_, make) => {
  /** Ones, and a number that is not finite at step `t` of row 1 of 2. */
  const input = (layer: Module, L: number, t: number): Tensor => {
    const width = parameterOf(layer, "weight_ih_l0").shape[1] as number;
    const x = randn([L, 8, width], { generator });
    x.data[(t * 8 + 1) * width] = Number.NaN;
    return x;
  };

  it("in which a value is NaN", () => {
    for (const options of [{}, { recurrentDropout: 0.5 }, { numLayers: 2 }]) {
      const layer = make(options);
      const error = anomalyOf(() => layer.forward(input(layer, 5, 3)));
      expect(error).toMatchObject({ pass: "forward", step: 3, parameter: null });
    }
  });

  it("counting from the end where it is read from there", () => {
    const layer = make({ goBackwards: true });
    const error = anomalyOf(() => layer.forward(input(layer, 5, 3)));
    expect(error).toMatchObject({ step: 3 });
    expect(error.position[1]).toBe(1);
  });

  it("and the row, in the batch as it was given", () => {
    const layer = make();
    const mask = ones([5, 8], { dtype: "bool" });
    mask.data[8 * 2 + 1] = 0; // step 2 of row 1 is left out
    for (const options of [{ mask }, { lengths: [1, 5, 2, 5, 5, 3, 0, 4] }]) {
      const error = anomalyOf(() => layer.forward(input(layer, 5, 3), options));
      expect(error).toMatchObject({ step: 3 });
      expect(error.position.slice(0, 2)).toEqual([3, 1]);
    }
  });

  it("in which a weight is NaN: the first one", () => {
    const layer = make();
    parameterOf(layer, "weight_hh_l0").value.data[0] = Number.NaN;
    const width = parameterOf(layer, "weight_ih_l0").shape[1] as number;
    expect(anomalyOf(() => layer.forward(randn([4, 2, width], { generator })))).toMatchObject({
      step: 0,
      parameter: "weight_hh_l0",
    });
  });

  it("where a gradient comes in that is not finite", () => {
    const layer = make();
    const width = parameterOf(layer, "weight_ih_l0").shape[1] as number;
    const run = (): void => {
      const { output } = layer.forward(randn([4, 2, width], { generator })) as { output: Variable };
      const gradient = zeros(output.shape);
      gradient.data[(2 * output.size) / 4] = Infinity;
      output.backward(gradient);
    };
    const error = anomalyOf(run);
    expect(error).toMatchObject({ pass: "backward", step: 2, operation: expect.stringMatching(/Sequence$/) });
  });
});

describe("detectAnomaly", () => {
  it("names the step in which a value overflows", () => {
    const error = anomalyOf(() => doubling().forward(zeros([200, 1, 1]), { state: { h: ones([1, 1, 1]) } }));
    expect(error.message).toBe(
      'detectAnomaly: "rnnSequence" of "weight_ih_l0", "weight_hh_l0" gave Infinity in step 127, at position [127,0,0] of [200,1,1] in result 0; its inputs are finite',
    );
    expect(error.step).toBe(127); // 2^128
  });

  it("names layer, direction, parameter and step of a gradient that explodes", () => {
    class Model extends Module {
      readonly encoder = this.child("encoder", doubling({ bidirectional: true }));
      override forward(x: Tensor): Variable {
        const { output } = this.encoder.forward(x);
        return output.select(0, 0).sum(); // of the backward direction the last step
      }
    }
    const model = new Model();
    const x = zeros([200, 1, 1]);
    x.data.fill(1e-38); // h stays finite for a while, its slope is 1 everywhere
    const error = anomalyOf(
      () =>
        model
          .forward(x.slice([0, 140]))
          .mul(1e-2)
          .backward(),
      model,
    );
    expect(error).toMatchObject({ pass: "backward", layer: "encoder", operation: "rnnSequence" });
    expect(error.parameter).toBe("encoder.weight_ih_l0_reverse");
    // the gradient of step t is 0.01 * 2^t: more than float32 holds from step 135 on
    expect(error.message).toBe(
      'detectAnomaly: the backward of "rnnSequence" of layer 0, backward in "encoder" (RNN) gave Infinity in step 135, ' +
        'at position [0,0] of [1,1] for input 2, parameter "encoder.weight_ih_l0_reverse"; the gradient that reached it is finite',
    );
    expect(error.step).toBe(135);
  });

  it("names the step of a scan", () => {
    const cell = new GRUCell({ inputSize: 1, hiddenSize: 2 });
    const x = tensor([[[1]], [[1]], [[0]], [[1]]]);
    const step = (row: Variable, state?: { h: Variable }): { h: Variable } => cell.forward(row.log(), state);
    expect(anomalyOf(() => scan(step, x))).toMatchObject({ step: 2, operation: "log" });
    expect(anomalyOf(() => scan(cell, x.sub(1).sqrt()))).toMatchObject({ step: 2, operation: "unbind" });
    const run = (): void =>
      scan(
        (row, state?: { h: Variable }) => {
          const h = cell.forward(row, state).h;
          return { h: state === undefined ? h : h.mul(1e-2).mul(1e2) };
        },
        zeros([4, 1, 1]),
      )
        .output.sum()
        .mul(1e38)
        .backward();
    expect(anomalyOf(run)).toMatchObject({ pass: "backward", step: 3 });
  });

  it("leaves gradients, and what needs none, as they are", () => {
    const lstm = new LSTM({ inputSize: 2, hiddenSize: 3 });
    const x = randn([4, 2, 2]);
    lstm.forward(x).output.sum().backward();
    const wanted = lstm.parameters().map((p) => p.grad!.toArray());
    lstm.zeroGrad();
    detectAnomaly(() => lstm.forward(x).output.sum().backward());
    expect(lstm.parameters().map((p) => p.grad!.toArray())).toEqual(wanted);
  });
});
