import { plot } from "@rnn/train/diagnostics";
import { describe, expect, test } from "vitest";

describe("plot", () => {
  test("columns exact to an eighth, the largest value above, the smallest below", () => {
    expect(plot([0, 1, 2, 3], { rows: 2 })).toBe("3 │  ▃█\n0 │▁▆██");
    expect(plot([-5, 10], { rows: 3 })).toBe("10 │ █\n   │ █\n-5 │▁█");
  });

  test("a straight line for what grows by the same factor, on the logarithmic scale", () => {
    const lines = plot(
      [1, 2, 3, 4, 5, 6, 7, 8].map((k) => 10 ** -k),
      { rows: 1, scale: "log" },
    );
    expect(lines).toBe("0.1 │█▇▆▅▄▃▂▁");
  });

  test("many values become the means of shares", () => {
    const values = Array.from({ length: 1000 }, (_, k) => k);
    expect(plot(values, { rows: 1, columns: 8 })).toBe("937 │▁▂▃▄▅▆▇█");
    expect(plot(values, { columns: 10 }).split("\n")).toHaveLength(8);
  });

  test("what is not finite is left out", () => {
    expect(plot([1, Number.NaN, 2, Number.POSITIVE_INFINITY], { rows: 1 })).toBe("2 │▁ █ ");
    expect(plot([0, 1, -1, 10], { rows: 1, scale: "log" })).toBe("10 │ ▁ █");
    expect(plot([], { rows: 1 })).toBe(" │");
    expect(plot([Number.NaN], { rows: 1 })).toBe(" │ ");
  });

  test("equal values are all the smallest", () => {
    expect(plot([4, 4], { rows: 1 })).toBe("4 │▁▁");
  });

  test.each<[() => unknown, Error]>([
    [() => plot(5 as never), new TypeError("plot: values must be a list of numbers, got 5")],
    [() => plot([1], { rows: 0 }), new RangeError("plot: rows must be an integer >= 1, got 0")],
    [
      () => plot([1], { scale: "log10" as "log" }),
      new RangeError('plot: scale must be "linear" or "log", got "log10"'),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});
