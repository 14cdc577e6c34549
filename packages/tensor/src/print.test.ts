import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { zeros } from "./create.ts";
import { tensor } from "./from.ts";
import { arange, linspace } from "./ranges.ts";

/** What PyTorch prints between the brackets of tensor(...). */
function body(text: string): string {
  return /^tensor\((.*), shape=.*\)$/s.exec(text)![1]!;
}

describe("printing follows PyTorch", () => {
  test("four decimals, columns aligned for signs", () => {
    const x = tensor([
      [1, 2.5],
      [3, -4.25],
    ]);
    expect(x.toString()).toBe(
      "tensor([[ 1.0000,  2.5000],\n        [ 3.0000, -4.2500]], shape=[2,2], dtype=float32)",
    );
  });

  test("whole floats end in a point, integers and truth values do not", () => {
    expect(body(String(tensor([1, 20, -3])))).toBe("[ 1., 20., -3.]");
    expect(body(String(tensor([1, 20], { dtype: "int32" })))).toBe("[ 1, 20]");
    expect(body(String(tensor([true, false])))).toBe("[ true, false]");
  });

  test("numbers of very different sizes get exponents", () => {
    expect(body(String(tensor([1e-5, 1])))).toBe("[1.0000e-05, 1.0000e+00]");
    expect(body(String(tensor([123456789.5, 2])))).toBe("[1.2346e+08, 2.0000e+00]");
    expect(body(String(tensor([0.00001])))).toBe("[1.0000e-05]");
    expect(body(String(tensor([1e9])))).toBe("[1.0000e+09]");
    expect(body(String(tensor([999.5, 1])))).toBe("[999.5000,   1.0000]");
  });

  test("NaN, infinities and the sign of zero are shown", () => {
    expect(body(String(tensor([NaN, 1, -Infinity])))).toBe("[ nan,   1., -inf]");
    expect(body(String(tensor([Infinity, 0.5])))).toBe("[   inf, 0.5000]");
    expect(body(String(tensor([-0, 0.5])))).toBe("[-0.0000,  0.5000]");
  });

  test("matrices of a stack are apart by an empty line", () => {
    expect(body(String(arange(8).reshape([2, 2, 2])))).toBe(
      "[[[0, 1],\n         [2, 3]],\n\n        [[4, 5],\n         [6, 7]]]",
    );
  });

  test("0-d and empty tensors", () => {
    expect(String(tensor(2.5))).toBe("tensor(2.5000, shape=[], dtype=float32)");
    expect(String(zeros([0, 3]))).toBe("tensor([], shape=[0,3], dtype=float32)");
  });

  test("of more than 1000 elements only the ends of each dimension are shown", () => {
    expect(body(String(arange(1001)))).toBe("[   0,    1,    2,  ...,  998,  999, 1000]");
    const rows = body(String(arange(2100).reshape([7, 300]))).split("\n");
    expect(rows).toHaveLength(7);
    expect(rows[0]).toBe("[[   0,    1,    2,  ...,  297,  298,  299],");
    expect(rows[3]).toBe("        ...,");
    expect(rows[6]).toBe("        [1800, 1801, 1802,  ..., 2097, 2098, 2099]]");
    expect(body(String(linspace(0, 1, 1000))).split(",")).toHaveLength(1000);
  });

  test("rows go on in the next line after 80 columns", () => {
    const ints = String(arange(24));
    expect(ints.split("\n")).toEqual([
      "tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,",
      "        18, 19, 20, 21, 22, 23], shape=[24], dtype=int32)",
    ]);
    const lines = body(String(linspace(-1, 1, 18).reshape([2, 9]))).split("\n");
    expect(lines).toEqual([
      "[[-1.0000, -0.8824, -0.7647, -0.6471, -0.5294, -0.4118, -0.2941, -0.1765,",
      "         -0.0588],",
      "        [ 0.0588,  0.1765,  0.2941,  0.4118,  0.5294,  0.6471,  0.7647,  0.8824,",
      "          1.0000]]",
    ]);
  });

  test("zero keeps its sign, with exponents too", () => {
    expect(body(String(tensor([Number.NaN, -0, 1e-30, 1e30], { dtype: "float64" })))).toBe(
      "[        nan, -0.0000e+00,  1.0000e-30,  1.0000e+30]",
    );
  });

  test("what lies between two decimals is rounded to the even one, as by Python's format", () => {
    const between = tensor([0.03125, -0.03125, 0.09375, 9.96875, 0.5 + 2 ** -30], { dtype: "float64" });
    expect(body(String(between))).toBe("[ 0.0312, -0.0312,  0.0938,  9.9688,  0.5000]");
    const wide = tensor([100005, -123455, 1 / 256, 999995e9, 100005.5], { dtype: "float64" });
    expect(body(String(wide)).replace(/\n */g, " ")).toBe(
      "[ 1.0000e+05, -1.2346e+05,  3.9062e-03,  1.0000e+15,  1.0001e+05]",
    );
  });

  test("the margin of nested rows counts among the columns", () => {
    const row = body(String(arange(1000, 1012).reshape([1, 1, 12]))).split("\n");
    expect(row).toEqual([
      "[[[1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010,",
      "          1011]]]",
    ]);
  });

  test("matrices of several in a stack are cut and apart as in PyTorch", () => {
    const lines = body(String(arange(4 * 7 * 40).reshape([4, 7, 40]))).split("\n");
    // four matrices of three rows, dots and three rows, and three empty lines between them
    expect(lines).toHaveLength(4 * 7 + 3);
    expect(lines[0]).toBe("[[[   0,    1,    2,  ...,   37,   38,   39],");
    expect(lines[3]).toBe("         ...,");
    expect(lines[7]).toBe("");
    expect(lines.at(-1)).toBe("         [1080, 1081, 1082,  ..., 1117, 1118, 1119]]]");
  });

  test("views are printed as they are seen, and Node's inspect shows the same", () => {
    const x = arange(6).reshape([2, 3]).transpose(0, 1).flip(0);
    expect(body(String(x))).toBe("[[2, 5],\n        [1, 4],\n        [0, 3]]");
    expect(inspect(x)).toBe(String(x));
    expect(inspect({ x: tensor(1) })).toBe("{ x: tensor(1., shape=[], dtype=float32) }");
  });
});
