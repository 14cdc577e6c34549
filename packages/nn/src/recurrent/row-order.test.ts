import { Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import { gatherSteps, orderSteps, type RowOrder, scatterSteps, takeRows } from "./row-order.ts";

const byLength = (lengths: number[], steps: number): RowOrder | null =>
  orderSteps(steps, lengths.length, (t, row) => t < lengths[row]!);

describe("orderSteps", () => {
  it("sorts the rows with most steps first and keeps equal ones in order", () => {
    const order = byLength([2, 0, 3, 2], 4);
    expect([...order!.rowAt]).toEqual([2, 0, 3, 1]);
    expect([...order!.placeOf]).toEqual([1, 3, 0, 2]);
  });

  it("counts the rows that have each step", () => {
    expect([...byLength([2, 0, 3, 2], 4)!.rowsAt]).toEqual([3, 3, 1, 0]);
  });

  it("is not needed when every row has every step", () => {
    expect(byLength([3, 3], 3)).toBe(null);
  });

  it("puts the steps of a row one after the other", () => {
    const order = orderSteps(3, 2, (t, row) => (row === 0 ? t === 2 : t !== 1))!; // row 0 has step 2, row 1 steps 0 and 2
    const x = new Variable(new Tensor(Float32Array.of(10, 11, 20, 21, 30, 31), [3, 2, 1]));
    expect([...gatherSteps(x, order).value.data]).toEqual([11, 30, 31, 0, 0, 0]);
    expect([...scatterSteps(gatherSteps(x, order), order).value.data]).toEqual([0, 11, 0, 0, 30, 31]);
  });
});

describe("takeRows", () => {
  const x = new Tensor(new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]), [2, 2, 2]); // [K, N, width]
  const taken = (x: Tensor, source: (at: number) => number): number[] => [
    ...takeRows(x, source, new Float32Array(8)).data,
  ];
  const exchanged = (at: number): number => at ^ 1;

  it("puts rows in the order given", () => {
    expect(taken(x, exchanged)).toEqual([3, 4, 1, 2, 7, 8, 5, 6]);
  });

  it("reads views of any strides", () => {
    const view = new Tensor(x.data, [2, 2, 2], { strides: [2, 4, 1] }); // K and N exchanged
    expect(taken(view, exchanged)).toEqual([5, 6, 1, 2, 7, 8, 3, 4]);
  });

  it("leaves zeros where nothing is taken", () => {
    const padded = new Tensor(new Float32Array([1, 2, 3, 4, 5, 6, NaN, NaN]), [2, 2, 2]);
    expect(taken(padded, (at) => (at < 3 ? at : -1))).toEqual([1, 2, 3, 4, 5, 6, 0, 0]);
  });
});
