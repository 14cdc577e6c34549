import { expect, it } from "vitest";
import copyAndReverse from "./main.ts";
import { tasks } from "./sequences.ts";

it("writes what was read, or the reverse", () => {
  expect([tasks.copy([2, 3, 4]), tasks.reverse([2, 3, 4])]).toEqual([
    [2, 3, 4],
    [4, 3, 2],
  ]);
});

it("reverses nearly all sequences that it never saw after 250 updates", async () => {
  const small = {
    tasks: "reverse",
    shortest: 3,
    longest: 4,
    symbols: 8,
    hidden: 64,
    learningRate: 0.005,
    maxUpdates: 250,
    test: 50,
  };
  const lines: string[] = [];
  const results = await copyAndReverse.run({ ...copyAndReverse.defaults, ...small }, (line) =>
    lines.push(line),
  );
  expect(results.map(({ task, attention }) => [task, attention])).toEqual([
    ["reverse", false],
    ["reverse", true],
  ]);
  for (const { right } of results) expect(right).toBeGreaterThan(0.8);
  expect(lines.at(-1)).toContain("reverse  yes");
});
