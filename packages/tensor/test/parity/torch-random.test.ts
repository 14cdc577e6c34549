import { Generator, rand, randint, randn, randperm, type Tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { type Case, loadCases } from "./fixtures.ts";

function draw({ kind, config }: Case): Tensor[] {
  const generator = new Generator(config.seed);
  const { shape, dtype } = config;
  switch (kind) {
    case "rand":
      return [rand(shape, { dtype, generator })];
    case "randn":
      return [randn(shape, { dtype, generator })];
    case "randint":
      // beyond int32 the numbers are asked for as float64
      return [
        randint(config.low, config.high, shape, {
          dtype: config.high > 2 ** 31 ? "float64" : "int32",
          generator,
        }),
      ];
    case "randperm":
      return [randperm(config.n, { generator })];
    case "sequence":
      return (config.calls as ["rand" | "randn" | "randperm", number][]).map(([name, n]) =>
        name === "randperm" ? randperm(n, { generator }) : { rand, randn }[name]([n], { generator }),
      );
    default:
      throw new Error(`no such draw: ${kind}`);
  }
}

describe("a seed gives the numbers of PyTorch, bit for bit", () => {
  const cases = loadCases("torch-random.json");
  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
    draw(c).forEach((got, i) => {
      const want = Object.values(c.outputs)[i]!;
      const exact = want.data.map((value) =>
        want.dtype === "float32" ? Math.fround(Number(value)) : Number(value),
      );
      // some cases keep only the end of a long draw
      const tail = Array.from(got.data).slice(-exact.length);
      expect(tail).toEqual(exact);
      if (c.config.tail === undefined) expect(got.shape).toEqual(want.shape);
    });
  });
});
