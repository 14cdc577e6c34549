import { describe, expect, it } from "vitest";
import { returnFloats, takeFloats, takeTogether } from "./buffer-pool.ts";

const large = 100_000;

describe("takeFloats", () => {
  it("hands on an array that was returned, cut to the length asked for", () => {
    const first = takeFloats(large);
    returnFloats(first);
    const second = takeFloats(large - 1000);
    expect(second.length).toBe(large - 1000);
    expect(second.buffer).toBe(first.buffer);
    returnFloats(second);
    expect(takeFloats(large).buffer).toBe(first.buffer);
  });

  it("never hands on an array that is in use", () => {
    const first = takeFloats(large);
    expect(takeFloats(large).buffer).not.toBe(first.buffer);
  });

  it("does not spend a long array on a short need, unless told to", () => {
    const first = takeFloats(10 * large);
    returnFloats(first);
    expect(takeFloats(large).buffer).not.toBe(first.buffer);
    expect(takeFloats(large, 10 * large).buffer).toBe(first.buffer);
  });

  it("takes the best fit", () => {
    const [longer, fitting] = [takeFloats(3 * large), takeFloats(2 * large)];
    returnFloats(longer);
    returnFloats(fitting);
    expect(takeFloats(2 * large - 1).buffer).toBe(fitting.buffer);
  });

  it("leaves small arrays to the garbage collector", () => {
    const first = takeFloats(100);
    returnFloats(first);
    expect(takeFloats(100).buffer).not.toBe(first.buffer);
  });
});

describe("takeTogether", () => {
  it("uses what a longer batch needed for a shorter one", () => {
    const longer = takeTogether(true, [40 * large, large]);
    longer.release();
    const { parts } = takeTogether(true, [20 * large, 5]);
    expect(parts[0]!.buffer === longer.parts[0]!.buffer).toBe(true);
  });
});

describe("returnFloats", () => {
  it("keeps at most 128 MB, the ones returned last", () => {
    const arrays = Array.from({ length: 9 }, () => takeFloats(2 ** 22)); // 16 MB each
    for (const array of arrays) returnFloats(array);
    const again = arrays.map(() => takeFloats(2 ** 22).buffer);
    expect(again).not.toContain(arrays[0]!.buffer);
    expect(again).toContain(arrays[8]!.buffer);
  });
});
