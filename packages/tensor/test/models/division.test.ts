import { allclose, div, equal, floorDivide, fmod, isclose, remainder, Tensor, tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements } from "./naive.ts";

const ints = (...values: number[]): Tensor => new Tensor(Int32Array.from(values), [values.length]);
const doubles = (...values: number[]): Tensor => new Tensor(Float64Array.from(values), [values.length]);

describe("division with remainder", () => {
  const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

  test("of int32 is exact", () => {
    fc.assert(
      fc.property(
        whole,
        fc.oneof(
          whole.filter((b) => b !== 0),
          fc.constantFrom(-3, -2, -1, 1, 2, 3),
        ),
        (a, b) => {
          const [p, q] = [BigInt(a), BigInt(b)];
          const floor = p / q - (p % q !== 0n && p % q < 0n !== q < 0n ? 1n : 0n);
          expect(floorDivide(ints(a), ints(b)).item()).toBe(Number(BigInt.asIntN(32, floor)));
          // "+ 0": a remainder of -0 is 0
          expect(remainder(ints(a), ints(b)).item()).toBe(Number(p - floor * q) + 0);
          expect(fmod(ints(a), ints(b)).item()).toBe(Number(p % q) + 0);
        },
      ),
    );
  });

  test("of floats: the parts make the whole again, with the sign that is promised", () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        number,
        number.filter((b) => Math.abs(b) > 1e-3),
        (a, b) => {
          const rest = remainder(doubles(a), doubles(b)).item();
          const quotient = floorDivide(doubles(a), doubles(b)).item();
          expect(rest === 0 || (rest < 0 === b < 0 && Math.abs(rest) <= Math.abs(b))).toBe(true);
          expect(Number.isInteger(quotient)).toBe(true);
          expect(Math.abs(quotient * b + rest - a)).toBeLessThanOrEqual(1e-9);
          expect(fmod(doubles(a), doubles(b)).item()).toBe(a % b);
        },
      ),
    );
  });

  test("div rounds down or towards zero when asked to, and stays int32 then", () => {
    const [a, b] = [ints(7, -7, 7, -7, 2 ** 31 - 1), ints(2, 2, -2, -2, 1)];
    const floor = div(a, b, { roundingMode: "floor" });
    expect([floor.dtype, floor.toArray()]).toEqual(["int32", floorDivide(a, b).toArray()]);
    const trunc = div(a, b, { roundingMode: "trunc" });
    expect([trunc.dtype, trunc.toArray()]).toEqual(["int32", [3, -3, -3, 3, 2 ** 31 - 1]]);
    expect(elements(div(doubles(7.5, -7.5, 1, 0), doubles(2, 2, 0, 0), { roundingMode: "trunc" }))).toEqual([
      3,
      -3,
      Infinity,
      NaN,
    ]);
    expect(div(a, b, {}).dtype).toBe("float32");
  });

  test("a quotient that is rounded up is not floored up", () => {
    expect(1 / 0.1).toBe(10);
    expect(floorDivide(doubles(1), doubles(0.1)).item()).toBe(9);
  });

  test("zero and infinite divisors of floats, as in PyTorch", () => {
    expect(elements(floorDivide(doubles(1, -1, 0), 0))).toEqual([Infinity, -Infinity, NaN]);
    expect(elements(floorDivide(doubles(1, -1, 0, -0, Infinity), Infinity))).toEqual([0, -1, 0, -0, NaN]);
    expect(elements(floorDivide(doubles(Infinity, -0.5, 0.5), 2))).toEqual([NaN, -1, 0]);
    expect(elements(floorDivide(doubles(-0, 1), -2))).toEqual([0, -1]);
    expect(elements(remainder(doubles(1, -1, Infinity), Infinity))).toEqual([1, Infinity, NaN]);
    expect(elements(remainder(doubles(1, -1), 0))).toEqual([NaN, NaN]);
  });

  test("dtypes follow the wider operand", () => {
    expect(remainder(ints(5), 3).dtype).toBe("int32");
    expect(remainder(ints(5), 1.5).toArray()).toEqual([0.5]);
    expect(floorDivide(7, ints(2, 3)).toArray()).toEqual([3, 2]);
    expect(fmod(ints(5), doubles(3)).dtype).toBe("float64");
  });
});

describe("closeness", () => {
  test("is measured from the second operand", () => {
    expect(isclose(doubles(1), doubles(1.1), { rtol: 0.095, atol: 0 }).item()).toBe(1);
    expect(isclose(doubles(1.1), doubles(1), { rtol: 0.095, atol: 0 }).item()).toBe(0);
    expect(isclose(doubles(0), doubles(1e-9)).item()).toBe(1);
    expect(isclose(ints(1), doubles(1.000001)).dtype).toBe("bool");
  });

  test("infinities equal themselves, NaN only if asked", () => {
    const x = doubles(Infinity, -Infinity, Infinity, NaN, 1);
    const y = doubles(Infinity, Infinity, 1, NaN, Infinity);
    expect(isclose(x, y).toArray()).toEqual([true, false, false, false, false]);
    expect(isclose(x, y, { equalNan: true }).toArray()).toEqual([true, false, false, true, false]);
    expect(isclose(x, y, { rtol: Infinity }).toArray()).toEqual([true, false, true, false, false]);
  });

  test("allclose and equal look at all, and equal at the shape as well", () => {
    expect(allclose(doubles(1, 2), doubles(1, 2 + 1e-6))).toBe(true);
    expect(allclose(doubles(1, 2), doubles(1, 3))).toBe(false);
    expect(allclose(tensor([[1], [1]]), 1)).toBe(true);
    expect(equal(ints(1, 2), doubles(1, 2))).toBe(true);
    expect(equal(ints(1, 2), ints(1, 3))).toBe(false);
    expect(equal(ints(1, 1), ints(1))).toBe(false);
    expect(equal(doubles(NaN), doubles(NaN))).toBe(false);
    expect(equal(doubles(), doubles())).toBe(true);
  });
});
