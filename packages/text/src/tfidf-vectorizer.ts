import { checkOptions } from "./check-options.ts";
import type { CountVectorizerOptions } from "./count-vectorizer.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import { TermTable, termTableOptions } from "./term-table.ts";
import type { TextOrTokens } from "./terms.ts";
import { type TfidfOptions, tfidfOptions } from "./tfidf.ts";
import { TfidfWeights } from "./tfidf-weights.ts";
import type { Vocab } from "./vocab.ts";

/**
 * Options of {@link TfidfVectorizer}.
 *
 * @public
 */
export interface TfidfVectorizerOptions extends CountVectorizerOptions, TfidfOptions {}

/**
 * Texts as tf-idf weights of their terms: {@link CountVectorizer}, then {@link TfidfTransformer}.
 *
 * @remarks
 * Shapes: N texts give `[N, V]`. To use a fitted vectorizer elsewhere, keep its `vocab` and `idf`, and pass them
 * with the same other options. Conventions and defaults are those of scikit-learn's `TfidfVectorizer`.
 *
 * @example
 * ```ts
 * import { TfidfVectorizer, Vocab } from "@rnn/text";
 *
 * const vectorizer = new TfidfVectorizer();
 * vectorizer.fit(["good film", "bad film", "good plot"]);
 * vectorizer.vocab.getItos(); // => ["bad", "film", "good", "plot"]
 * vectorizer.transform(["A bad, bad film"]).toArray(); // => [[0.9347, 0.3554, 0, 0]]
 *
 * const kept = JSON.stringify({ vocab: vectorizer.vocab, idf: [...vectorizer.idf] });
 * const { vocab, idf } = JSON.parse(kept);
 * const loaded = new TfidfVectorizer({ vocab: Vocab.fromJSON(vocab), idf });
 * loaded.transform(["A bad, bad film"]).toArray(); // => [[0.9347, 0.3554, 0, 0]]
 * ```
 *
 * @public
 */
export class TfidfVectorizer {
  readonly #terms: TermTable;
  readonly #weights: TfidfWeights;

  /**
   * A vectorizer to fit, unless `vocab` and `idf` are given.
   *
   * @throws TypeError if an option has the wrong type.
   * @throws RangeError if an option is out of range, or two do not fit together.
   */
  constructor(options: TfidfVectorizerOptions = {}) {
    checkOptions("TfidfVectorizer", options, { ...termTableOptions, ...tfidfOptions });
    const { vocab, idf } = options;
    const own = { ...options };
    this.#terms = new TermTable("TfidfVectorizer", own);
    this.#weights = new TfidfWeights("TfidfVectorizer", own);
    if (idf === undefined) return;
    if (vocab === undefined) throw new RangeError("TfidfVectorizer: idf needs the vocab it belongs to");
    if (idf.length === vocab.length) return;
    throw new RangeError(
      `TfidfVectorizer: idf has ${idf.length} numbers, but vocab has ${vocab.length} tokens`,
    );
  }

  /**
   * The term of each column.
   *
   * @throws RangeError before {@link TfidfVectorizer.fit}, unless a vocabulary was passed.
   */
  get vocab(): Vocab {
    return this.#terms.vocab("vocab");
  }

  /**
   * A copy of the inverse document frequency of each column, `[V]`.
   *
   * @throws RangeError before {@link TfidfVectorizer.fit}, unless `idf` was passed, or with `useIdf: false`.
   */
  get idf(): Float64Array {
    return this.#weights.idf();
  }

  /**
   * Finds the terms of the texts and how rare they are. What `vocab` and `idf` give stays.
   *
   * @throws TypeError if a text is neither a string nor a list of tokens.
   * @throws RangeError if the texts contain no term, or none within the limits, or a term of `vocab` is in no text
   * and `smoothIdf` is `false`.
   */
  fit(texts: Iterable<TextOrTokens>): this {
    if (this.#weights.needsFit) this.#weights.fit("fit", this.#terms.fitTransform(texts, "fit"));
    else this.#terms.fit(texts);
    return this;
  }

  /**
   * Weighs the terms of each text.
   *
   * @throws TypeError if a text is neither a string nor a list of tokens.
   * @throws RangeError before {@link TfidfVectorizer.fit}, unless `vocab` and `idf` were passed.
   */
  transform(texts: Iterable<TextOrTokens>): SparseMatrix {
    return this.#weights.transform("transform", this.#terms.transform(texts));
  }

  /** {@link TfidfVectorizer.fit} and {@link TfidfVectorizer.transform} of the same texts, read once. */
  fitTransform(texts: Iterable<TextOrTokens>): SparseMatrix {
    const counts = this.#terms.fitTransform(texts);
    this.#weights.fit("fitTransform", counts);
    return this.#weights.transform("fitTransform", counts);
  }
}
