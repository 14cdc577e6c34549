import { Linear, Parameter } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { Adagrad } from "./adagrad.ts";
import { Adam } from "./adam.ts";
import { RMSprop } from "./rmsprop.ts";
import { SGD, type SGDOptions } from "./sgd.ts";

const named = (name: string, values: number[] = [1, 2]): Parameter => {
  const parameter = new Parameter(tensor(values));
  parameter.name = name;
  return parameter;
};

describe("parameter groups", () => {
  test("a group's own options replace the shared ones, which replace the defaults", () => {
    const optimizer = new SGD(
      [{ parameters: [named("a")], learningRate: 0.5 }, { parameters: [named("b")] }],
      {
        momentum: 0.9,
        learningRate: undefined,
      },
    );
    expect(optimizer.parameterGroups.map(({ learningRate, momentum }) => [learningRate, momentum])).toEqual([
      [0.5, 0.9],
      [0.001, 0.9],
    ]);
  });

  test("any iterable of parameters will do", () => {
    const parameters = new Set([named("a"), named("b")]);
    expect(new SGD(parameters).parameterGroups[0]?.parameters).toEqual([...parameters]);
  });

  test("a learning rate assigned to a group is used by the next step", () => {
    const w = named("w");
    const optimizer = new SGD([w], { learningRate: 1 });
    w.grad = tensor([1, 1]);
    optimizer.parameterGroups[0]!.learningRate = 0.25;
    optimizer.step();
    expect(w.value.toArray()).toEqual([0.75, 1.75]);
  });
});

describe("optimizers refuse what they cannot use", () => {
  const a = named("fc.weight");

  test.each<[string, () => unknown, string]>([
    ["no parameters", () => new SGD([]), "SGD: got no parameters to optimize"],
    [
      "a parameter given twice",
      () => new SGD([a, named("b"), a]),
      'SGD: "fc.weight" appears twice, at positions 0 and 2',
    ],
    [
      "a parameter in two groups",
      () => new SGD([{ parameters: [a] }, { parameters: [a] }]),
      'SGD: "fc.weight" appears twice, at positions 0 and 1',
    ],
    [
      "parameters beside groups",
      () => new SGD([a, { parameters: [named("b")] }] as unknown as Parameter[]),
      "SGD: item 0 is a parameter beside groups; pass either parameters or groups { parameters, ...options }",
    ],
    [
      "names with parameters",
      () => new SGD([["w", a]] as unknown as Parameter[]),
      'SGD: item 0 is ["w", an object of Parameter]; pass either parameters or groups { parameters, ...options }',
    ],
    [
      "something else in a group",
      () => new SGD([{ parameters: [3 as unknown as Parameter] }]),
      "SGD: parameter 0 is 3, not a Parameter",
    ],
    [
      "a model",
      () => new SGD(new Linear({ inFeatures: 1, outFeatures: 1 }) as never),
      "SGD: parameters must be a list of parameters or groups, got an object of Linear; pass model.parameters()",
    ],
    [
      "a parameter alone",
      () => new SGD(a as never),
      "SGD: parameters must be a list of parameters or groups, got an object of Parameter; pass [parameter]",
    ],
    [
      "nothing",
      () => new SGD(undefined as never),
      "SGD: parameters must be a list of parameters or groups, got undefined; pass a list such as model.parameters()",
    ],
    [
      "a model in a group",
      () => new SGD([{ parameters: new Linear({ inFeatures: 1, outFeatures: 1 }) as never }]),
      "SGD: parameters of group 0 must be a list of parameters, got an object of Linear; pass model.parameters()",
    ],
    [
      "a rate instead of options",
      () => new SGD([a], 0.1 as SGDOptions),
      "SGD: options must be an object, got 0.1; options are learningRate, momentum, dampening, weightDecay, nesterov, maximize",
    ],
    [
      "null instead of options",
      () => new SGD([a], null as never),
      "SGD: options must be an object, got null; options are learningRate, momentum, dampening, weightDecay, nesterov, maximize",
    ],
    [
      "a switch that is not one",
      () => new SGD([a], { maximize: "no" as never }),
      'SGD: maximize must be true or false, got "no"',
    ],
    [
      "betas that are no list",
      () => new Adam([a], { betas: 0.9 as never }),
      "Adam: betas must be a list of two numbers, got 0.9",
    ],
    [
      "a truth value for zeroGrad",
      () => new SGD([a]).zeroGrad(false as never),
      "SGD.zeroGrad: options must be an object, got false; options are setToNull",
    ],
    [
      "an unknown option",
      () => new SGD([a], { lr: 0.1 } as SGDOptions),
      'SGD: unknown option "lr" (did you mean "learningRate"?); options are learningRate, momentum, dampening, weightDecay, nesterov, maximize',
    ],
    [
      "a view",
      () =>
        new SGD([
          new Parameter(
            tensor([
              [1, 2],
              [3, 4],
            ]).transpose(0, 1),
          ),
        ]),
      "SGD: parameter 0 is a strided view; make it from value.contiguous()",
    ],
    [
      "a rate below zero",
      () => new SGD([a], { learningRate: -1 }),
      "SGD: learningRate must be a finite number >= 0, got -1",
    ],
    [
      "an infinite rate",
      () => new Adam([a], { learningRate: Infinity }),
      "Adam: learningRate must be a finite number >= 0, got Infinity",
    ],
    [
      "a NaN momentum",
      () => new SGD([a], { momentum: Number.NaN }),
      "SGD: momentum must be a finite number >= 0, got NaN",
    ],
    [
      "nesterov without momentum",
      () => new SGD([a], { nesterov: true }),
      "SGD: nesterov needs momentum > 0 and dampening 0, got momentum 0 and dampening 0",
    ],
    [
      "a beta of 1",
      () => new Adam([a], { betas: [0.9, 1] }),
      "Adam: betas[1] must be a finite number >= 0 and < 1, got 1",
    ],
    [
      "an option of a group",
      () => new Adam([{ parameters: [a], eps: -1 }]),
      "Adam: eps must be a finite number >= 0, got -1",
    ],
    [
      "alpha below zero",
      () => new RMSprop([a], { alpha: -0.1 }),
      "RMSprop: alpha must be a finite number >= 0, got -0.1",
    ],
    [
      "a start below zero",
      () => new Adagrad([a], { initialAccumulatorValue: -1 }),
      "Adagrad: initialAccumulatorValue must be a finite number >= 0, got -1",
    ],
  ])("%s", (_, make, message) => {
    const isTypeError =
      /; pass |not a Parameter|unknown option|must be (an object|true or false|a list)/.test(message);
    const type = isTypeError ? TypeError : RangeError;
    expect(make).toThrow(new type(message));
  });
});
