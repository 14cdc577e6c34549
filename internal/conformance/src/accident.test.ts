import { expect, test } from "vitest";
import { attempt, isAccident } from "./accident.ts";

test.each([
  () => (undefined as unknown as { x: number }).x,
  () => (undefined as unknown as () => void)(),
  () => new (1 as unknown as new () => object)(),
  () => [...(1 as unknown as number[])],
  () => new Float32Array(-1),
  () => {
    const { x } = null as unknown as { x: number };
    return x;
  },
  () => {
    throw new ReferenceError("x is not defined");
  },
  () => {
    throw "a string";
  },
])("a stumble of the engine is an accident: %s", (stumble) => {
  expect(() => attempt(stumble)).toThrow();
});

test("an error with a message of its own is not", () => {
  expect(isAccident(new TypeError("matmul: the left operand is 0-dimensional"))).toBe(false);
  expect(attempt(() => 3)).toEqual({ value: 3 });
  const error = new RangeError("slice: step 0 of dim 0 is not a positive integer");
  expect(
    attempt(() => {
      throw error;
    }),
  ).toEqual({ error });
});
