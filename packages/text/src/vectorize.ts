import { basicEnglish } from "./basic-english.ts";
import { checkOptions } from "./check-options.ts";
import { checkInt32, checkInteger, checkSize, checkTokens } from "./checks.ts";
import { checkSides, fillRow, type RowSides } from "./row.ts";
import { show } from "./show.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { Vocab } from "./vocab.ts";

/**
 * Options of {@link vectorize}.
 *
 * @public
 */
export interface VectorizeOptions extends RowSides {
  /** Splits the text into tokens, {@link basicEnglish} by default. */
  readonly tokenizer?: Tokenizer | undefined;
  /** The token that fills empty places, `"<pad>"` by default. */
  readonly padToken?: string | undefined;
  /** The index that fills empty places, instead of that of `padToken`. */
  readonly padIndex?: number | undefined;
}

/**
 * A text, or its tokens, as exactly `sequenceLength` ids: looked up, truncated, padded.
 *
 * @remarks
 * Shape: result `[sequenceLength]`.
 *
 * @throws TypeError if `text` is neither a string nor a list of tokens, or `vocab` is not a {@link Vocab}.
 * @throws RangeError if `sequenceLength` is not a non-negative integer, a token is absent from a vocabulary
 * without default index, or the padding token is absent and `padIndex` not given.
 *
 * @example
 * ```ts
 * import { Vocab, vectorize } from "@rnn/text";
 *
 * const itos = ["<unk>", "<pad>", "ai", "a", "are", "cs", "is", "learning"];
 * const vocab = new Vocab(itos, { defaultIndex: 0 });
 * vectorize("We are learning AI", vocab, 5); // => [0, 4, 7, 2, 1]
 * vectorize("AI topic in CS is difficult", vocab, 5); // => [2, 0, 0, 5, 6]
 * ```
 *
 * @public
 */
export function vectorize(
  text: string | readonly string[],
  vocab: Vocab,
  sequenceLength: number,
  options: VectorizeOptions = {},
): Int32Array {
  checkOptions("vectorize", options, {
    tokenizer: "function",
    padToken: "any",
    padIndex: "any",
    paddingSide: "any",
    truncationSide: "any",
  });
  const { tokenizer = basicEnglish, paddingSide = "right", truncationSide = "right" } = options;
  checkInteger("vectorize", "sequenceLength", sequenceLength, 0);
  checkSize("vectorize", sequenceLength);
  checkSides("vectorize", { paddingSide, truncationSide });
  if (typeof text !== "string") checkTokens("vectorize", "text", text, "a string or a list of tokens");
  if (!(vocab instanceof Vocab)) {
    throw new TypeError(
      `vectorize: vocab must be a Vocab, got ${show(vocab)}; make it with buildVocabFromIterator`,
    );
  }
  const ids = vocab.lookupIndices(typeof text === "string" ? tokenizer(text) : text);
  const row = new Int32Array(sequenceLength);
  fillRow(row, ids, padding(vocab, options), { paddingSide, truncationSide });
  return row;
}

function padding(vocab: Vocab, { padToken = "<pad>", padIndex }: VectorizeOptions): number {
  if (padIndex !== undefined) {
    checkInt32("vectorize", "padIndex", padIndex);
    return padIndex;
  }
  if (vocab.contains(padToken)) return vocab.lookupIndex(padToken);
  throw new RangeError(
    `vectorize: padding token ${show(padToken)} is not in the vocabulary; build it with this special, or pass padIndex`,
  );
}
