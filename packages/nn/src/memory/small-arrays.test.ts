import { expect, it } from "vitest";
import { internalZeros } from "./small-arrays.ts";

it.each([new Float32Array(1), new Float64Array(1)])(
  "hands out zeros of every length, each part once",
  (like) => {
    const parts = Array.from({ length: 700 }, (_, i) => internalZeros(like, i));
    expect(parts.every((part, i) => part.length === i && part.every((x) => x === 0))).toBe(true);
    expect(parts[700 - 1]!.constructor).toBe(like.constructor);
    for (const [i, part] of parts.entries()) part.fill(i);
    expect(parts.every((part, i) => part.every((x) => x === i))).toBe(true);
  },
);

it("no part starts where its buffer does", () => {
  const starts = Array.from({ length: 300 }, () => internalZeros(new Float32Array(0), 100).byteOffset);
  expect(Math.min(...starts)).toBeGreaterThan(0);
});
