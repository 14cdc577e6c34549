import { ShapeError, type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { detectAnomaly } from "../anomaly/detect-anomaly.ts";
import { add } from "../functional/add.ts";
import { embedding } from "../functional/embedding.ts";
import { mul } from "../functional/mul.ts";
import { sum } from "../functional/sum.ts";
import { record } from "./record.ts";
import { RowGradient } from "./row-gradient.ts";
import { type Variable, variable } from "./variable.ts";

const ids = (values: number[] | number[][]): Tensor => tensor(values, { dtype: "int32" });

const table = (): Variable =>
  variable(
    Array.from({ length: 9 }, (_, i) => [i, -i]),
    { requiresGrad: true },
  );

/** The gradient of a table in which these rows have these values. */
function dense(rows: Record<number, [number, number]>): number[][] {
  return Array.from({ length: 9 }, (_, i) => rows[i] ?? [0, 0]);
}

describe("the gradient of a table", () => {
  it("consists of the rows that occurred, until somebody reads it", () => {
    const weight = table();
    sum(
      embedding(
        ids([
          [7, 2],
          [7, 3],
        ]),
        weight,
      ),
    ).backward();
    expect([...weight.rowGrad!.rows]).toEqual([7, 2, 3]);
    expect([...weight.rowGrad!.values]).toEqual([2, 2, 1, 1, 1, 1]);
    expect(weight.grad!.toArray()).toEqual(dense({ 2: [1, 1], 3: [1, 1], 7: [2, 2] }));
    expect(weight.rowGrad).toBe(null);
  });

  it("is whole where most rows occurred", () => {
    const weight = table();
    sum(embedding(ids([0, 1, 2, 3, 4]), weight)).backward();
    expect(weight.rowGrad).toBe(null);
    expect(weight.grad!.slice([4, 9]).toArray()).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("adds up rows of several uses and several losses, and whole gradients", () => {
    const weight = table();
    const first = sum(embedding(ids([1, 2]), weight));
    const second = sum(mul(embedding(ids([2, 5]), weight), 10));
    add(first, second).backward();
    sum(embedding(ids([5]), weight)).backward();
    expect([...weight.rowGrad!.rows].sort()).toEqual([1, 2, 5]);
    sum(weight).backward();
    const expected = dense({ 1: [2, 2], 2: [12, 12], 5: [12, 12] });
    expect(weight.grad!.toArray()).toEqual(expected.map((row) => row.map((x) => x || 1)));
    sum(embedding(ids([0]), weight)).backward();
    expect(weight.grad!.select(0, 0).toArray()).toEqual([2, 2]);
  });

  it("leaves out the padding row, and reads gradients of any layout", () => {
    const weight = table();
    const y = embedding(
      ids([
        [8, 3, 8],
        [3, 1, 1],
      ]),
      weight,
      { paddingIdx: 8 },
    );
    y.transpose(0, 1).backward(
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        [
          [9, 10],
          [11, 12],
        ],
      ]),
    );
    expect(weight.grad!.toArray()).toEqual(dense({ 1: [18, 20], 3: [8, 10] }));
  });

  it("of a table that was computed flows on", () => {
    const weight = table();
    sum(embedding(ids([4]), weight.mul(3))).backward();
    expect(weight.grad!.toArray()).toEqual(dense({ 4: [3, 3] }));
  });

  it("goes when grad is set", () => {
    const weight = table();
    sum(embedding(ids([4]), weight)).backward();
    weight.grad = null;
    expect([weight.rowGrad, weight.grad]).toEqual([null, null]);
  });

  it("keeps the dtype of the table", () => {
    const weight = variable(table().value.to("float64"), { requiresGrad: true });
    sum(embedding(ids([4]), weight)).backward();
    expect(weight.rowGrad!.dtype).toBe("float64");
    expect(weight.grad!.dtype).toBe("float64");
  });

  it("can come from an operation of one's own, must have the table's shape, and is watched for anomalies", () => {
    const weight = table();
    const own = (shape: [number, number], value: number): Variable =>
      record("own", [weight], tensor(1), () => [
        new RowGradient(shape, Int32Array.of(2), Float32Array.of(value, 1)),
      ]);
    own([9, 2], 3).backward();
    expect(weight.grad!.toArray()).toEqual(dense({ 2: [3, 1] }));
    expect(() => own([8, 2], 3).backward()).toThrow(
      new ShapeError(
        `backward of "own": gradient of input 0 has shape [8,2], which does not sum to the input's shape [9,2]`,
      ),
    );
    expect(() => detectAnomaly(() => own([9, 2], Number.NaN).backward())).toThrow(/the backward of "own"/);
  });
});
