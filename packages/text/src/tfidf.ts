import type { OptionKinds } from "./check-options.ts";
import { checkIds } from "./checks.ts";
import { show } from "./show.ts";
import { SparseMatrix } from "./sparse-matrix.ts";

/**
 * How counts become tf-idf weights.
 *
 * @public
 */
export interface TfidfOptions {
  /**
   * What each row is divided by: the root of its sum of squares (`"l2"`, the default), its sum (`"l1"`), or nothing
   * (`"none"`).
   */
  readonly norm?: "l1" | "l2" | "none" | undefined;
  /** Whether counts are multiplied by the inverse document frequency, `true` by default. */
  readonly useIdf?: boolean | undefined;
  /** Whether frequencies are counted as if one more text contained every term once, `true` by default. */
  readonly smoothIdf?: boolean | undefined;
  /** Whether a count `c` is replaced by `1 + ln(c)` before, `false` by default. */
  readonly sublinearTf?: boolean | undefined;
  /** The inverse document frequency of each column, if known already: then there is nothing to fit. Copied. */
  readonly idf?: ArrayLike<number> | undefined;
}

/** For {@link checkOptions}. */
export const tfidfOptions: OptionKinds<TfidfOptions> = {
  norm: "any",
  useIdf: "boolean",
  smoothIdf: "boolean",
  sublinearTf: "boolean",
  idf: "any",
};

/** The inverse document frequency of each column, `ln(n / df) + 1`, with `n` and `df` one greater if smoothed. */
export function inverseDocumentFrequencies(
  where: string,
  counts: SparseMatrix,
  smoothIdf: boolean,
): Float64Array {
  const [numRows, numColumns] = counts.shape;
  const extra = smoothIdf ? 1 : 0;
  const idf = new Float64Array(numColumns).fill(extra);
  for (let k = 0; k < counts.values.length; k++) {
    if (counts.values[k] !== 0) idf[counts.columns[k]!]! += 1;
  }
  const absent = idf.indexOf(0);
  if (absent !== -1) {
    throw new RangeError(
      `${where}: column ${absent} is 0 in all ${numRows} rows, so that its inverse document frequency is infinite; set smoothIdf`,
    );
  }
  return idf.map((df) => Math.log((numRows + extra) / df) + 1);
}

/** The weights of all counts; `idf` is `null` where it is not used. */
export function weighted(
  counts: SparseMatrix,
  idf: Float64Array | null,
  { sublinearTf = false, norm = "l2" }: TfidfOptions,
): SparseMatrix {
  const { shape, rows, columns } = counts;
  // float64 until the row is normalised
  const weights = Float64Array.from(counts.values, (count, k) => {
    const tf = sublinearTf && count !== 0 ? 1 + Math.log(count) : count;
    return idf === null ? tf : tf * idf[columns[k]!]!;
  });
  if (norm !== "none") {
    const sizes = new Float64Array(shape[0]);
    weights.forEach((weight, k) => {
      sizes[rows[k]!]! += norm === "l2" ? weight * weight : Math.abs(weight);
    });
    weights.forEach((weight, k) => {
      const size = norm === "l2" ? Math.sqrt(sizes[rows[k]!]!) : sizes[rows[k]!]!;
      if (size !== 0) weights[k] = weight / size;
    });
  }
  return new SparseMatrix({ shape, rows, columns, values: Float32Array.from(weights) });
}

/** @throws RangeError unless the options are in their ranges. */
export function checkTfidfOptions(where: string, { norm = "l2", useIdf, idf }: TfidfOptions): void {
  if (norm !== "l1" && norm !== "l2" && norm !== "none") {
    throw new RangeError(`${where}: norm must be "l1", "l2" or "none", got ${show(norm)}`);
  }
  if (idf === undefined) return;
  if (useIdf === false) throw new RangeError(`${where}: idf is not used with useIdf: false; leave it out`);
  checkIds(where, "idf", idf, "a list of numbers");
  for (let i = 0; i < idf.length; i++) {
    if (Number.isFinite(idf[i])) continue;
    throw new RangeError(`${where}: idf[${i}] must be a finite number, got ${show(idf[i])}`);
  }
}
