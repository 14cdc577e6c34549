import { Generator } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import addingProblem, { drawSequences } from "./main.ts";

describe("drawSequences", () => {
  it("marks one number in each half, and asks for their sum", () => {
    const { inputs, targets } = drawSequences(7, 50, new Generator(3));
    expect([inputs.shape, targets.shape]).toEqual([
      [7, 50, 2],
      [50, 1],
    ]);
    const steps = inputs.toArray() as [number, number][][];
    for (let n = 0; n < 50; n++) {
      const marked = steps.flatMap((step, t) => (step[n]![1] === 1 ? [t] : []));
      expect(marked).toHaveLength(2);
      expect(marked[0]).toBeLessThan(3);
      expect(marked[1]).toBeGreaterThanOrEqual(3);
      const sum = steps[marked[0]!]![n]![0] + steps[marked[1]!]![n]![0];
      expect(targets.data[n]).toBeCloseTo(sum, 6);
    }
  });

  it("draws targets whose variance is that of always answering 1", () => {
    const { targets } = drawSequences(10, 20_000, new Generator(4));
    expect(targets.sub(1).square().mean().item()).toBeCloseTo(1 / 6, 2);
  });
});

describe("adding-problem", () => {
  it("is solved by an LSTM, and not by a plain network in as many updates", async () => {
    const lines: string[] = [];
    const settings = { ...addingProblem.defaults, lengths: "40", hidden: 16, maxUpdates: 900, test: 300 };
    const [lstm, rnn] = await addingProblem.run(settings, (line) => lines.push(line));
    expect(lstm!.error).toBeLessThan(0.01);
    expect(rnn!.error).toBeGreaterThan(0.05);
    expect(lines.at(-1)).toMatch(/40 {2}lstm +solved[\s\S]*40 {2}rnn +not solved/);
  });
});
