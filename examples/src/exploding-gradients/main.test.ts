import { expect, it } from "vitest";
import explodingGradients from "./main.ts";

it("rectified units diverge without clipping, and never with it", async () => {
  const settings = { ...explodingGradients.defaults, cells: "relu", runs: 2, updates: 40, hidden: 20 };
  const lines: string[] = [];
  const [free, clipped] = await explodingGradients.run(settings, (line) => lines.push(line));
  expect(free!.endings.map(({ ending }) => ending)).toEqual(["diverged", "diverged"]);
  expect(clipped!.endings.map(({ ending }) => ending)).not.toContain("diverged");
  expect(Math.max(...free!.endings.map(({ largest }) => largest))).toBeGreaterThan(1000);
  expect(clipped!.endings.every(({ clipped }) => clipped > 0)).toBe(true);
  expect(lines.at(-1)).toMatch(/relu +none +0 +0 +2 /);
});
