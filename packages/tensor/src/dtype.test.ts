import { describe, expect, test } from "vitest";
import { type DType, promote, promoteOperands, scalarDType } from "./dtype.ts";

describe("type promotion", () => {
  test("two tensors give the wider dtype", () => {
    const dtypes: DType[] = ["bool", "int32", "float32", "float64"];
    dtypes.forEach((a, i) => {
      dtypes.forEach((b, j) => {
        expect(promote(a, b)).toBe(dtypes[Math.max(i, j)]);
      });
    });
  });

  test("a 0-d tensor widens only to a higher category", () => {
    expect(promoteOperands("float32", 1, "float64", 0)).toBe("float32");
    expect(promoteOperands("float64", 0, "float32", 2)).toBe("float32");
    expect(promoteOperands("int32", 1, "float64", 0)).toBe("float64");
    expect(promoteOperands("bool", 1, "int32", 0)).toBe("int32");
    expect(promoteOperands("float32", 0, "float64", 0)).toBe("float64");
  });

  test("a number fits in beside fractions, and is whole or float32 beside the others", () => {
    expect(scalarDType(0.1, "float64")).toBe("float64");
    expect(scalarDType(2, "bool")).toBe("int32");
    expect(scalarDType(0.5, "int32")).toBe("float32");
    expect(scalarDType(2 ** 31, "int32")).toBe("float32");
    expect(scalarDType(NaN, "int32")).toBe("float32");
  });
});
