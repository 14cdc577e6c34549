import { expectClose } from "@internal/testing";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cosh,
  hypot,
  nanToNum,
  rsqrt,
  sinh,
  type Tensor,
  tensor,
} from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { elements } from "./naive.ts";

const x = [-2.5, -0.75, 0, 0.3, 0.99, 1.5];
const nan = Number.NaN;

/** Function, arguments, and what NumPy 2.4 gives in float64. */
const rows: [name: string, f: (x: Tensor) => Tensor, x: number[], want: number[]][] = [
  ["asin", asin, x, [nan, -0.848062078981481, 0, 0.30469265401539747, 1.4292568534704693, nan]],
  [
    "acos",
    acos,
    x,
    [nan, 2.4188584057763776, 1.5707963267948966, 1.2661036727794992, 0.1415394733244273, nan],
  ],
  [
    "atan",
    atan,
    x,
    [-1.1902899496825317, -0.6435011087932844, 0, 0.2914567944778671, 0.7803730800666359, 0.982793723247329],
  ],
  [
    "sinh",
    sinh,
    x,
    [-6.0502044810397875, -0.82231673193583, 0, 0.3045202934471426, 1.1598288906636083, 2.1292794550948173],
  ],
  [
    "cosh",
    cosh,
    x,
    [6.132289479663686, 1.2946832846768448, 1, 1.0453385141288605, 1.531405581685654, 2.352409615243247],
  ],
  [
    "asinh",
    asinh,
    x,
    [-1.6472311463710958, -Math.LN2, 0, 0.29567304756342244, 0.8742848121872949, 1.1947632172871092],
  ],
  ["acosh", acosh, [0.5, 1, 1.5, 100], [nan, 0, 0.9624236501192069, 5.298292365610485]],
  ["atanh", atanh, [-2.5, -0.75, 0.99, 1], [nan, -0.9729550745276566, 2.6466524123622457, Infinity]],
  ["rsqrt", rsqrt, [0.25, 2, 1e-10, 0, -1], [2, 0.7071067811865475, 1e5, Infinity, nan]],
];

/** A few units in the last place of float64: hosts compute these functions each in their own way. */
const lastPlaces = { rtol: 1e-15, atol: 0 };

describe("functions NumPy has too", () => {
  test.each(rows)("%s has its values", (_, f, from, want) => {
    expectClose(f(tensor(from, { dtype: "float64" })).data, want, lastPlaces);
  });

  test.each(rows)("%s of whole numbers is float32, and views are read as they are seen", (_, f, from) => {
    const wide = tensor(from, { dtype: "float64" });
    expect(f(wide.to("int32")).dtype).toBe("float32");
    expect(elements(f(wide.flip(0)))).toEqual(elements(f(wide).flip(0)));
  });

  test("atan2 and hypot broadcast, and keep signs and large numbers", () => {
    const y = tensor([1, -1, 0, -0, 3.5], { dtype: "float64" });
    const right = tensor([2, -2, -1, -1, 1e-8], { dtype: "float64" });
    expectClose(
      atan2(y, right).data,
      [0.4636476090008061, -2.677945044588987, Math.PI, -Math.PI, 1.5707963239377538],
      lastPlaces,
    );
    expect(atan2(y.unsqueeze(1), 1).shape).toEqual([5, 1]);
    expectClose(
      hypot(tensor([3, 1e200, -5], { dtype: "float64" }), tensor([4, 1e200, 12], { dtype: "float64" })).data,
      [5, 1.414213562373095e200, 13],
      lastPlaces,
    );
    expect(hypot(tensor([3], { dtype: "int32" }), 4).dtype).toBe("float32");
  });
});

describe("nanToNum", () => {
  const odd = [nan, Infinity, -Infinity, 2, -0];

  test("replaces by zero and the largest numbers of the dtype", () => {
    expect(elements(nanToNum(tensor(odd)))).toEqual([
      0, 3.4028234663852886e38, -3.4028234663852886e38, 2, -0,
    ]);
    expect(elements(nanToNum(tensor(odd, { dtype: "float64" })))).toEqual([
      0,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      2,
      -0,
    ]);
  });

  test("replaces by given numbers, and copies whole numbers", () => {
    expect(elements(nanToNum(tensor(odd), { nan: 7, posinf: 8, neginf: 9 }))).toEqual([7, 8, 9, 2, -0]);
    const ints = tensor([1, 2], { dtype: "int32" });
    const copy = nanToNum(ints);
    expect([copy.dtype, copy.toArray()]).toEqual(["int32", [1, 2]]);
    expect(copy.data).not.toBe(ints.data);
  });
});
