import type { OptionKinds } from "./check-options.ts";
import { isIterableObject } from "./checks.ts";
import { detached } from "./detached.ts";
import { type Elements, renumberColumns } from "./renumber-columns.ts";
import { RowCounter } from "./row-counter.ts";
import { show } from "./show.ts";
import { SparseMatrix } from "./sparse-matrix.ts";
import { checkLimits, type TermLimits, withinLimits } from "./term-limits.ts";
import { type Analyzer, makeAnalyzer, type TermOptions, type TextOrTokens, termOptions } from "./terms.ts";
import { Vocab } from "./vocab.ts";

/** What the vectorizers' options have in common. */
export interface TermTableOptions extends TermOptions, TermLimits {
  readonly binary?: boolean | undefined;
  readonly vocab?: Vocab | undefined;
}

/** For {@link checkOptions}. */
export const termTableOptions: OptionKinds<TermTableOptions> = {
  ...termOptions,
  minDf: "any",
  maxDf: "any",
  maxFeatures: "any",
  binary: "boolean",
  vocab: "any",
};

/** Columns that stand for terms, and what fills them: shared by the vectorizers, which name themselves in errors. */
export class TermTable {
  readonly #where: string;
  readonly #analyze: Analyzer;
  readonly #limits: TermLimits;
  readonly #binary: boolean;
  readonly #isFixed: boolean;
  #vocab: Vocab | null;

  constructor(where: string, options: TermTableOptions) {
    const { binary = false, vocab } = options;
    this.#where = where;
    this.#analyze = makeAnalyzer(where, options);
    this.#binary = binary;
    this.#isFixed = vocab !== undefined;
    if (vocab !== undefined && !(vocab instanceof Vocab)) {
      throw new TypeError(`${where}: vocab must be a Vocab, got ${show(vocab)}`);
    }
    this.#vocab = vocab === undefined ? null : new Vocab(vocab);
    this.#limits = options;
    checkLimits(where, options);
    for (const name of ["minDf", "maxDf", "maxFeatures"] as const) {
      if (vocab === undefined || options[name] === undefined) continue;
      throw new RangeError(`${where}: ${name} limits what is fitted; leave it out with vocab`);
    }
  }

  /** The term of each column; `member` is what was called, for the message if there are none yet. */
  vocab(member: string): Vocab {
    if (this.#vocab !== null) return this.#vocab;
    throw new RangeError(`${this.#where}.${member}: there are no columns yet; call fit first, or pass vocab`);
  }

  /** Finds the columns, unless they were given. */
  fit(texts: Iterable<TextOrTokens>): void {
    this.#checkTexts("fit", texts);
    if (!this.#isFixed) this.#learn("fit", texts, null);
  }

  /** Counts the terms of each text. */
  transform(texts: Iterable<TextOrTokens>): SparseMatrix {
    this.#checkTexts("transform", texts);
    return this.#count("transform", texts);
  }

  /** Both in one pass over the texts; `method` is what was called. */
  fitTransform(texts: Iterable<TextOrTokens>, method = "fitTransform"): SparseMatrix {
    this.#checkTexts(method, texts);
    if (this.#isFixed) return this.#count(method, texts);
    const elements: Elements = { rows: [], columns: [], values: [] };
    const { kept, shape } = this.#learn(method, texts, elements);
    return new SparseMatrix({ shape: [shape[0], kept.length], ...renumberColumns(elements, kept, shape) });
  }

  /** Collects the terms of all texts, in `elements` their counts too, and makes columns of those within the limits. */
  #learn(method: string, texts: Iterable<TextOrTokens>, elements: Elements | null): Learnt {
    const where = `${this.#where}.${method}`;
    const places = new Map<string, number>();
    const documents: number[] = [];
    const totals: number[] = [];
    const counter = new RowCounter();
    let n = 0;
    for (const text of texts) {
      for (const term of this.#analyze(where, `text ${n}`, text)) {
        let place = places.get(term);
        if (place === undefined) {
          place = places.size;
          places.set(detached(term), place);
          documents.push(0);
          totals.push(0);
        }
        counter.add(place);
      }
      counter.endRow((place, count) => {
        const value = this.#binary ? 1 : count;
        documents[place]! += 1;
        totals[place]! += value;
        if (elements !== null) push(elements, n, place, value);
      });
      n++;
    }
    const terms = [...places.keys()];
    const kept = withinLimits(where, { terms, documents, totals }, n, this.#limits);
    this.#vocab = new Vocab(kept.map((place) => terms[place] as string));
    return { kept, shape: [n, terms.length] };
  }

  #count(method: string, texts: Iterable<TextOrTokens>): SparseMatrix {
    const where = `${this.#where}.${method}`;
    const vocab = this.vocab(method);
    const elements: Elements = { rows: [], columns: [], values: [] };
    const counter = new RowCounter();
    let n = 0;
    for (const text of texts) {
      for (const term of this.#analyze(where, `text ${n}`, text)) {
        // the vocabulary's default index is not a column for all other terms
        if (vocab.contains(term)) counter.add(vocab.lookupIndex(term));
      }
      counter.endRow((column, count) => push(elements, n, column, this.#binary ? 1 : count));
      n++;
    }
    return new SparseMatrix({
      shape: [n, vocab.length],
      rows: new Int32Array(elements.rows),
      columns: new Int32Array(elements.columns),
      values: new Float32Array(elements.values),
    });
  }

  #checkTexts(method: string, texts: unknown): void {
    if (isIterableObject(texts)) return;
    throw new TypeError(`${this.#where}.${method}: texts must be a list of texts, got ${show(texts)}`);
  }
}

/** What was found: how many texts and terms, and the places of the terms that were kept, in column order. */
interface Learnt {
  readonly shape: readonly [number, number];
  readonly kept: readonly number[];
}

function push({ rows, columns, values }: Elements, row: number, column: number, value: number): void {
  rows.push(row);
  columns.push(column);
  values.push(value);
}
