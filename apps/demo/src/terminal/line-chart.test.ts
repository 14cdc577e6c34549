import { describe, expect, it } from "vitest";
import { lineChart } from "./line-chart.ts";

const line = (...values: number[]) => ({ name: "loss", colour: "good", values }) as const;

describe("lineChart", () => {
  it("draws a falling line from corner to corner and names it at its end", () => {
    expect(lineChart([line(1, 0)], { columns: 4, rows: 2 })).toEqual([
      "1.00 ┤⠑⢄",
      "0.00 ┤  ⠑⢄ loss 0.00",
      "     └────",
      "      1  2",
    ]);
  });

  it("gives two lines that end together a row each", () => {
    const lines = lineChart([line(0, 1), { ...line(0, 1), name: "other" }], { columns: 4, rows: 2 });
    expect(lines.slice(0, 2)).toEqual(["1.00 ┤  ⡠⠊ loss 1.00", "0.00 ┤⡠⠊   other 1.00"]);
  });

  it("draws a single step, a level line, and leaves gaps where values are not finite", () => {
    expect(lineChart([line(0.5)], { columns: 3, rows: 1 })).toEqual([
      "0.55 ┤⠄   loss 0.50",
      "     └───",
      "      1",
    ]);
    expect(lineChart([line(2, 2)], { columns: 2, rows: 1 })[0]).toBe("2.05 ┤⠤⠤ loss 2.00");
    expect(lineChart([line(0, Number.NaN, 1)], { columns: 2, rows: 1 })[0]).toBe("1.00 ┤⡀⠈ loss 1.00");
    expect(lineChart([line(5, 5.000002, 4.999999)], { columns: 2, rows: 1 })[0]).toBe("5.05 ┤⠤⠤ loss 5.00");
    expect(lineChart([line(Number.NaN)], { columns: 2, rows: 1 })[0]).toBe("1.00 ┤   loss NaN");
  });
});
