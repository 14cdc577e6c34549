import { describe, expect, test } from "vitest";
import { tensor } from "./from.ts";

describe("tensor", () => {
  test("takes the shape of nested arrays", () => {
    expect(
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]).shape,
    ).toEqual([2, 2, 1]);
    expect(tensor(5).shape).toEqual([]);
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
  });

  test("is float32 unless all values are booleans", () => {
    expect(tensor([1, 2]).dtype).toBe("float32");
    expect(tensor([true, false]).dtype).toBe("bool");
    expect(tensor([true, 2]).toArray()).toEqual([1, 2]);
    expect(tensor([]).dtype).toBe("float32");
  });

  test("copies nested arrays", () => {
    const values = [1, 2];
    const x = tensor(values);
    values[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
  });

  test("wraps typed arrays of the dtype asked for and converts others", () => {
    const data = new Float32Array([1, 2.5]);
    expect(tensor(data).data).toBe(data);
    expect(tensor(data, { shape: [2, 1], dtype: "float32" }).data).toBe(data);
    expect(tensor(data, { dtype: "int32" }).toArray()).toEqual([1, 2]);
    expect(tensor(new Float64Array([1])).dtype).toBe("float64");
    expect(tensor(new Int32Array([1])).dtype).toBe("int32");
  });

  test("bytes are truth values only when asked for, and then zeros and ones", () => {
    const flags = new Uint8Array([0, 1]);
    expect(tensor(flags, { dtype: "bool" }).data).toBe(flags);
    expect(
      tensor(new Uint8Array([0, 7]), { dtype: "bool" })
        .sum()
        .item(),
    ).toBe(1);
    expect(tensor(new Uint8Array([0, 7]), { dtype: "int32" }).toArray()).toEqual([0, 7]);
  });

  test("keeps its own copy of the shape", () => {
    const shape = [2];
    const x = tensor(new Float32Array(2), { shape });
    shape[0] = 5;
    expect(x.shape).toEqual([2]);
  });
});
