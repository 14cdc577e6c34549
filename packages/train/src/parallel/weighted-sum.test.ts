import { expectClose, tolerances } from "@internal/testing";
import { describe, expect, test } from "vitest";
import { rangeOf } from "./range.ts";
import { sumPart } from "./weighted-sum.ts";

describe.each([Float32Array, Float64Array])("sums of %o", (Numbers) => {
  test.each([1, 2, 3, 4].flatMap((count) => [0, 1, 3, 4, 5, 37].map((size) => [count, size] as const)))(
    "of %i arrays of %i numbers, part by part",
    (count, size) => {
      const values = (r: number) => Array.from({ length: size }, (_, i) => Math.cos(i + 10 * r));
      const factors = Array.from({ length: count }, (_, r) => (r + 1) / 7);
      const arrays = factors.map((_, r) => Numbers.from(values(r)));
      for (let index = count - 1; index >= 0; index--) sumPart(arrays, factors, index, count);
      const want = Array.from({ length: size }, (_, i) =>
        factors.reduce((sum, factor, r) => sum + factor * values(r)[i]!, 0),
      );
      const { float32, float64 } = tolerances.value;
      expectClose(arrays[0]!, want, Numbers === Float32Array ? float32 : { ...float64, atol: 1e-15 });
    },
  );

  test("one array with factor 1 is left as it is", () => {
    const only = Numbers.of(1, Number.NaN);
    sumPart([only], [1], 0, 1);
    expect([...only]).toEqual([1, Number.NaN]);
  });
});

test("ranges divide everything, none larger than another by more than one", () => {
  for (const size of [0, 1, 5, 12, 100]) {
    for (const count of [1, 2, 3, 7]) {
      const ranges = Array.from({ length: count }, (_, index) => rangeOf(size, index, count));
      expect([0, ...ranges.map(([, end]) => end)].slice(0, -1)).toEqual(ranges.map(([start]) => start));
      expect(ranges.at(-1)?.[1]).toBe(size);
      const sizes = ranges.map(([start, end]) => end - start);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  }
});
