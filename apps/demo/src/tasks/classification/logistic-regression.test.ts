import { describe, expect, it } from "vitest";
import { trainLogisticRegression } from "./logistic-regression.ts";
import { classOf } from "./objective.ts";

describe("trainLogisticRegression", () => {
  it("learns which words go with which label", async () => {
    const rows = ["good film", "a good phone", "bad film", "a bad phone"].flatMap((text) => [
      text,
      `${text} here`,
    ]);
    const examples = rows.map((text) => ({ text, label: text.includes("good") ? "up" : "down" }));
    const regression = (await trainLogisticRegression(examples, ["down", "up"]))!;
    expect(regression.words).toBe(5);
    expect(regression.logits(["good thing", "bad thing"]).map((logits) => classOf(logits))).toEqual([1, 0]);
  });

  it("learns several classes", async () => {
    const examples = ["red", "green", "blue"].flatMap((label) => [
      { text: `it is ${label}`, label },
      { text: label, label },
    ]);
    const regression = (await trainLogisticRegression(examples, ["blue", "green", "red"]))!;
    expect(regression.logits(["green", "so red", "blue"]).map((logits) => classOf(logits))).toEqual([
      1, 2, 0,
    ]);
  });

  it("comes to rest: the gradient of its penalized loss is small", async () => {
    // one word, n texts: the optimum solves sum(p - y) x + w = 0 with the bias at sum(p - y) = 0
    const examples = [
      { text: "good", label: "up" },
      { text: "good", label: "up" },
      { text: "of", label: "down" },
      { text: "of", label: "down" },
    ];
    const regression = (await trainLogisticRegression(examples, ["down", "up"]))!;
    const [good, of] = regression.logits(["good", "of"]).flat();
    expect(good).toBeCloseTo(-of!, 3);
    // by symmetry w = logit(good) for "good" and -w for "of": w = 2 (1 - sigmoid(w))
    expect(good! - 2 / (1 + Math.exp(good!))).toBeCloseTo(0, 3);
  });

  it("has nothing to count where there are no words", async () => {
    expect(
      await trainLogisticRegression(
        [
          { text: "!", label: "a" },
          { text: "?", label: "b" },
        ],
        ["a", "b"],
      ),
    ).toBeUndefined();
  });
});
