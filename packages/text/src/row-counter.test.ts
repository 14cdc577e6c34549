import fc from "fast-check";
import { expect, test } from "vitest";
import { RowCounter } from "./row-counter.ts";

test("counts each row by itself, in order of the columns", () => {
  const counter = new RowCounter();
  const column = fc.oneof(fc.nat(5), fc.nat(5000));
  fc.assert(
    fc.property(fc.array(fc.array(column)), (rows) => {
      for (const row of rows) {
        const counts: [number, number][] = [];
        for (const c of row) counter.add(c);
        counter.endRow((c, count) => counts.push([c, count]));
        const columns = [...new Set(row)].sort((a, b) => a - b);
        expect(counts).toEqual(columns.map((c) => [c, row.filter((other) => other === c).length]));
      }
    }),
  );
});
