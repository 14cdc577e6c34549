import { checkOptions } from "./check-options.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import type { TermLimits } from "./term-limits.ts";
import { TermTable, termTableOptions } from "./term-table.ts";
import type { TermOptions, TextOrTokens } from "./terms.ts";
import type { Vocab } from "./vocab.ts";

/**
 * Options of {@link CountVectorizer}.
 *
 * @public
 */
export interface CountVectorizerOptions extends TermOptions, TermLimits {
  /** Whether an element says only if a term occurs (1), not how often; `false` by default. */
  readonly binary?: boolean | undefined;
  /** The columns, if they are known already: then there is nothing to fit. Copied. */
  readonly vocab?: Vocab | undefined;
}

/**
 * Bags of words: how often each term of a vocabulary occurs in each text. The order of the words is lost, but for
 * what n-grams keep of it.
 *
 * @remarks
 * Shapes: N texts give `[N, V]`, one column per term, in the order of the terms' code points. Terms are words, or
 * n-grams of words or characters. Those that were not there when fitting are not counted. Lists of words may stand
 * in place of texts and are neither lower-cased nor split. Conventions and defaults are those of scikit-learn's
 * `CountVectorizer`.
 *
 * @example
 * ```ts
 * import { CountVectorizer } from "@rnn/text";
 *
 * const vectorizer = new CountVectorizer();
 * const counts = vectorizer.fitTransform(["The sun is shining", "The weather is sweet, is it?"]);
 * vectorizer.vocab.getItos(); // => ["is", "it", "shining", "sun", "sweet", "the", "weather"]
 * counts.toArray(); // => [[1, 0, 1, 1, 0, 1, 0], [2, 1, 0, 0, 1, 1, 1]]
 * counts.columns; // => [0, 2, 3, 5, 0, 1, 4, 5, 6]
 * vectorizer.transform(["Sun and sweet sun"]).toArray(); // => [[0, 0, 0, 2, 1, 0, 0]]
 * ```
 *
 * @example
 * Words and pairs of words that occur in at least two texts, but not in all:
 * ```ts
 * import { CountVectorizer } from "@rnn/text";
 *
 * const texts = ["Not a good film", "A good film", "Not good at all", "A film, sadly"];
 * const vectorizer = new CountVectorizer({ ngramRange: [1, 2], minDf: { count: 2 }, maxDf: { fraction: 0.7 } });
 * vectorizer.fit(texts).vocab.getItos(); // => ["good film", "not", "not good"]
 * ```
 *
 * @public
 */
export class CountVectorizer {
  readonly #terms: TermTable;

  /**
   * A vectorizer without columns, unless `vocab` gives them.
   *
   * @throws TypeError if an option has the wrong type.
   * @throws RangeError if an option is out of range, or two exclude each other.
   */
  constructor(options: CountVectorizerOptions = {}) {
    checkOptions("CountVectorizer", options, termTableOptions);
    this.#terms = new TermTable("CountVectorizer", options);
  }

  /**
   * The term of each column.
   *
   * @throws RangeError before {@link CountVectorizer.fit}, unless a vocabulary was passed.
   */
  get vocab(): Vocab {
    return this.#terms.vocab("vocab");
  }

  /**
   * Finds the terms of the texts, which become the columns. With `vocab` nothing is left to do.
   *
   * @throws TypeError if a text is neither a string nor a list of tokens.
   * @throws RangeError if the texts contain no term, or none within the limits.
   */
  fit(texts: Iterable<TextOrTokens>): this {
    this.#terms.fit(texts);
    return this;
  }

  /**
   * Counts the terms of each text.
   *
   * @throws TypeError if a text is neither a string nor a list of tokens.
   * @throws RangeError before {@link CountVectorizer.fit}, unless a vocabulary was passed.
   */
  transform(texts: Iterable<TextOrTokens>): SparseMatrix {
    return this.#terms.transform(texts);
  }

  /** {@link CountVectorizer.fit} and {@link CountVectorizer.transform} of the same texts, read once. */
  fitTransform(texts: Iterable<TextOrTokens>): SparseMatrix {
    return this.#terms.fitTransform(texts);
  }
}
