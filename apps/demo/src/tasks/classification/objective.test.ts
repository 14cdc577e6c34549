import { variable } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { balancedWeights, classOf, logOddsOf, lossOf, probabilitiesOf, targetTensor } from "./objective.ts";

describe("targetTensor", () => {
  it("is the probability of the second of two classes, else the class", () => {
    expect(targetTensor(["b", "a"], ["a", "b"])).toMatchObject({ shape: [2, 1], dtype: "float32" });
    expect(targetTensor(["b", "a"], ["a", "b"]).toArray()).toEqual([[1], [0]]);
    expect(targetTensor(["c", "a"], ["a", "b", "c"])).toMatchObject({ shape: [2], dtype: "int32" });
    expect(targetTensor(["c", "a"], ["a", "b", "c"]).toArray()).toEqual([2, 0]);
  });
});

describe("lossOf", () => {
  it("is the mean cross-entropy for two classes and for more", () => {
    const two = lossOf(variable([[2], [0]]), targetTensor(["b", "a"], ["a", "b"])).item();
    expect(two).toBeCloseTo((Math.log(1 + Math.exp(-2)) + Math.log(2)) / 2, 6);
    const three = lossOf(variable([[0, 0, 0]]), tensor([1], { dtype: "int32" })).item();
    expect(three).toBeCloseTo(Math.log(3), 6);
  });
});

describe("class weights", () => {
  it("say what an error counts, for two classes and for more", () => {
    const names = ["a", "b"];
    const two = lossOf(variable([[2], [0]]), targetTensor(["b", "a"], names), [3, 0.5]).item();
    expect(two).toBeCloseTo((0.5 * Math.log(1 + Math.exp(-2)) + 3 * Math.log(2)) / 2, 6);
    const targets = tensor([0, 2], { dtype: "int32" });
    const rows = variable([
      [0, 0, 0],
      [0, 0, 5],
    ]);
    const sure = -Math.log(Math.exp(5) / (2 + Math.exp(5)));
    // the weighted mean of the errors, as in PyTorch
    expect(lossOf(rows, targets, [1, 1, 3]).item()).toBeCloseTo((Math.log(3) + 3 * sure) / 4, 6);
  });

  it("that are balanced give every class the same share", () => {
    const labels = ["a", "b", "b", "b", "c", "c"];
    const weights = balancedWeights(labels, ["a", "b", "c"]);
    expect(weights).toEqual([2, 2 / 3, 1]);
    expect(labels.reduce((sum, label) => sum + weights["abc".indexOf(label)]!, 0)).toBeCloseTo(6, 12);
  });
});

describe("probabilities and log-odds", () => {
  it("are logistic for one logit", () => {
    expect(probabilitiesOf([0], 2)).toEqual([0.5, 0.5]);
    expect(probabilitiesOf([2], 2)[1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
    expect([logOddsOf([2], 1), logOddsOf([2], 0)]).toEqual([2, -2]);
    expect([classOf([0.1]), classOf([-0.1])]).toEqual([1, 0]);
    expect([classOf([0.1], 0.2), classOf([0.3], 0.2)]).toEqual([0, 1]);
  });

  it("are softmax for several", () => {
    const logits = [1, 2, 4];
    const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
    const probabilities = probabilitiesOf(logits, 3);
    logits.forEach((z, k) => {
      const p = Math.exp(z) / total;
      expect(probabilities[k]).toBeCloseTo(p, 12);
      expect(logOddsOf(logits, k)).toBeCloseTo(Math.log(p / (1 - p)), 12);
    });
    expect(classOf(logits)).toBe(2);
    expect(classOf([3, 3, 1])).toBe(0);
  });

  it("stay finite far from zero", () => {
    expect(probabilitiesOf([1000], 2)).toEqual([0, 1]);
    expect(probabilitiesOf([1000, 0, -1000], 3)).toEqual([1, 0, 0]);
    expect(logOddsOf([1000, 0, -1000], 0)).toBe(1000);
  });
});
