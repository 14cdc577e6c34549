import { expectClose } from "@internal/testing";
import { einsum, Generator, rand, randint, Tensor, tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements, positions, read } from "./naive.ts";

/** A product over every assignment of indices to letters, added where the output letters say. */
function naive(
  inputs: readonly string[],
  output: string,
  x: readonly Tensor[],
): { shape: number[]; data: number[] } {
  const letters = [...new Set(inputs.join(""))];
  const size = (letter: string): number =>
    Math.max(
      0,
      ...inputs.flatMap((term, i) => [...term].flatMap((c, d) => (c === letter ? [x[i]!.shape[d]!] : []))),
    );
  const shape = [...output].map(size);
  const totals = new Map(positions(shape).map((at) => [at.join(), 0]));
  for (const assigned of positions(letters.map(size))) {
    const indexOf = (letter: string): number => assigned[letters.indexOf(letter)]!;
    const product = inputs.reduce((value, term, i) => {
      const at = [...term].map((letter, d) => (x[i]!.shape[d] === 1 ? 0 : indexOf(letter)));
      return value * read(x[i]!, at);
    }, 1);
    const to = [...output].map(indexOf).join();
    totals.set(to, totals.get(to)! + product);
  }
  return { shape, data: [...totals.values()] };
}

const sizes: Readonly<Record<string, number>> = { a: 2, b: 3, c: 1, d: 4 };
const term = fc.array(fc.constantFrom<string>("a", "b", "c", "d"), { maxLength: 3 });

describe("einsum", () => {
  test("is the sum over all assignments of indices to letters", () => {
    const problem = fc.record({
      inputs: fc.array(term, { minLength: 1, maxLength: 3 }),
      output: fc.shuffledSubarray<string>(["a", "b", "c", "d"]),
      squash: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      isReversed: fc.boolean(),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(problem, ({ inputs, output, squash, isReversed, seed }) => {
        const generator = new Generator(seed);
        const operands = inputs.map((letters, i) => {
          // one dimension of size 1 now and then, unless its letter is there twice
          const shape = letters.map((letter, d) =>
            d === 0 && squash[i] && letters.lastIndexOf(letter) === 0 ? 1 : sizes[letter]!,
          );
          const x = rand(shape, { dtype: "float64", generator });
          return isReversed && x.ndim > 0 ? x.flip(0) : x;
        });
        const known = output.filter((letter) => inputs.flat().includes(letter));
        const terms = inputs.map((letters) => letters.join(""));
        const want = naive(terms, known.join(""), operands);
        const got = einsum(`${terms.join(",")}->${known.join("")}`, ...operands);
        // a letter that is 1 everywhere stays 1
        expect(got.shape).toEqual(want.shape);
        // sums of up to 24 products in another order
        expectClose(elements(got), want.data, { rtol: 1e-14, atol: 1e-14 });
      }),
      { numRuns: 300 },
    );
  });

  test("without an output takes the letters that are found once, in alphabetical order", () => {
    const x = rand([2, 3], { dtype: "float64" });
    const y = rand([3, 4], { dtype: "float64" });
    expect(einsum("ca,ab", x, y).shape).toEqual([4, 2]);
    expect(elements(einsum("ca,ab", x, y))).toEqual(elements(einsum("ca,ab->bc", x, y)));
    expect(einsum("aB", x).shape).toEqual([3, 2]);
    expect(einsum("ij", x).data).toBe(x.data);
    expect(
      einsum(
        "ii",
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ).item(),
    ).toBe(5);
    expect(einsum("i,i", tensor([1, 2]), tensor([3, 4])).item()).toBe(11);
  });

  test("an ellipsis stands for any dimensions, matched from the last one", () => {
    const a = rand([5, 1, 2, 3], { dtype: "float64" });
    const b = rand([4, 3, 2], { dtype: "float64" });
    expectClose(elements(einsum("...ij,...jk->...ik", a, b)), a.matmul(b).data, { rtol: 1e-15, atol: 0 });
    expect(einsum("...ij,...jk", a, b).shape).toEqual([5, 4, 2, 2]);
    expect(einsum("i...->...", a).shape).toEqual([1, 2, 3]);
    expect(einsum("i...j->j...i", a).shape).toEqual([3, 1, 2, 5]);
    expectClose([einsum("...->", a).item()], [a.sum().item()], { rtol: 1e-15, atol: 0 });
    expect(einsum("...,...", b, tensor(Float64Array.of(2), { shape: [] })).shape).toEqual([4, 3, 2]);
    expect(einsum(" ... i j , j -> i ... ", a, tensor(Float64Array.of(1, 1, 1))).shape).toEqual([2, 5, 1]);
  });

  test("a letter three times takes the diagonal of all three", () => {
    const cube = tensor(
      Float64Array.from({ length: 8 }, (_, i) => i),
      { shape: [2, 2, 2] },
    );
    expect(einsum("iii->i", cube).toArray()).toEqual([0, 7]);
    expect(einsum("iii", cube).item()).toBe(7);
    expect(einsum("iji->ij", cube).toArray()).toEqual([
      [0, 2],
      [5, 7],
    ]);
  });

  test("int32 stays int32, and sums over nothing are zero", () => {
    const x = randint(-9, 9, [3, 4]);
    expect(einsum("ij,kj->ik", x, x).dtype).toBe("int32");
    expect(elements(einsum("ij,kj->ik", x, x))).toEqual(elements(x.matmul(x.transpose(0, 1))));
    const none = new Tensor(new Float32Array(0), [2, 0]);
    expect(einsum("ij,kj->ik", none, none).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(einsum("->", tensor(5)).item()).toBe(5);
  });
});
