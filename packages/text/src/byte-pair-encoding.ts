import { applyMerges, ranksOf } from "./apply-merges.ts";
import { checkedMerges } from "./check-merges.ts";
import { checkOptions } from "./check-options.ts";
import { checkedSpecials } from "./check-specials.ts";
import { checkText, isIterableObject } from "./checks.ts";
import { membersOf } from "./json-members.ts";
import { type Merge, NUM_BYTES } from "./learn-merges.ts";
import { PieceCache } from "./piece-cache.ts";
import { piecesOf } from "./pieces.ts";
import { show } from "./show.ts";
import { bytesToText, textToBytes } from "./text-bytes.ts";

/**
 * Options of {@link BytePairEncoding}.
 *
 * @public
 */
export interface BytePairEncodingOptions {
  /** Tokens that no text is encoded as, such as `"<pad>"`; their ids come first. */
  readonly specials?: Iterable<string> | undefined;
}

/**
 * A {@link BytePairEncoding} as JSON.
 *
 * @public
 */
export interface BytePairEncodingJSON {
  /** Says that this is a byte-pair encoding. */
  readonly format: "rnn.bpe";
  /** The version of this format. */
  readonly version: 1;
  /** The special tokens in the order of their ids. */
  readonly specials: readonly string[];
  /** What each merge joins: 0 to 255 are bytes, 256 is what the first merge makes, 257 the second, and so on. */
  readonly merges: readonly (readonly [left: number, right: number])[];
}

/**
 * Texts as ids of frequent byte sequences, without unknown tokens: byte-level byte-pair encoding.
 *
 * @remarks
 * Ids: the special tokens first, then the 256 bytes, then one token per merge. A text is cut into words, numbers,
 * punctuation and whitespace, and the bytes of each piece are merged in the order of the merges.
 * `decode(encode(text))` is `text` for every string; lone surrogates, which UTF-8 cannot hold, are three bytes like
 * their neighbours. {@link trainBytePairEncoding} finds the merges of a corpus. Source: Sennrich, Haddow and Birch
 * 2016, on bytes as in GPT-2 (Radford et al. 2019); its files of merges are not read.
 *
 * @example
 * ```ts
 * import { BytePairEncoding } from "@rnn/text";
 *
 * // joins "a" and "b", then "ab" and "c"
 * const encoding = new BytePairEncoding([[97, 98], [256, 99]], { specials: ["<pad>"] });
 * encoding.encode("abcab"); // => [258, 257]
 * encoding.decode([258, 257, 1 + 33]); // => "abcab!"
 * encoding.length; // => 259
 * ```
 *
 * @public
 */
export class BytePairEncoding {
  readonly #merges: readonly Merge[];
  readonly #ranks: ReadonlyMap<number, number>;
  readonly #specials: readonly string[];
  readonly #seen: PieceCache = new PieceCache();

  /**
   * @param merges - What each merge joins, see {@link BytePairEncodingJSON}; copied.
   *
   * @throws TypeError if `merges` is not a list of pairs, or `specials` not a list of strings.
   * @throws RangeError if a merge joins what is not made before it, occurs twice, or makes a token of more than 256
   * bytes, or a special token occurs twice.
   */
  constructor(
    merges: Iterable<readonly [left: number, right: number]>,
    options: BytePairEncodingOptions = {},
  ) {
    checkOptions("BytePairEncoding", options, { specials: "any" });
    this.#merges = checkedMerges("BytePairEncoding", merges);
    this.#ranks = ranksOf(this.#merges);
    this.#specials = checkedSpecials("BytePairEncoding", options.specials ?? []);
  }

  /** How many ids there are. */
  get length(): number {
    return this.#specials.length + NUM_BYTES + this.#merges.length;
  }

  /**
   * The id of a special token.
   *
   * @throws RangeError if there is no such special token.
   */
  lookupSpecial(token: string): number {
    const id = this.#specials.indexOf(token);
    if (id !== -1) return id;
    const known = this.#specials.map(show).join(", ") || "none";
    throw new RangeError(
      `BytePairEncoding.lookupSpecial: ${show(token)} is not a special token; there are ${known}`,
    );
  }

  /**
   * The ids of a text, never those of special tokens.
   *
   * @throws TypeError if `text` is not a string.
   */
  encode(text: string): number[] {
    checkText("BytePairEncoding.encode", text);
    const ids: number[] = [];
    for (const piece of piecesOf(text)) {
      for (const id of this.#seen.get(piece) ?? this.#encodePiece(piece)) ids.push(id);
    }
    return ids;
  }

  /**
   * The text of ids. Special tokens are spelt out; bytes that are not UTF-8, as when a list ends within a character,
   * become U+FFFD.
   *
   * @throws TypeError if `ids` is not a list.
   * @throws RangeError if an id is not an integer from 0 to `length - 1`.
   */
  decode(ids: Iterable<number>): string {
    const where = "BytePairEncoding.decode";
    if (!isIterableObject(ids)) throw new TypeError(`${where}: ids must be a list of ids, got ${show(ids)}`);
    let text = "";
    let bytes: number[] = [];
    for (const id of ids) {
      const symbol = this.#symbol(where, id);
      if (symbol >= 0) {
        this.#expand(symbol, bytes);
      } else {
        text += bytesToText(bytes) + this.#specials[id];
        bytes = [];
      }
    }
    return text + bytesToText(bytes);
  }

  /**
   * The bytes of one id, which need not be whole characters; those of a special token are its spelling.
   *
   * @throws RangeError if the id is not an integer from 0 to `length - 1`.
   */
  tokenBytes(id: number): Uint8Array {
    const symbol = this.#symbol("BytePairEncoding.tokenBytes", id);
    if (symbol < 0) return textToBytes(this.#specials[id] as string);
    const bytes: number[] = [];
    this.#expand(symbol, bytes);
    return Uint8Array.from(bytes);
  }

  /**
   * What `JSON.stringify(encoding)` writes; {@link BytePairEncoding.fromJSON} reads it back.
   *
   * @example
   * ```ts
   * import { BytePairEncoding } from "@rnn/text";
   *
   * const text = JSON.stringify(new BytePairEncoding([[97, 98]]));
   * const encoding = BytePairEncoding.fromJSON(JSON.parse(text));
   * encoding.encode("ab"); // => [256]
   * ```
   */
  toJSON(): BytePairEncodingJSON {
    return {
      format: "rnn.bpe",
      version: 1,
      specials: [...this.#specials],
      merges: this.#merges.map(([left, right]) => [left, right] as const),
    };
  }

  /**
   * The encoding of a parsed JSON value, which may come from a stranger: it must have exactly the members of
   * {@link BytePairEncodingJSON}.
   *
   * @throws TypeError or RangeError as the constructor, or saying which member is wrong, and how.
   */
  static fromJSON(json: unknown): BytePairEncoding {
    const where = "BytePairEncoding.fromJSON";
    const { specials, merges } = membersOf(where, json, "rnn.bpe", ["specials", "merges"]);
    return new BytePairEncoding(checkedMerges(where, merges), { specials: checkedSpecials(where, specials) });
  }

  #encodePiece(piece: string): readonly number[] {
    const first = this.#specials.length;
    const ids = applyMerges(textToBytes(piece), this.#ranks).map((symbol) => first + symbol);
    this.#seen.set(piece, ids);
    return ids;
  }

  /** The symbol of an id, negative for a special token. */
  #symbol(where: string, id: number): number {
    if (Number.isInteger(id) && id >= 0 && id < this.length) return id - this.#specials.length;
    throw new RangeError(`${where}: id must be an integer in 0..${this.length - 1}, got ${show(id)}`);
  }

  /** Appends the bytes of a symbol. */
  #expand(symbol: number, bytes: number[]): void {
    const open = [symbol];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next < NUM_BYTES) {
        bytes.push(next);
      } else {
        const [left, right] = this.#merges[next - NUM_BYTES] as Merge;
        open.push(right, left);
      }
    }
  }
}
