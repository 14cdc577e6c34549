import { tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { noGrad } from "../autograd/no-grad.ts";
import { Parameter } from "../autograd/parameter.ts";
import { record, recordAll } from "../autograd/record.ts";
import { type Variable, variable } from "../autograd/variable.ts";
import { where } from "../functional/where.ts";
import { Linear } from "../layers/linear.ts";
import { LSTM } from "../layers/lstm.ts";
import { Sequential } from "../layers/sequential.ts";
import type { Module } from "../module.ts";
import { AnomalyError, detectAnomaly } from "./detect-anomaly.ts";

function anomalyOf(fn: () => unknown, model?: Module): AnomalyError {
  try {
    detectAnomaly(fn, { model });
  } catch (error) {
    if (error instanceof AnomalyError) return error;
    throw error;
  }
  throw new Error("no anomaly was found");
}

const messageOf = (fn: () => unknown, model?: Module): string => anomalyOf(fn, model).message;
const leaf = (values: Parameters<typeof variable>[0]): Variable => variable(values, { requiresGrad: true });

describe("detectAnomaly in the forward pass", () => {
  it("names the operation that made the first bad number, and where it is", () => {
    const x = leaf([
      [1, 2],
      [0, 3],
    ]);
    const error = anomalyOf(() => x.mul(2).log().exp().sum());
    expect(error.message).toBe(
      'detectAnomaly: "log" gave -Infinity at position [1,0] of [2,2]; its inputs are finite',
    );
    expect(error).toMatchObject({
      name: "AnomalyError",
      operation: "log",
      pass: "forward",
      layer: null,
      parameter: null,
      position: [1, 0],
    });
  });

  it("looks at constants and inside noGrad too", () => {
    expect(messageOf(() => noGrad(() => variable([-1]).sqrt()))).toBe(
      'detectAnomaly: "sqrt" gave NaN at position [0] of [1]; its inputs are finite',
    );
  });

  it("says which input was bad already: data, a parameter or a number", () => {
    const x = leaf([1, 2]);
    expect(messageOf(() => x.mul(tensor([1, Number.NaN])))).toBe(
      'detectAnomaly: "mul" gave NaN at position [1] of [2]; input 1 is NaN at position [1] of [2]',
    );
    expect(messageOf(() => x.add(Number.NaN))).toBe(
      'detectAnomaly: "add" gave NaN at position [0] of [2]; input 1 is NaN',
    );
    const fc = new Linear({ inFeatures: 2, outFeatures: 1 });
    fc.weight.value.data[1] = Infinity;
    const error = anomalyOf(() => new Sequential([fc]).forward(x.reshape([1, 2])));
    expect(error.message).toBe(
      'detectAnomaly: "linear" of "0.weight", "0.bias" gave Infinity at position [0,0] of [1,1]; ' +
        'input 1, parameter "0.weight", is Infinity at position [0,1] of [1,2]',
    );
    expect(error.parameter).toBe("0.weight");
  });

  it("names the result of an operation that has several", () => {
    const x = leaf([1]);
    const two = (): unknown => recordAll("two", [x], [tensor([1]), tensor([Number.NaN])], () => [null]);
    expect(messageOf(two)).toBe(
      'detectAnomaly: "two" gave NaN at position [0] of [1] in result 1; its inputs are finite',
    );
  });

  it("lets a mask of -Infinity through, but not the NaN that comes of it", () => {
    const scores = leaf([[1, 2]]);
    const masked = (valid: boolean[]): Variable =>
      where(tensor(valid), scores, Number.NEGATIVE_INFINITY).add(1).softmax(1);
    expect(detectAnomaly(() => masked([true, false])).value.toArray()).toEqual([[1, 0]]);
    expect(messageOf(() => masked([false, false]))).toBe(
      'detectAnomaly: "softmax" gave NaN at position [0,0] of [1,2]; input 0 is -Infinity at position [0,0] of [1,2]',
    );
  });

  it("names the layer of a given model", () => {
    const model = new Sequential([
      new Linear({ inFeatures: 2, outFeatures: 2 }),
      new Sequential([new Linear({ inFeatures: 2, outFeatures: 1 }), (x) => (x as Variable).div(0)]),
    ]);
    const error = anomalyOf(() => model.forward(tensor([[1, 2]])), model);
    expect(error.message).toMatch(
      /^detectAnomaly: "div" in "1" \(Sequential\) gave -?Infinity at position \[0,0\] of \[1,1\]; its inputs are finite$/,
    );
    expect(error.layer).toBe("1");
    const lstm = new LSTM({ inputSize: 2, hiddenSize: 2 });
    const input = tensor([[[1, Number.NaN]]]);
    expect(messageOf(() => lstm.forward(input), lstm)).toMatch(
      /^detectAnomaly: "\w+" of layer 0 in LSTM gave NaN in step 0, at position .+; input \d is NaN at position \[0,0,1\] of \[1,1,2\]$/,
    );
  });
});

describe("detectAnomaly in the backward pass", () => {
  it("names the operation whose gradient is bad, and shows where it was called", () => {
    const x = leaf([4, 0]);
    const error = anomalyOf(() => x.sqrt().sum().backward());
    expect(error.message).toBe(
      'detectAnomaly: the backward of "sqrt" gave Infinity at position [1] of [2] for input 0; the gradient that reached it is finite',
    );
    expect(error).toMatchObject({ operation: "sqrt", pass: "backward", position: [1] });
    expect((error.cause as Error).message).toBe('"sqrt" was called here');
    expect((error.cause as Error).stack).toContain("detect-anomaly.test.ts");
  });

  it("names the parameter and the layer", () => {
    const fc = new Linear({ inFeatures: 1, outFeatures: 1, bias: false });
    const broken = new Sequential([
      fc,
      (x) => record("broken", [x, fc.weight], (x as Variable).value, (dy) => [dy, dy.div(0)]),
    ]);
    const error = anomalyOf(() => broken.forward(tensor([[1]])).backward(), broken);
    expect(error.message).toBe(
      'detectAnomaly: the backward of "broken" in Sequential gave Infinity at position [0,0] of [1,1] ' +
        'for input 1, parameter "0.weight"; the gradient that reached it is finite',
    );
    expect(error).toMatchObject({ layer: "", parameter: "0.weight" });
  });

  it("finds a gradient that is bad from the start, or overflows where it adds up", () => {
    const x = leaf([1]);
    expect(messageOf(() => x.mul(2).backward(tensor([Number.NaN])))).toBe(
      'detectAnomaly: the gradient that reaches "mul" is NaN at position [0] of [1]: it was passed to backward(), or is a sum too large for its dtype',
    );
    const y = leaf([0]).mul(1);
    expect(messageOf(() => y.mul(3e38).add(y.mul(3e38)).backward())).toBe(
      'detectAnomaly: the gradient that reaches "mul" is Infinity at position [0] of [1]: it was passed to backward(), or is a sum too large for its dtype',
    );
    const w = new Parameter(tensor([0]));
    w.name = "w";
    expect(messageOf(() => w.mul(3e38).add(w.mul(3e38)).backward())).toBe(
      'detectAnomaly: the gradient of parameter "w" adds up to Infinity at position [0] of [1]; what was added is finite',
    );
    const z = leaf([0]);
    expect(messageOf(() => z.mul(3e38).add(z.mul(3e38)).backward())).toBe(
      "detectAnomaly: the gradient of a variable of shape [1] adds up to Infinity at position [0] of [1]; what was added is finite",
    );
  });

  it("does not mind gradients that nobody asked for", () => {
    const x = leaf([0]);
    const run = (): void => record("half", [x, 1], x.value, (dy) => [dy, dy.div(0)]).backward();
    expect(() => detectAnomaly(run)).not.toThrow();
  });

  it("knows an operation that was recorded outside by its name", () => {
    const y = leaf([0]).sqrt();
    expect(messageOf(() => y.backward())).toContain('the backward of "sqrt" gave Infinity');
  });
});

describe("detectAnomaly", () => {
  it("returns what the function returns, and the same numbers", () => {
    const x = leaf([1, 2]);
    const loss = detectAnomaly(() => {
      const y = x.tanh().sum();
      y.backward();
      return y;
    });
    const other = leaf([1, 2]);
    const again = other.tanh().sum();
    again.backward();
    expect([loss.item(), x.grad?.toArray()]).toEqual([again.item(), other.grad?.toArray()]);
  });

  it("is over when the function is, also after an error, and leaves the model as it was", () => {
    const model = new Sequential([new Linear({ inFeatures: 1, outFeatures: 1 })]);
    anomalyOf(() => model.forward(tensor([[Number.NaN]])), model);
    expect(model.forward(tensor([[Number.NaN]])).item()).toBeNaN();
    expect(Object.hasOwn(model, "forward")).toBe(false);
    expect(Object.hasOwn(model.children()[0] as Module, "forward")).toBe(false);
  });

  it("can be nested", () => {
    const outer = (): void => {
      detectAnomaly(() => variable(1).add(1));
      variable(-1).log();
    };
    expect(messageOf(outer)).toBe('detectAnomaly: "log" gave NaN; its inputs are finite');
  });

  it("passes other errors on, and refuses promises", () => {
    expect(() => detectAnomaly(() => leaf([1, 2]).add(zeros([3])))).toThrow("do not broadcast");
    expect(() => detectAnomaly(async () => 1)).toThrow(
      new TypeError(
        "detectAnomaly: the function returned a promise, and nothing is looked at after its first pause; await first and wrap only the synchronous computation",
      ),
    );
  });
});
