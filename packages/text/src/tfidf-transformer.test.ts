import { expectClose } from "@internal/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SparseMatrix } from "./sparse-matrix.ts";
import type { TfidfOptions } from "./tfidf.ts";
import { TfidfTransformer } from "./tfidf-transformer.ts";

const matrix = SparseMatrix.fromArray;
const counts = matrix([
  [1, 1, 4],
  [1, 1, 0],
  [1, 0, 0],
  [0, 0, 0],
]);
const row = (options: TfidfOptions) => new TfidfTransformer(options).fitTransform(counts).toArray()[0] ?? [];

describe("TfidfTransformer", () => {
  // ln((1 + 4) / (1 + df)) + 1 for df = 3, 2, 1
  const idf = [Math.log(5 / 4) + 1, Math.log(5 / 3) + 1, Math.log(5 / 2) + 1];

  test("rare terms weigh more", () => {
    expectClose(new TfidfTransformer().fit(counts).idf, idf);
    expectClose(row({ norm: "none" }), [idf[0]!, idf[1]!, 4 * idf[2]!]);
  });

  test("without smoothing nothing is added to the frequencies", () => {
    expectClose(row({ norm: "none", smoothIdf: false }), [
      Math.log(4 / 3) + 1,
      Math.log(2) + 1,
      4 * (Math.log(4) + 1),
    ]);
  });

  test("without idf the counts are only normalised, and nothing needs to be fitted", () => {
    const transformer = new TfidfTransformer({ useIdf: false, norm: "l1" });
    expectClose(transformer.transform(counts).toArray()[0] ?? [], [1 / 6, 1 / 6, 4 / 6]);
  });

  test("with sublinearTf counts enter by their logarithm", () => {
    expectClose(row({ useIdf: false, norm: "none", sublinearTf: true }), [1, 1, 1 + Math.log(4)]);
  });

  test("given frequencies replace fitting, and stay when fitting", () => {
    const given = [1, 2, 3];
    const transformer = new TfidfTransformer({ idf: given, norm: "none" }).fit(counts);
    given[0] = 9;
    expect(transformer.transform(counts).toArray()[0]).toEqual([1, 2, 12]);
    transformer.idf[0] = 9;
    expect(transformer.idf).toEqual(Float64Array.of(1, 2, 3));
  });

  test("a zero that the matrix keeps is a zero all the same", () => {
    const kept = new SparseMatrix({
      shape: [2, 2],
      rows: Int32Array.of(0, 0, 1),
      columns: Int32Array.of(0, 1, 0),
      values: Float32Array.of(2, 0, 0),
    });
    const dense = matrix(kept.toArray());
    for (const options of [{}, { sublinearTf: true }, { norm: "none" as const }]) {
      const weigh = (m: SparseMatrix) => new TfidfTransformer(options).fitTransform(m).toArray();
      expect(weigh(kept)).toEqual(weigh(dense));
    }
  });

  test("rows have length 1 under their norm, rows of zeros stay zeros, and zeros stay zeros", () => {
    const rows = fc.array(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), { minLength: 1 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom("l1" as const, "l2" as const),
        fc.boolean(),
        (lists, norm, sublinearTf) => {
          const weights = new TfidfTransformer({ norm, sublinearTf }).fitTransform(matrix(lists)).toArray();
          weights.forEach((list, n) => {
            const size = list.reduce((sum, x) => sum + (norm === "l2" ? x * x : Math.abs(x)), 0);
            expectClose([size], [lists[n]?.some((x) => x > 0) ? 1 : 0]);
            expect(list.map((x) => x === 0)).toEqual(lists[n]?.map((x) => x === 0));
          });
        },
      ),
    );
  });
});

describe("TfidfTransformer errors", () => {
  const any = (value: unknown) => value as never;
  const fitted = new TfidfTransformer().fit(counts);

  test.each<[() => unknown, Error]>([
    [
      () => new TfidfTransformer({ norm: any(null) }),
      new RangeError('TfidfTransformer: norm must be "l1", "l2" or "none", got null'),
    ],
    [
      () => new TfidfTransformer({ idf: [1], useIdf: false }),
      new RangeError("TfidfTransformer: idf is not used with useIdf: false; leave it out"),
    ],
    [
      () => new TfidfTransformer({ idf: [1, Number.NaN] }),
      new RangeError("TfidfTransformer: idf[1] must be a finite number, got NaN"),
    ],
    [
      () => new TfidfTransformer({ idf: any(5) }),
      new TypeError("TfidfTransformer: idf must be a list of numbers, got 5"),
    ],
    [
      () => new TfidfTransformer().transform(counts),
      new RangeError("TfidfTransformer.transform: nothing is fitted yet; call fit first, or pass idf"),
    ],
    [
      () => new TfidfTransformer().idf,
      new RangeError("TfidfTransformer.idf: nothing is fitted yet; call fit first, or pass idf"),
    ],
    [
      () => new TfidfTransformer({ useIdf: false }).idf,
      new RangeError("TfidfTransformer.idf: there is none with useIdf: false"),
    ],
    [
      () => fitted.transform(matrix([[1, 2]])),
      new RangeError(
        "TfidfTransformer.transform: counts have 2 columns, but there are 3 inverse document frequencies",
      ),
    ],
    [
      () => fitted.fit(any([[1, 2]])),
      new TypeError("TfidfTransformer.fit: counts must be a SparseMatrix, got an array of 1"),
    ],
    [
      () => fitted.fitTransform(matrix([[1, 2, -1]])),
      new RangeError(
        "TfidfTransformer.fitTransform: the count at [0,2] must be finite and not negative, got -1",
      ),
    ],
    [
      () => fitted.transform(matrix([[1, Number.NaN, 1]])),
      new RangeError(
        "TfidfTransformer.transform: the count at [0,1] must be finite and not negative, got NaN",
      ),
    ],
    [
      () => new TfidfTransformer({ smoothIdf: false }).fit(matrix([[1, 0]])),
      new RangeError(
        "TfidfTransformer.fit: column 1 is 0 in all 1 rows, so that its inverse document frequency is infinite; set smoothIdf",
      ),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
