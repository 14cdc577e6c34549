import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SparseMatrix } from "./sparse-matrix.ts";

function sparse(
  shape: readonly [number, number],
  triplets: readonly [number, number, number][],
): SparseMatrix {
  return new SparseMatrix({
    shape,
    rows: Int32Array.from(triplets, ([row]) => row),
    columns: Int32Array.from(triplets, ([, column]) => column),
    values: Float32Array.from(triplets, ([, , value]) => value),
  });
}

describe("SparseMatrix", () => {
  const matrix = sparse(
    [4, 3],
    [
      [0, 2, 5],
      [2, 0, 6],
      [2, 1, 7],
    ],
  );

  test("gives all elements, flat and nested", () => {
    expect(matrix.toDense()).toEqual(Float32Array.of(0, 0, 5, 0, 0, 0, 6, 7, 0, 0, 0, 0));
    expect(matrix.toArray()).toEqual([
      [0, 0, 5],
      [0, 0, 0],
      [6, 7, 0],
      [0, 0, 0],
    ]);
    expect(sparse([0, 3], []).toArray()).toEqual([]);
    expect(sparse([2, 0], []).toDense()).toEqual(new Float32Array(0));
  });

  test("comes from all elements, and gives them back", () => {
    const element = fc.oneof(
      fc.constant(0),
      fc.float({ noNaN: true }).filter((x) => !Object.is(x, -0)),
    );
    const rows = fc.nat(4).chain((n) => fc.array(fc.array(element, { minLength: n, maxLength: n })));
    fc.assert(
      fc.property(rows, (lists) => {
        const made = SparseMatrix.fromArray(lists);
        expect(made.toArray()).toEqual(lists);
        expect(made.values).not.toContain(0);
      }),
    );
    expect(SparseMatrix.fromArray([Float64Array.of(0, Number.NaN)]).values).toEqual(
      Float32Array.of(Number.NaN),
    );
    expect(SparseMatrix.fromArray([]).shape).toEqual([0, 0]);
  });

  test.each<[unknown, Error]>([
    ["rows", new TypeError('SparseMatrix.fromArray: rows must be an array of number lists, got "rows"')],
    [[[1], 2], new TypeError("SparseMatrix.fromArray: rows[1] must be a list of numbers, got 2")],
    [[[1, "2"]], new TypeError('SparseMatrix.fromArray: rows[0][1] must be a number, got "2"')],
    [
      [[1], [1, 2]],
      new RangeError(
        "SparseMatrix.fromArray: row 0 has 1 elements and row 1 has 2; they must have one length",
      ),
    ],
  ])("fromArray refuses %j", (rows, error) => {
    expect(() => SparseMatrix.fromArray(rows as never)).toThrow(error);
  });

  test("gives the elements of a row, empty rows included", () => {
    expect(matrix.row(2)).toEqual({ columns: Int32Array.of(0, 1), values: Float32Array.of(6, 7) });
    expect([0, 1, 3].map((n) => matrix.row(n).columns.length)).toEqual([1, 0, 0]);
  });

  test("refuses rows it does not have", () => {
    for (const n of [4, -1, 0.5]) {
      expect(() => matrix.row(n)).toThrow(
        new RangeError(`SparseMatrix.row: row must be an integer in 0..3, got ${n}`),
      );
    }
    expect(() => sparse([0, 1], []).row(0)).toThrow(
      new RangeError("SparseMatrix.row: there are no rows, got 0"),
    );
  });

  test.each<[() => unknown, string]>([
    [() => sparse([-1, 3], []), "SparseMatrix: shape[0] must be a non-negative integer, got -1"],
    [() => sparse([1, 0.5], []), "SparseMatrix: shape[1] must be a non-negative integer, got 0.5"],
    [() => sparse([2, 3], [[2, 0, 1]]), "SparseMatrix: element 0 at [2,0] is outside shape [2,3]"],
    [() => sparse([2, 3], [[0, 3, 1]]), "SparseMatrix: element 0 at [0,3] is outside shape [2,3]"],
    [() => sparse([2, 3], [[0, -1, 1]]), "SparseMatrix: element 0 at [0,-1] is outside shape [2,3]"],
    [
      () =>
        sparse(
          [2, 3],
          [
            [1, 0, 1],
            [0, 2, 1],
          ],
        ),
      "SparseMatrix: element 1 at [0,2] must come after element 0",
    ],
    [
      () =>
        sparse(
          [2, 3],
          [
            [1, 1, 1],
            [1, 1, 1],
          ],
        ),
      "SparseMatrix: element 1 at [1,1] must come after element 0",
    ],
    [
      () =>
        new SparseMatrix({
          shape: [1, 1],
          rows: Int32Array.of(0),
          columns: new Int32Array(0),
          values: Float32Array.of(1),
        }),
      "SparseMatrix: rows, columns and values must have one length, got 1, 0 and 1",
    ],
  ])("%s", (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });

  const [shape, rows, columns] = [[1, 1], Int32Array.of(0), Int32Array.of(0)];
  test.each<[unknown, string]>([
    [undefined, "SparseMatrix: shape must be a list [N, V], got undefined"],
    [{}, "SparseMatrix: shape must be a list [N, V], got undefined"],
    [{ shape: [3] }, "SparseMatrix: shape must be a list [N, V], got an array of 1"],
    [{ shape, rows: [0] }, "SparseMatrix: rows must be an Int32Array, got an array of 1"],
    [{ shape, rows }, "SparseMatrix: columns must be an Int32Array, got undefined"],
    [{ shape, rows, columns, values: 5 }, "SparseMatrix: values must be a Float32Array, got 5"],
  ])("members %o", (triplets, message) => {
    expect(() => new SparseMatrix(triplets as never)).toThrow(new TypeError(message));
  });
});

test("a dense matrix beyond any array is refused before it is allocated", () => {
  const none = new Int32Array(0);
  const shape = [100_000, 100_000] as const;
  const matrix = new SparseMatrix({ shape, rows: none, columns: none, values: new Float32Array(0) });
  expect(() => matrix.toDense()).toThrow(
    new RangeError(
      "SparseMatrix.toDense: the result would have 10000000000 elements; 2147483647 is the most",
    ),
  );
});

test.each<[unknown, string]>([
  ["0", '"0"'],
  [0.5, "0.5"],
  [Symbol("x"), "Symbol(x)"],
])("row(%o) is refused", (n, shown) => {
  const matrix = SparseMatrix.fromArray([[1], [2]]);
  expect(() => matrix.row(n as number)).toThrow(
    new RangeError(`SparseMatrix.row: row must be an integer in 0..1, got ${shown}`),
  );
});
