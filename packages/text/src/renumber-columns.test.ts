import fc from "fast-check";
import { expect, test } from "vitest";
import { renumberColumns } from "./renumber-columns.ts";

test("columns are dropped and renumbered, and each row comes out in order", () => {
  const elements = { rows: [0, 0, 2, 2, 2], columns: [3, 1, 0, 1, 2], values: [5, 6, 7, 8, 9] };
  expect(renumberColumns(elements, [2, 1, 3], [3, 4])).toEqual({
    rows: Int32Array.of(0, 0, 2, 2),
    columns: Int32Array.of(1, 2, 0, 1),
    values: Float32Array.of(6, 5, 9, 8),
  });
});

test("gives what sorting the elements gives", () => {
  const place = fc.tuple(fc.nat(4), fc.nat(6));
  const places = fc.uniqueArray(place, { selector: ([row, column]) => row * 7 + column });
  fc.assert(
    fc.property(places, fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6]), (list, kept) => {
      const elements = {
        rows: list.map(([row]) => row),
        columns: list.map(([, column]) => column),
        values: list.map((_, k) => k),
      };
      const expected = list
        .map(([row, column], k) => [row, kept.indexOf(column), k] as const)
        .filter(([, column]) => column !== -1)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const { rows, columns, values } = renumberColumns(elements, kept, [5, 7]);
      expect(expected.map((_, k) => [rows[k], columns[k], values[k]])).toEqual(expected);
      expect(rows.length).toBe(expected.length);
    }),
  );
});
