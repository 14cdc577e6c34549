import { checkOptions } from "./check-options.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import { type TfidfOptions, tfidfOptions } from "./tfidf.ts";
import { TfidfWeights } from "./tfidf-weights.ts";

/**
 * Weighs the counts of terms by how rare the terms are: tf-idf.
 *
 * A count `c` of a term that occurs in `df` of the N fitted texts becomes `c * (ln((1 + N) / (1 + df)) + 1)`; then
 * every row is divided by the root of its sum of squares.
 *
 * @remarks
 * Shapes: `[N, V]` to `[N, V]`. Zeros stay zeros. Computed in float64 and stored as float32. Conventions and defaults
 * are those of scikit-learn's `TfidfTransformer`. {@link TfidfVectorizer} counts the terms of texts itself.
 *
 * @example
 * ```ts
 * import { SparseMatrix, TfidfTransformer } from "@rnn/text";
 *
 * const counts = SparseMatrix.fromArray([[3, 0, 1], [2, 0, 0], [3, 2, 0]]);
 * const transformer = new TfidfTransformer();
 * const weights = transformer.fitTransform(counts);
 * transformer.idf; // => [1, 1.6931, 1.6931]
 * weights.toArray()[0]; // => [0.8710, 0, 0.4915]
 * ```
 *
 * @public
 */
export class TfidfTransformer {
  readonly #weights: TfidfWeights;

  /**
   * A transformer to fit, unless `idf` is given or not used.
   *
   * @throws RangeError if an option is out of range, or `idf` is given though not used.
   */
  constructor(options: TfidfOptions = {}) {
    checkOptions("TfidfTransformer", options, tfidfOptions);
    this.#weights = new TfidfWeights("TfidfTransformer", { ...options });
  }

  /**
   * A copy of the inverse document frequencies, `[V]`.
   *
   * @throws RangeError before {@link TfidfTransformer.fit}, or with `useIdf: false`.
   */
  get idf(): Float64Array {
    return this.#weights.idf();
  }

  /**
   * Finds the inverse document frequencies of the columns. With `idf` or `useIdf: false` nothing is left to do.
   *
   * @throws TypeError if `counts` is not a {@link SparseMatrix}.
   * @throws RangeError if a count is negative or not finite, or a column has no count and `smoothIdf` is `false`.
   */
  fit(counts: SparseMatrix): this {
    this.#weights.fit("fit", counts);
    return this;
  }

  /**
   * Weighs the counts.
   *
   * @throws TypeError if `counts` is not a {@link SparseMatrix}.
   * @throws RangeError before {@link TfidfTransformer.fit}, if the number of columns is another one than when
   * fitting, or a count is negative or not finite.
   */
  transform(counts: SparseMatrix): SparseMatrix {
    return this.#weights.transform("transform", counts);
  }

  /** {@link TfidfTransformer.fit} and {@link TfidfTransformer.transform} of the same counts. */
  fitTransform(counts: SparseMatrix): SparseMatrix {
    this.#weights.fit("fitTransform", counts);
    return this.#weights.transform("fitTransform", counts);
  }
}
