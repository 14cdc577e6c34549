import { Generator } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { type RecurrentConfig, TextClassifier } from "./model.ts";
import { textBlock } from "./text-task.ts";

const CONFIG: RecurrentConfig = {
  kind: "recurrent",
  cell: "gru",
  words: 9,
  embedding: 3,
  hidden: 4,
  layers: 2,
  directions: 2,
  pooling: "max",
  dropout: 0.5,
  classes: 2,
};
const ROWS = [[2, 3, 4], [5], [6, 7, 8, 2, 3]];

function logits(options: Partial<RecurrentConfig>, rows: readonly (readonly number[])[]): number[][] {
  const model = new TextClassifier({ ...CONFIG, ...options }, new Generator(0)).eval();
  return model.forward(textBlock(rows)).value.toArray() as number[][];
}

describe("TextClassifier", () => {
  it("has one logit for two classes, otherwise one per class", () => {
    expect(logits({}, ROWS).map((row) => row.length)).toEqual([1, 1, 1]);
    expect(logits({ classes: 5 }, ROWS).map((row) => row.length)).toEqual([5, 5, 5]);
  });

  for (const cell of ["rnn", "lstm", "gru"] as const) {
    for (const pooling of ["max", "last"] as const) {
      it(`reads a text alike alone and padded in a block (${cell}, ${pooling})`, () => {
        const together = logits({ cell, pooling }, ROWS);
        ROWS.forEach((row, n) => {
          expect(together[n]![0]).toBeCloseTo(logits({ cell, pooling }, [row])[0]![0]!, 6);
        });
      });
    }
  }

  it("pools the states it shows", () => {
    const model = new TextClassifier({ ...CONFIG, dropout: 0 }, new Generator(0)).eval();
    const { logits: found, states } = model.trace(textBlock([[2, 3, 4]]));
    expect(states.shape).toEqual([1, 3, 8]);
    const [words] = states.value.toArray() as number[][][];
    const pooled = words![0]!.map((_, unit) => Math.max(...words!.map((word) => word[unit]!)));
    const { value: weight } = model.namedParameters().find(([name]) => name === "linear.weight")![1];
    const { value: bias } = model.namedParameters().find(([name]) => name === "linear.bias")![1];
    const expected = pooled.reduce((sum, h, unit) => sum + h * weight.data[unit]!, bias.item());
    expect(found.item()).toBeCloseTo(expected, 5);
  });

  it("reads the order of words", () => {
    expect(logits({}, [[2, 3, 4]])).not.toEqual(logits({}, [[4, 3, 2]]));
  });

  it("adds the vector of a pair to that of its second word; at first they are zero", () => {
    const pairs = [2, 3, 3, 4];
    const model = new TextClassifier({ ...CONFIG, pairs }, new Generator(0)).eval();
    const read = (row: number[]): number => model.forward(textBlock([row])).item();
    const rows = [
      [2, 3, 4],
      [4, 3, 2],
    ];
    expect(rows.map(read)).toEqual(logits({}, rows).map(([logit]) => logit));

    const { value } = model.namedParameters().find(([name]) => name === "pairs.weight")![1];
    expect(value.shape).toEqual([3, 3]);
    const before = rows.map(read);
    value.data.fill(0.5, 2 * 3); // of 3 4
    expect(read(rows[0]!)).not.toBe(before[0]);
    expect(read(rows[1]!)).toBe(before[1]);
  });

  it("drops units only in training", () => {
    const model = new TextClassifier(CONFIG, new Generator(0));
    const twice = () => [0, 1].map(() => model.forward(textBlock(ROWS)).value.toArray());
    const [one, two] = twice();
    expect(one).not.toEqual(two);
    model.eval();
    const [three, four] = twice();
    expect(three).toEqual(four);
  });
});
