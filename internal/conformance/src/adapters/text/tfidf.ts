import { SparseMatrix } from "@rnn/text";
import { type PeerAdapter, peer } from "../../adapter.ts";
import { needClass } from "../../library.ts";

interface TfidfCase {
  readonly counts: number[][];
  readonly options: { readonly smooth_idf: boolean; readonly norm: "l1" | "l2" | null };
  /** Properties that scikit-learn's test asserts instead of numbers. */
  readonly criterion: { readonly all_ge_0?: boolean; readonly row_sum_of_squares?: number[] };
}

interface Transformer {
  fitTransform(counts: SparseMatrix): SparseMatrix;
}

/** kind `tfidf`: rows of counts weighted by rarity. */
export const tfidfCase: PeerAdapter = peer<TfidfCase>((c, { judge }) => {
  const TfidfTransformer = needClass<new (options: object) => Transformer>("text", "TfidfTransformer");
  const { smooth_idf: smoothIdf, norm } = c.options;
  const rows = new TfidfTransformer({ smoothIdf, norm }).fitTransform(sparse(c.counts)).toArray();
  if (c.criterion.all_ge_0)
    judge.holds(
      "weights",
      rows.flat().every((x) => x >= 0),
      rows,
      "none below 0",
    );
  c.criterion.row_sum_of_squares?.forEach((want, n) => {
    const got = rows[n]?.reduce((sum, x) => sum + x * x, 0) ?? Number.NaN;
    judge.number(`sum of squares of row ${n}`, got, want, { atol: 1e-6, rtol: 0 });
  });
});

/** The elements that are not 0, row by row. */
function sparse(counts: readonly (readonly number[])[]): SparseMatrix {
  const elements = counts.flatMap((row, n) =>
    row.map((value, column) => ({ row: n, column, value })).filter(({ value }) => value !== 0),
  );
  return new SparseMatrix({
    shape: [counts.length, counts[0]?.length ?? 0],
    rows: Int32Array.from(elements, (element) => element.row),
    columns: Int32Array.from(elements, (element) => element.column),
    values: Float32Array.from(elements, (element) => element.value),
  });
}
