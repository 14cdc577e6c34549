import { Generator } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import temporalOrder from "./main.ts";
import { drawTemporalOrder, LETTERS } from "./sequences.ts";

describe("drawTemporalOrder", () => {
  it("puts X or Y into the second and the fifth tenth, and asks for their order", () => {
    const { inputs, targets } = drawTemporalOrder(50, 40, new Generator(1));
    expect(inputs.shape).toEqual([50, 40, LETTERS]);
    const steps = inputs.toArray() as number[][][];
    for (let n = 0; n < 40; n++) {
      const letters = steps.map((step) => "EBXYabcd"[step[n]!.indexOf(1)]);
      expect([letters[0], letters[49]]).toEqual(["E", "B"]);
      const places = letters.flatMap((letter, t) => (letter === "X" || letter === "Y" ? [t] : []));
      expect(places).toHaveLength(2);
      const [first, second] = places as [number, number];
      expect([first >= 5 && first < 10, second >= 20 && second < 25]).toEqual([true, true]);
      expect(targets.data[n]).toBe(["XX", "XY", "YX", "YY"].indexOf(`${letters[first]}${letters[second]}`));
    }
  });
});

describe("temporal-order", () => {
  it("is solved with gates, and stays at chance without", async () => {
    const settings = {
      ...temporalOrder.defaults,
      lengths: "40",
      cells: "gru,rnn",
      runs: 1,
      maxUpdates: 400,
      test: 200,
    };
    const lines: string[] = [];
    const [gru, rnn] = await temporalOrder.run(settings, (line) => lines.push(line));
    expect(gru!.attempts[0]!.right).toBeGreaterThanOrEqual(0.99);
    expect(rnn!.attempts[0]!.right).toBeLessThan(0.6);
    expect(lines.at(-1)).toMatch(/gru +1\/1 +\d+ [\s\S]*rnn +0\/1/);
  });
});
