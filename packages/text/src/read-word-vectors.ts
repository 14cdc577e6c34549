import { checkOptions } from "./check-options.ts";
import { checkInteger } from "./checks.ts";
import { show } from "./show.ts";
import { countNumbers, declaredDimension, endOfWord, readNumbers } from "./vector-line.ts";
import { Vocab } from "./vocab.ts";

/**
 * Options of {@link readWordVectors}.
 *
 * @public
 */
export interface WordVectorsOptions {
  /** How many numbers a vector has; by default what the first line has. */
  readonly dimension?: number | undefined;
  /** Writes the vector of a token that the file does not have into `row`; by default it stays zeros. */
  readonly fillMissing?: ((row: Float32Array, token: string) => void) | undefined;
}

/**
 * The vectors of a vocabulary.
 *
 * @public
 */
export interface WordVectors {
  /** Row-major `[V, E]`: row `i` is the vector of token `i`. */
  readonly matrix: Float32Array;
  /** `[V, E]`: the length of the vocabulary and the dimension. */
  readonly shape: readonly [number, number];
  /** How many numbers a vector has. */
  readonly dimension: number;
  /** How much of the vocabulary the file has. */
  readonly coverage: {
    /** How many tokens have a vector from the file. */
    readonly found: number;
    /** The tokens that have none, in the order of their indices. */
    readonly missing: readonly string[];
  };
}

/**
 * Reads the vectors of a vocabulary's tokens from a text file, for an embedding layer.
 *
 * @remarks
 * Shape: `matrix` `[V, E]`. Each line is a token and its numbers, separated by spaces or tabs, as in the files of
 * GloVe and of fastText (`.vec`), whose first line says how many vectors of which dimension follow. Where a token
 * has several lines the first counts. Tokens are compared as they are: lower-case the corpus for vectors of
 * lower-cased words. Memory is bounded by the matrix: lines of other tokens are only counted, not read as numbers.
 *
 * @throws TypeError if a line is not a string.
 * @throws RangeError if a line has another number of numbers, a number of a token in the vocabulary is not finite,
 * or there is no line at all and `dimension` is not given; with the number of the line, which counts from 1.
 *
 * @example
 * ```ts
 * import { lines, readWordVectors, Vocab } from "@rnn/text";
 *
 * const file = "film 0.5 -1\nthe 0.25 2\ngood 1.5 0\n"; // createReadStream("glove.6B.50d.txt") in Node
 * const vocab = new Vocab(["<unk>", "good", "film"]);
 * const { matrix, shape, coverage } = await readWordVectors(lines(file), vocab);
 * matrix; // => [0, 0, 1.5, 0, 0.5, -1]
 * shape; // => [3, 2]
 * coverage; // => { found: 2, missing: ["<unk>"] }
 * ```
 *
 * @public
 */
export async function readWordVectors(
  lines: AsyncIterable<string> | Iterable<string>,
  vocab: Vocab,
  options: WordVectorsOptions = {},
): Promise<WordVectors> {
  checkArguments(lines, vocab, options);
  const table = new VectorTable(vocab, options.dimension);
  for await (const line of lines) table.add(line);
  return table.finish(options.fillMissing);
}

const WHERE = "readWordVectors";

class VectorTable {
  readonly #vocab: Vocab;
  readonly #given: number | undefined;
  readonly #isFound: Uint8Array;
  #dimension: number | undefined;
  #matrix: Float32Array | null = null;
  #lines = 0;

  constructor(vocab: Vocab, dimension: number | undefined) {
    this.#vocab = vocab;
    this.#given = dimension;
    this.#dimension = dimension;
    this.#isFound = new Uint8Array(vocab.length);
  }

  add(line: string): void {
    const where = `${WHERE}: line ${++this.#lines}`;
    if (typeof line !== "string") {
      throw new TypeError(`${where} must be a string, got ${show(line)}; pass lines(source)`);
    }
    if (this.#lines === 1 && this.#isHeader(where, line)) return;
    this.#dimension ??= Math.max(1, countNumbers(line));
    const wordEnd = endOfWord(where, line, this.#dimension);
    // not before a line has so many numbers: a header can claim anything
    this.#matrix ??= new Float32Array(this.#vocab.length * this.#dimension);
    const token = line.slice(0, wordEnd);
    if (!this.#vocab.contains(token)) return;
    const index = this.#vocab.lookupIndex(token);
    if (this.#isFound[index] === 1) return;
    readNumbers(where, line, wordEnd, row(this.#matrix, index, this.#dimension));
    this.#isFound[index] = 1;
  }

  finish(fillMissing: WordVectorsOptions["fillMissing"]): WordVectors {
    const vocab = this.#vocab;
    const dimension = this.#dimension;
    if (dimension === undefined || (this.#matrix === null && this.#given === undefined)) {
      throw new RangeError(`${WHERE}: there are no vectors; pass dimension if that is as it should be`);
    }
    const matrix = this.#matrix ?? new Float32Array(vocab.length * dimension);
    const missing = vocab.getItos().filter((_, index) => this.#isFound[index] === 0);
    if (fillMissing !== undefined) {
      for (const token of missing) fillMissing(row(matrix, vocab.lookupIndex(token), dimension), token);
    }
    const shape = [vocab.length, dimension] as const;
    return { matrix, shape, dimension, coverage: { found: vocab.length - missing.length, missing } };
  }

  /** Takes the dimension from the first line of a fastText file. "5 1" is a vector if `dimension` is 1. */
  #isHeader(where: string, line: string): boolean {
    const declared = this.#given === 1 ? null : declaredDimension(line);
    if (declared === null) return false;
    if (this.#given !== undefined && declared !== this.#given) {
      throw new RangeError(
        `${where} declares vectors of ${declared} numbers, but dimension is ${this.#given}`,
      );
    }
    this.#dimension = declared;
    return true;
  }
}

function row(matrix: Float32Array, index: number, dimension: number): Float32Array {
  return matrix.subarray(index * dimension, (index + 1) * dimension);
}

function checkArguments(lines: unknown, vocab: unknown, options: WordVectorsOptions): void {
  checkOptions(WHERE, options, { dimension: "any", fillMissing: "function" });
  const { dimension } = options;
  const isSource =
    typeof lines === "object" &&
    lines !== null &&
    (Symbol.asyncIterator in lines || Symbol.iterator in lines);
  if (!isSource) {
    throw new TypeError(`${WHERE}: expected an iterable of lines, got ${show(lines)}; pass lines(source)`);
  }
  if (!(vocab instanceof Vocab)) throw new TypeError(`${WHERE}: vocab must be a Vocab, got ${show(vocab)}`);
  if (dimension !== undefined) checkInteger(WHERE, "dimension", dimension, 1);
}
