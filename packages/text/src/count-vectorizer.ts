import { checkTokens, isIterableObject } from "./checks.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { detached } from "./detached.ts";
import { show } from "./show.ts";
import { SparseMatrix } from "./sparse-matrix.ts";
import { splitWords } from "./split.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { Vocab } from "./vocab.ts";

/**
 * Options of {@link CountVectorizer}.
 *
 * @public
 */
export interface CountVectorizerOptions {
  /** Splits a text into tokens; {@link splitWords}, words of at least two characters, by default. */
  readonly tokenizer?: Tokenizer | undefined;
  /** Whether texts are lower-cased before, `true` by default. */
  readonly lowercase?: boolean | undefined;
  /** Whether an element says only if a word occurs (1), not how often; `false` by default. */
  readonly binary?: boolean | undefined;
  /** The columns, if they are known already: then there is nothing to fit. Copied. */
  readonly vocab?: Vocab | undefined;
}

/**
 * Bags of words: how often each word of a vocabulary occurs in each text. The order of the words is lost.
 *
 * @remarks
 * Shapes: N texts give `[N, V]`, one column per word, in the order of the words' code points. Words that were not
 * there when fitting are not counted. Lists of tokens may stand in place of texts and are taken as they are.
 * Conventions and defaults are those of scikit-learn's `CountVectorizer`.
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
 * @public
 */
export class CountVectorizer {
  readonly #tokenizer: Tokenizer;
  readonly #lowercase: boolean;
  readonly #binary: boolean;
  #vocab: Vocab | null;

  /** A vectorizer without columns, unless `vocab` gives them. */
  constructor(options: CountVectorizerOptions = {}) {
    const { tokenizer = splitWords, lowercase = true, binary = false, vocab } = options;
    this.#tokenizer = tokenizer;
    this.#lowercase = lowercase;
    this.#binary = binary;
    this.#vocab = vocab === undefined ? null : new Vocab(vocab);
  }

  /**
   * The word of each column.
   *
   * @throws RangeError before {@link CountVectorizer.fit}, unless a vocabulary was passed.
   */
  get vocab(): Vocab {
    return this.#fitted("vocab");
  }

  /**
   * Finds the words of the texts, which become the columns.
   *
   * @throws TypeError if a text is neither a string nor a list of tokens.
   * @throws RangeError if the texts contain no word at all.
   */
  fit(texts: Iterable<string | readonly string[]>): this {
    checkTexts("fit", texts);
    const words = new Set<string>();
    let n = 0;
    for (const text of texts) {
      for (const token of this.#tokens("fit", text, n++)) if (!words.has(token)) words.add(detached(token));
    }
    if (words.size === 0) throw new RangeError(`CountVectorizer.fit: ${n} texts contain no word`);
    this.#vocab = new Vocab([...words].sort(compareCodePoints));
    return this;
  }

  /**
   * Counts the words of each text.
   *
   * @throws TypeError if a text is neither a string nor a list of tokens.
   * @throws RangeError before {@link CountVectorizer.fit}, unless a vocabulary was passed.
   */
  transform(texts: Iterable<string | readonly string[]>): SparseMatrix {
    checkTexts("transform", texts);
    const vocab = this.#fitted("transform");
    const rows: number[] = [];
    const columns: number[] = [];
    const values: number[] = [];
    let n = 0;
    for (const text of texts) {
      const counts = new Map<number, number>();
      for (const token of this.#tokens("transform", text, n)) {
        if (!vocab.contains(token)) continue;
        const column = vocab.lookupIndex(token);
        counts.set(column, this.#binary ? 1 : (counts.get(column) ?? 0) + 1);
      }
      for (const [column, count] of [...counts].sort((a, b) => a[0] - b[0])) {
        rows.push(n);
        columns.push(column);
        values.push(count);
      }
      n++;
    }
    return new SparseMatrix({
      shape: [n, vocab.length],
      rows: Int32Array.from(rows),
      columns: Int32Array.from(columns),
      values: Float32Array.from(values),
    });
  }

  /** {@link CountVectorizer.fit} and {@link CountVectorizer.transform} of the same texts. */
  fitTransform(texts: Iterable<string | readonly string[]>): SparseMatrix {
    checkTexts("fitTransform", texts);
    const list = [...texts];
    return this.fit(list).transform(list);
  }

  #tokens(method: string, text: string | readonly string[], n: number): Iterable<string> {
    if (typeof text === "string") return this.#tokenizer(this.#lowercase ? text.toLowerCase() : text);
    checkTokens(`CountVectorizer.${method}`, `text ${n}`, text, "a string or a list of tokens");
    return text;
  }

  #fitted(member: string): Vocab {
    if (this.#vocab !== null) return this.#vocab;
    throw new RangeError(
      `CountVectorizer.${member}: there are no columns yet; call fit first, or pass vocab`,
    );
  }
}

function checkTexts(method: string, texts: unknown): void {
  if (isIterableObject(texts)) return;
  throw new TypeError(`CountVectorizer.${method}: texts must be a list of texts, got ${show(texts)}`);
}
