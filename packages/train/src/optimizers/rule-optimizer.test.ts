import { Parameter } from "@rnn/nn";
import { type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { Adagrad } from "./adagrad.ts";
import { Adam } from "./adam.ts";
import { AdamW } from "./adamw.ts";
import { NAdam } from "./nadam.ts";
import type { Optimizer } from "./optimizer.ts";
import { RAdam } from "./radam.ts";
import { RMSprop } from "./rmsprop.ts";
import { SGD } from "./sgd.ts";

/** A gradient that is different at every step and element. */
const gradientAt = (step: number): Tensor => tensor([Math.sin(step + 1), Math.cos(3 * step), step - 2]);

const makers: [string, (parameters: Parameter[]) => Optimizer][] = [
  ["SGD", (p) => new SGD(p, { learningRate: 0.1 })],
  [
    "SGD with momentum",
    (p) => new SGD(p, { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
  ],
  ["Adam", (p) => new Adam(p, { learningRate: 0.1, amsgrad: true })],
  ["AdamW", (p) => new AdamW(p, { learningRate: 0.1 })],
  ["NAdam", (p) => new NAdam(p, { learningRate: 0.1, weightDecay: 0.1 })],
  ["RAdam", (p) => new RAdam(p, { learningRate: 0.1, betas: [0.9, 0.5] })],
  ["RMSprop", (p) => new RMSprop(p, { learningRate: 0.1, centered: true, momentum: 0.5 })],
  ["Adagrad", (p) => new Adagrad(p, { learningRate: 0.1, learningRateDecay: 0.1 })],
];

describe.each(makers)("%s", (_name, make) => {
  const train = (optimizer: Optimizer, w: Parameter, from: number, to: number): void => {
    for (let step = from; step < to; step++) {
      w.grad = gradientAt(step).to(w.dtype);
      optimizer.step();
    }
  };

  test("a parameter without a gradient stays as it is, and its steps do not count", () => {
    const [w, frozen] = [new Parameter(tensor([1, 2, 3])), new Parameter(tensor([4, 5]))];
    const optimizer = make([w, frozen]);
    train(optimizer, w, 0, 3);
    expect(frozen.value.toArray()).toEqual([4, 5]);
    expect(optimizer.stateDict().steps).toEqual([3, 0]);
  });

  test("the parameter's own memory is updated", () => {
    const value = tensor([1, 2, 3]);
    const w = new Parameter(value);
    train(make([w]), w, 0, 1);
    expect(w.value).toBe(value);
    expect(value.toArray()).not.toEqual([1, 2, 3]);
  });

  test("gradients are not written", () => {
    const w = new Parameter(tensor([1, 2, 3]));
    train(make([w]), w, 0, 1);
    expect(w.grad?.toArray()).toEqual(gradientAt(0).toArray());
  });

  test("a saved state goes on with exactly the same numbers", () => {
    const whole = new Parameter(tensor([1, 2, 3]));
    train(make([whole]), whole, 0, 6);

    const first = new Parameter(tensor([1, 2, 3]));
    const before = make([first]);
    train(before, first, 0, 3);
    const saved = before.stateDict();
    const resumed = new Parameter(first.value.clone());
    train(before, first, 3, 4); // the saved state is a copy
    const after = make([resumed]);
    after.loadStateDict({ ...saved, groups: JSON.parse(JSON.stringify(saved.groups)) });
    train(after, resumed, 3, 6);
    expect(resumed.value.toArray()).toEqual(whole.value.toArray());
  });

  test("float64 parameters are updated in float64", () => {
    const narrow = new Parameter(tensor([1, 2, 3]));
    const wide = new Parameter(tensor([1, 2, 3], { dtype: "float64" }));
    train(make([narrow]), narrow, 0, 2);
    train(make([wide]), wide, 0, 2);
    wide.value.data.forEach((value, i) => {
      expect(Math.fround(value)).not.toBe(value);
      expect(value).toBeCloseTo(narrow.value.data[i]!, 5);
    });
  });

  test("maximize goes the other way", () => {
    const [down, up] = [new Parameter(tensor([0, 0, 0])), new Parameter(tensor([0, 0, 0]))];
    const [falling, rising] = [make([down]), make([up])];
    Object.assign(rising.parameterGroups[0]!, { maximize: true });
    train(falling, down, 0, 3);
    train(rising, up, 0, 3);
    expect(up.value.toArray()).toEqual(Array.from(down.value.data, (value) => -value));
  });
});

describe("zeroGrad", () => {
  test("sets gradients to null", () => {
    const w = new Parameter(tensor([1]));
    w.grad = tensor([2]);
    new SGD([w]).zeroGrad();
    expect(w.grad).toBeNull();
  });

  test("with setToNull false fills existing gradients with zeros", () => {
    const [w, fresh] = [new Parameter(tensor([1])), new Parameter(tensor([1]))];
    w.grad = tensor([2]);
    new SGD([w, fresh]).zeroGrad({ setToNull: false });
    expect(w.grad?.toArray()).toEqual([0]);
    expect(fresh.grad).toBeNull();
  });
});

describe("step", () => {
  test("refuses a gradient of another size", () => {
    const w = new Parameter(tensor([1, 2]));
    w._grad = tensor([1, 2, 3]); // past the setter, which refuses it too
    expect(() => new Adam([w]).step()).toThrow(
      new RangeError("Adam.step: the gradient of parameter 0 has 3 elements, the parameter 2"),
    );
  });

  test("reads gradients that are views", () => {
    const w = new Parameter(zeros([2, 2]));
    w.grad = tensor([
      [1, 2],
      [3, 4],
    ]).transpose(0, 1);
    new SGD([w], { learningRate: 1 }).step();
    expect(w.value.toArray()).toEqual([
      [-1, -3],
      [-2, -4],
    ]);
  });

  test("centred RMSprop does not turn a constant gradient into NaN", () => {
    const w = new Parameter(tensor([0]));
    const optimizer = new RMSprop([w], { centered: true, alpha: 0.5 });
    for (let step = 0; step < 200; step++) {
      w.grad = tensor([0.1]);
      optimizer.step();
    }
    expect(w.value.item()).not.toBeNaN();
  });
});

describe("loadStateDict", () => {
  const adam = (): Adam => {
    const w = new Parameter(tensor([1, 2]));
    w.name = "w";
    w.grad = tensor([1, 1]);
    return new Adam([w]);
  };
  const saved = (() => {
    const optimizer = adam();
    optimizer.step();
    return optimizer.stateDict();
  })();

  test("the state is plain data and tensors under PyTorch's names", () => {
    expect(saved.groups).toEqual([
      {
        size: 1,
        options: {
          learningRate: 0.001,
          betas: [0.9, 0.999],
          eps: 1e-8,
          weightDecay: 0,
          amsgrad: false,
          maximize: false,
        },
      },
    ]);
    expect([...saved.tensors.keys()]).toEqual(["0.exp_avg", "0.exp_avg_sq"]);
  });

  test("the saved options replace the present ones", () => {
    const optimizer = adam();
    optimizer.parameterGroups[0]!.learningRate = 3;
    optimizer.loadStateDict(saved);
    expect(optimizer.parameterGroups[0]!.learningRate).toBe(0.001);
  });

  test.each<[string, object, string]>([
    ["another class", { optimizer: "SGD" }, 'Adam.loadStateDict: the state was saved by "SGD"'],
    [
      "other groups",
      { groups: [{ size: 2, options: {} }] },
      "Adam.loadStateDict: the state has groups of [2] parameters, the optimizer of [1]",
    ],
    [
      "an option out of range",
      { groups: [{ size: 1, options: { eps: -1 } }] },
      "Adam.loadStateDict: eps must be a finite number >= 0, got -1",
    ],
    ["missing steps", { steps: [] }, "Adam.loadStateDict: steps must be 1 whole numbers, got []"],
    ["steps below zero", { steps: [-1] }, "Adam.loadStateDict: steps must be 1 whole numbers, got [-1]"],
    [
      "an unknown tensor",
      { tensors: new Map([["0.momentum_buffer", tensor([1, 2])]]) },
      'Adam.loadStateDict: unexpected tensor "0.momentum_buffer"; expected 0..0 with exp_avg, exp_avg_sq, max_exp_avg_sq',
    ],
    [
      "a tensor of a parameter that does not exist",
      { tensors: new Map([["1.exp_avg", tensor([1, 2])]]) },
      'Adam.loadStateDict: unexpected tensor "1.exp_avg"; expected 0..0 with exp_avg, exp_avg_sq, max_exp_avg_sq',
    ],
    [
      "a tensor of another shape",
      { tensors: new Map([["0.exp_avg", tensor([1, 2, 3])]]) },
      'Adam.loadStateDict: "0.exp_avg" has shape [3], but "w" has shape [2]',
    ],
  ])("refuses %s and changes nothing", (_, change, message) => {
    const optimizer = adam();
    optimizer.step();
    const before = optimizer.stateDict();
    expect(() => optimizer.loadStateDict({ ...saved, ...change })).toThrow(new RangeError(message));
    expect(optimizer.stateDict()).toEqual(before);
  });

  test.each<[unknown, string]>([
    [undefined, "state must be what stateDict() returned, got undefined"],
    [{}, 'state must be what stateDict() returned, with the member "optimizer", got an object'],
    [{ optimizer: "Adam" }, "groups must be a list of groups, got undefined"],
    [{ optimizer: "Adam", groups: [5] }, "groups[0] must be { size, options }, got 5"],
    [{ optimizer: "Adam", groups: [{ size: 1 }] }, "groups[0].options must be an object, got undefined"],
    [{ optimizer: "Adam", groups: [] }, "steps must be a list of whole numbers, got undefined"],
    [{ optimizer: "Adam", groups: [], steps: [1], tensors: {} }, "tensors must be a Map, got an object"],
    [
      { optimizer: "Adam", groups: [], steps: [1], tensors: new Map([["0.exp_avg", [1]]]) },
      '"0.exp_avg" must be a Tensor, got [1]; make it with tensor(...)',
    ],
  ])("refuses %o, which is no saved state", (state, message) => {
    expect(() => adam().loadStateDict(state as never)).toThrow(
      new TypeError(`Adam.loadStateDict: ${message}`),
    );
  });
});
