import { show } from "./show.ts";
import { SparseMatrix } from "./sparse-matrix.ts";
import { checkTfidfOptions, inverseDocumentFrequencies, type TfidfOptions, weighted } from "./tfidf.ts";

/** Inverse document frequencies, fitted or given, and what is done with them: shared by transformer and vectorizer. */
export class TfidfWeights {
  readonly #where: string;
  readonly #options: TfidfOptions;
  #idf: Float64Array | null;

  constructor(where: string, options: TfidfOptions) {
    checkTfidfOptions(where, options);
    this.#where = where;
    this.#options = options;
    this.#idf = options.idf === undefined ? null : Float64Array.from(options.idf);
  }

  /** Whether fitting has anything to find. */
  get needsFit(): boolean {
    return this.#options.useIdf !== false && this.#options.idf === undefined;
  }

  idf(): Float64Array {
    const idf = this.#fitted("idf");
    if (idf !== null) return idf.slice();
    throw new RangeError(`${this.#where}.idf: there is none with useIdf: false`);
  }

  fit(method: string, counts: SparseMatrix): void {
    this.#checkCounts(method, counts);
    if (!this.needsFit) return;
    const where = `${this.#where}.${method}`;
    this.#idf = inverseDocumentFrequencies(where, counts, this.#options.smoothIdf ?? true);
  }

  transform(method: string, counts: SparseMatrix): SparseMatrix {
    this.#checkCounts(method, counts);
    const idf = this.#fitted(method);
    if (idf === null || idf.length === counts.shape[1]) return weighted(counts, idf, this.#options);
    throw new RangeError(
      `${this.#where}.${method}: counts have ${counts.shape[1]} columns, but there are ${idf.length} inverse document frequencies`,
    );
  }

  #fitted(member: string): Float64Array | null {
    if (this.#idf !== null || this.#options.useIdf === false) return this.#idf;
    throw new RangeError(`${this.#where}.${member}: nothing is fitted yet; call fit first, or pass idf`);
  }

  #checkCounts(method: string, counts: unknown): asserts counts is SparseMatrix {
    const where = `${this.#where}.${method}`;
    if (!(counts instanceof SparseMatrix)) {
      throw new TypeError(`${where}: counts must be a SparseMatrix, got ${show(counts)}`);
    }
    const wrong = counts.values.findIndex((count) => !(count >= 0 && count < Number.POSITIVE_INFINITY));
    if (wrong === -1) return;
    const place = `[${counts.rows[wrong]},${counts.columns[wrong]}]`;
    throw new RangeError(
      `${where}: the count at ${place} must be finite and not negative, got ${counts.values[wrong]}`,
    );
  }
}
