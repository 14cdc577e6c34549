import type { Variable } from "@rnn/nn";
import { Generator } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { textBlock } from "../text-task.ts";
import { BaumWelch } from "./baum-welch.ts";
import { HmmClassifier } from "./hmm-classifier.ts";

/** Words 2 and 3: class 0 repeats itself, class 1 alternates. Counts of words hardly tell them apart. */
const TEXTS = [
  [2, 2, 2, 3, 3, 3],
  [3, 3, 3, 2, 2, 2],
  [2, 2, 3, 3, 3, 3],
  [3, 3, 3, 3, 2, 2, 2],
  [2, 3, 2, 3, 2, 3],
  [3, 2, 3, 2, 3, 2],
  [2, 3, 2, 3, 2],
  [3, 2, 3, 2, 3, 2, 3],
];
const CLASSES = [0, 0, 0, 0, 1, 1, 1, 1];

function learned(
  states: number,
  steps: number,
  classes: number = 2,
): { model: HmmClassifier; losses: number[] } {
  const model = new HmmClassifier({ kind: "hmm", words: 4, states, classes }, new Generator(1));
  const optimizer = new BaumWelch(model.parameters(), { samples: TEXTS.length, smoothing: 0.01 });
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const loss = model.loss(textBlock(TEXTS), CLASSES);
    loss.backward();
    losses.push(loss.item());
    optimizer.step();
    optimizer.zeroGrad();
  }
  return { model, losses };
}

const valuesOf = ({ value }: Variable): number[] => Array.from(value.data);

describe("a classifier of hidden Markov models", () => {
  it("tells orders of words apart of nearly the same counts, where naive Bayes cannot", () => {
    const { model, losses } = learned(2, 60);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 1);
    const logits = valuesOf(model.forward(textBlock(TEXTS)));
    expect(logits.map((logit) => Number(logit > 0))).toEqual(CLASSES);
    const bayes = valuesOf(learned(1, 2).model.forward(textBlock(TEXTS)));
    expect(Math.max(...bayes.map(Math.abs))).toBeLessThan(0.7);
  });

  it("never becomes less likely but for the smoothing", () => {
    const { losses } = learned(2, 40);
    losses.slice(1).forEach((loss, n) => {
      expect(loss).toBeLessThan(losses[n]! + 1e-3);
    });
  });

  it("with one state is naive Bayes: shares of words and of classes, smoothed", () => {
    const { model } = learned(1, 1);
    const share = (count: number, of: number) => Math.log((count + 0.01) / (of + 0.04));
    // class 0 has 11 times word 2 and 14 times word 3, class 1 has 12 of each
    const expected = [
      [0, 1, 11, 14].map((count, word) => share(word < 2 ? 0 : count, 25)),
      [0, 1, 12, 12].map((count, word) => share(word < 2 ? 0 : count, 24)),
    ].flat();
    const emission = new Map(model.namedParameters()).get("emission")!;
    valuesOf(emission).forEach((log, i) => {
      expect(log).toBeCloseTo(expected[i]!, 5);
    });
    const prior = new Map(model.namedParameters()).get("prior")!;
    for (const log of valuesOf(prior)) expect(log).toBeCloseTo(Math.log(0.5), 5);
  });

  it("does not see the padding, and gives one logit per class for three classes", () => {
    const { model } = learned(2, 5, 3);
    const together = model.forward(textBlock([[2, 3, 2], [3]]));
    expect(together.shape).toEqual([2, 3]);
    expect(valuesOf(together).slice(3)).toEqual(valuesOf(model.forward(textBlock([[3]]))));
  });

  it("loses nothing in its state dict", () => {
    const { model } = learned(2, 5);
    const other = new HmmClassifier(model.config, new Generator(9));
    other.loadStateDict(model.stateDict());
    const block = textBlock([[2, 2, 3]]);
    expect(valuesOf(other.forward(block))).toEqual(valuesOf(model.forward(block)));
  });
});
