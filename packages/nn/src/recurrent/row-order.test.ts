import { Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { orderByLength, takeRows } from "./row-order.ts";

describe("orderByLength", () => {
  it("sorts longest first and keeps rows of equal length in order", () => {
    const order = orderByLength([2, 0, 3, 2], 4);
    expect([...order!.rowAt]).toEqual([2, 0, 3, 1]);
    expect([...order!.placeOf]).toEqual([1, 3, 0, 2]);
  });

  it("counts the rows that have each step", () => {
    expect([...orderByLength([2, 0, 3, 2], 4)!.rowsAt]).toEqual([3, 3, 1, 0]);
  });

  it("is not needed when every row has every step", () => {
    expect(orderByLength([3, 3], 3)).toBe(null);
    expect(orderByLength(new Int32Array([3, 3]), 3)).toBe(null);
  });
});

describe("takeRows", () => {
  const x = new Tensor(new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]), [2, 2, 2]); // [K, N, width]

  it("puts rows in the order given", () => {
    expect([...takeRows(x, new Int32Array([1, 0])).data]).toEqual([3, 4, 1, 2, 7, 8, 5, 6]);
  });

  it("reads views of any strides", () => {
    const view = new Tensor(x.data, [2, 2, 2], { strides: [2, 4, 1] }); // K and N exchanged
    expect([...takeRows(view, new Int32Array([1, 0])).data]).toEqual([5, 6, 1, 2, 7, 8, 3, 4]);
  });

  it("leaves zeros where a row has no step", () => {
    const padded = new Tensor(new Float32Array([1, 2, 3, 4, 5, 6, NaN, NaN]), [2, 2, 2]);
    const rows = takeRows(padded, new Int32Array([0, 1]), new Int32Array([2, 1]));
    expect([...rows.data]).toEqual([1, 2, 3, 4, 5, 6, 0, 0]);
  });
});
