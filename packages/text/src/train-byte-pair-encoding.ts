import { BytePairEncoding, type BytePairEncodingOptions } from "./byte-pair-encoding.ts";
import { checkOptions } from "./check-options.ts";
import { checkedSpecials } from "./check-specials.ts";
import { checkInteger, isIterableObject } from "./checks.ts";
import { detached } from "./detached.ts";
import { learnMerges, NUM_BYTES } from "./learn-merges.ts";
import { piecesOf } from "./pieces.ts";
import { show } from "./show.ts";
import { textToBytes } from "./text-bytes.ts";

/**
 * Options of `trainBytePairEncoding`.
 *
 * @public
 */
export interface TrainBytePairEncodingOptions extends BytePairEncodingOptions {
  /** How many ids there are at most: special tokens, the 256 bytes, and what merges make; a small corpus gives fewer. */
  readonly vocabSize: number;
  /** Pairs that occur less often are not merged, 2 by default. */
  readonly minFrequency?: number | undefined;
}

/**
 * Finds the byte pairs of a corpus that occur most often, and makes a {@link BytePairEncoding} of them.
 *
 * @remarks
 * Each item is a text, or a part of one that ends between words, such as a line. A corpus that arrives over time may
 * be an async iterable. Only counts of words are kept, so memory is bounded by the words of the corpus, not by its
 * length. The same texts in any order give the same encoding: of equally frequent pairs the one made of earlier ids
 * is merged first. A corpus with too few pairs that occur `minFrequency` times gives fewer ids than `vocabSize`, a
 * small one perhaps only the bytes: the `length` of the result says how many there are, as an `Embedding` needs to know.
 *
 * @throws TypeError if the corpus is not an iterable of strings; a single string is not.
 * @throws RangeError if `vocabSize` leaves no room for the bytes and the special tokens, or an option is not an
 * integer in its range.
 *
 * @example
 * ```ts
 * import { trainBytePairEncoding } from "@rnn/text";
 *
 * const corpus = ["low lower lowest", "new newer newest", "wide wider widest"];
 * const encoding = trainBytePairEncoding(corpus, { vocabSize: 300, specials: ["<pad>", "<eos>"] });
 * encoding.length; // => 270
 * const ids = encoding.encode("the newest");
 * encoding.decode(ids); // => "the newest"
 * ids.map((id) => encoding.decode([id])); // => ["t", "h", "e", " ne", "west"]
 * ```
 *
 * @public
 */
export function trainBytePairEncoding(
  corpus: Iterable<string>,
  options: TrainBytePairEncodingOptions,
): BytePairEncoding;
/**
 * The same for a corpus that arrives over time.
 *
 * @public
 */
export function trainBytePairEncoding(
  corpus: AsyncIterable<string>,
  options: TrainBytePairEncodingOptions,
): Promise<BytePairEncoding>;
export function trainBytePairEncoding(
  corpus: Iterable<string> | AsyncIterable<string>,
  options: TrainBytePairEncodingOptions,
): BytePairEncoding | Promise<BytePairEncoding> {
  if (typeof corpus === "object" && corpus !== null && Symbol.asyncIterator in corpus) {
    return trainAsync(corpus, options);
  }
  const counter = new PieceCounter(options);
  if (!isIterableObject(corpus)) {
    throw new TypeError(`${WHERE}: expected an iterable of texts, got ${show(corpus)}`);
  }
  for (const text of corpus) counter.add(text);
  return counter.train();
}

const WHERE = "trainBytePairEncoding";

async function trainAsync(
  corpus: AsyncIterable<string>,
  options: TrainBytePairEncodingOptions,
): Promise<BytePairEncoding> {
  const counter = new PieceCounter(options);
  for await (const text of corpus) counter.add(text);
  return counter.train();
}

class PieceCounter {
  readonly #counts: Map<string, number> = new Map();
  readonly #numMerges: number;
  readonly #minFrequency: number;
  readonly #specials: readonly string[];
  #texts = 0;

  constructor(options: TrainBytePairEncodingOptions) {
    checkOptions(WHERE, options, { vocabSize: "any", minFrequency: "any", specials: "any" });
    const { vocabSize, minFrequency = 2, specials = [] } = options;
    checkInteger(WHERE, "vocabSize", vocabSize, 1);
    checkInteger(WHERE, "minFrequency", minFrequency, 1);
    this.#specials = checkedSpecials(WHERE, specials);
    this.#minFrequency = minFrequency;
    this.#numMerges = vocabSize - NUM_BYTES - this.#specials.length;
    if (this.#numMerges >= 0) return;
    throw new RangeError(
      `${WHERE}: vocabSize ${vocabSize} leaves no room for 256 bytes and ${this.#specials.length} special tokens`,
    );
  }

  add(text: string): void {
    const n = this.#texts++;
    if (typeof text !== "string") {
      throw new TypeError(`${WHERE}: text ${n} must be a string, got ${show(text)}`);
    }
    for (const piece of piecesOf(text)) {
      const count = this.#counts.get(piece);
      if (count !== undefined) this.#counts.set(piece, count + 1);
      else this.#counts.set(detached(piece), 1);
    }
  }

  train(): BytePairEncoding {
    const pieces = Array.from(this.#counts, ([piece, count]) => [textToBytes(piece), count] as const);
    const merges = learnMerges(pieces, this.#numMerges, this.#minFrequency);
    return new BytePairEncoding(merges, { specials: this.#specials });
  }
}
