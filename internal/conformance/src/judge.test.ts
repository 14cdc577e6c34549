import { describe, expect, test } from "vitest";
import type { StoredNumber, StoredTensor } from "./cases.ts";
import { Judge, type Numbers } from "./judge.ts";

const tolerance = { atol: 0.01, rtol: 0.1 };

function stored(data: StoredNumber[], dtype = "float32", shape = [data.length]): StoredTensor {
  return { dtype, shape, data };
}

function result(data: number[], dtype = "float32", shape = [data.length]): Numbers {
  return { dtype, shape, data };
}

function differences(got: Numbers, want: StoredTensor) {
  const judge = new Judge(tolerance);
  judge.tensor("out", got, want);
  expect(judge.comparisons).toBe(1);
  return judge.differences;
}

describe("Judge.tensor", () => {
  test("passes numbers within atol + rtol * |want| and fails those beyond", () => {
    expect(differences(result([10.99, -10.99]), stored([10, -10]))).toEqual([]);
    expect(differences(result([10, 11.02, 8]), stored([10, 10, 10]))).toEqual([
      { what: "out", index: 1, got: 11.02, want: 10, extent: "2 of 3" },
    ]);
  });

  test("measures from the wanted number, not from the one that was got", () => {
    expect(differences(result([111.02]), stored([100]))).toHaveLength(1);
    expect(differences(result([100]), stored([111.02]))).toHaveLength(0);
  });

  test("matches NaN with NaN alone, and infinities with themselves alone", () => {
    const all: StoredNumber[] = ["NaN", "Infinity", "-Infinity"];
    expect(differences(result([Number.NaN, Infinity, -Infinity]), stored(all))).toEqual([]);
    for (const wrong of [0, 1e38, Number.NaN, Infinity, -Infinity]) {
      all.forEach((want) => {
        if (String(wrong) !== want) expect(differences(result([wrong]), stored([want]))).toHaveLength(1);
      });
    }
    expect(differences(result([Number.NaN]), stored([0]))).toHaveLength(1);
    expect(differences(result([Infinity]), stored([1e38]))).toHaveLength(1);
  });

  test("wants integers and truth values to be equal", () => {
    expect(differences(result([1001], "int32"), stored([1000], "int64"))).toHaveLength(1);
    expect(differences(result([1, 0], "bool"), stored([true, false], "bool"))).toEqual([]);
    expect(differences(result([1], "bool"), stored([false], "bool"))).toHaveLength(1);
  });

  test("rounds wanted float32 numbers to float32 first, since they are stored as short decimals", () => {
    const exact = new Judge({ atol: 0, rtol: 0 });
    exact.tensor("out", result([Math.fround(0.4962566)]), stored([0.4962566]));
    exact.tensor("out", result([0.4962566], "float64"), stored([0.4962566], "float64"));
    expect(exact.differences).toEqual([]);
    exact.tensor("out", result([Math.fround(0.4962567)]), stored([0.4962566]));
    expect(exact.differences).toHaveLength(1);
  });

  test("fails another shape, also if the numbers are the same", () => {
    expect(differences(result([1, 2], "float32", [2]), stored([1, 2], "float32", [1, 2]))).toEqual([
      { what: "out shape", got: [2], want: [1, 2] },
    ]);
    expect(differences(result([1], "float32", [1]), stored([1], "float32", []))).toHaveLength(1);
  });

  test("fails another dtype; int64 is int32 here", () => {
    expect(differences(result([1], "float64"), stored([1]))).toEqual([
      { what: "out dtype", got: "float64", want: "float32" },
    ]);
    expect(differences(result([1]), stored([1], "int64"))).toHaveLength(1);
    expect(differences(result([1], "int32"), stored([1], "int64"))).toHaveLength(0);
  });

  test("fails a result with too few numbers for its shape", () => {
    expect(differences({ dtype: "float32", shape: [2], data: [1] }, stored([1, 1]))).toHaveLength(1);
  });
});

describe("Judge.same", () => {
  test.each([
    [{ a: [1, { b: "x" }] }, { a: [1, { b: "y" }] }, ".a[1].b", "x", "y"],
    [[1, 2], [1, 2, 3], ".length", 2, 3],
    [{}, { constructor: 1 }, ".constructor", undefined, 1],
    [{ extra: 1 }, {}, ".extra", 1, undefined],
    [null, 0, undefined, null, 0],
    ["1", 1, undefined, "1", 1],
    [[], {}, undefined, [], {}],
  ])("names the first difference of %j and %j", (got, want, index, gotThere, wantThere) => {
    const judge = new Judge(tolerance);
    judge.same("value", got, want);
    expect(judge.differences).toEqual([{ what: "value", index, got: gotThere, want: wantThere }]);
  });

  test("passes equal values, whatever the order of keys", () => {
    const judge = new Judge(tolerance);
    judge.same("value", { a: null, b: [true, "é", { __proto__: null }] }, { b: [true, "é", {}], a: null });
    expect(judge.differences).toEqual([]);
  });
});

test("Judge.number and Judge.holds report what they were told", () => {
  const judge = new Judge(tolerance);
  judge.number("x", 1.1, 1);
  judge.number("x", 2, 1);
  judge.holds("bound", true, 1, 2);
  judge.holds("bound", false, 3, 2);
  expect(judge.comparisons).toBe(4);
  expect(judge.differences).toEqual([
    { what: "x", got: 2, want: 1 },
    { what: "bound", got: 3, want: 2 },
  ]);
});
