import { Linear, LSTM, Parameter } from "@rnn/nn";
import { tensor, zeros } from "@rnn/tensor";
import { expect, test } from "vitest";
import { ExponentialMovingAverage } from "../src/exponential-moving-average.ts";
import { Adam } from "../src/optimizers/adam.ts";
import { SGD } from "../src/optimizers/sgd.ts";

function refusal(parameter: string, operation: string): Error {
  return new Error(
    `backward: parameter ${parameter} was changed after "${operation}" had used it, so the gradients would be wrong; ` +
      "call backward() before optimizer.step(), loadStateDict() and the like, or compute the loss again",
  );
}

test("a step between forward and backward is refused", () => {
  const w = new Parameter(tensor([2]));
  const optimizer = new SGD([w], { learningRate: 0.5 });
  const loss = w.mul(w).sum();
  w.grad = tensor([1]);
  optimizer.step();
  optimizer.zeroGrad();
  expect(() => loss.backward()).toThrow(refusal("of shape [1]", "mul"));
  expect(w.grad).toBeNull();
});

test("a step that leaves a parameter as it is, for want of a gradient, is fine", () => {
  const w = new Parameter(tensor([2]));
  const loss = w.mul(w).sum();
  new SGD([w], { learningRate: 0.5 }).step();
  loss.backward();
  expect(w.grad?.toArray()).toEqual([4]);
});

test("two losses of one LSTM: the second is refused after a step for the first", () => {
  const layer = new LSTM({ inputSize: 2, hiddenSize: 3 });
  const optimizer = new Adam(layer.parameters());
  const [first, second] = [1, 2].map(() => layer.forward(zeros([4, 1, 2])).output.sum());
  first!.backward();
  optimizer.step();
  expect(() => second!.backward()).toThrow(refusal('"weight_hh_l0"', "lstmSequence"));
});

test("two models that train in turns do not disturb each other", () => {
  const [generator, judge] = [1, 2].map(() => new Linear({ inFeatures: 2, outFeatures: 2 }));
  const steps = [generator!, judge!].map((model) => new SGD(model.parameters(), { learningRate: 0.1 }));
  const noise = tensor([[0.5, -1]]);
  for (let step = 0; step < 3; step++) {
    const made = generator!.forward(noise);
    judge!.forward(made.detach()).sum().backward();
    steps[1]!.step();
    judge!.zeroGrad();
    judge!.forward(made).sum().backward(); // computed after the step: made is still what it was
    steps[0]!.step();
    for (const each of steps) each.zeroGrad();
  }
});

test("an exchange of weights and averages between forward and backward is refused", () => {
  const layer = new LSTM({ inputSize: 2, hiddenSize: 3 });
  const average = new ExponentialMovingAverage(layer);
  const forward = () => layer.forward(zeros([4, 1, 2])).output.sum();
  const early = forward();
  average.swap(); // nothing to exchange yet
  early.backward();
  average.update();
  const loss = forward();
  average.swap();
  expect(() => loss.backward()).toThrow(refusal('"weight_hh_l0"', "lstmSequence"));
  expect(() => forward().backward()).not.toThrow();
});
