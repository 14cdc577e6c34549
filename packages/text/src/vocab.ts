import { checkOptions } from "./check-options.ts";
import { checkInt32, checkToken, checkTokens, isIterableObject } from "./checks.ts";
import { show } from "./show.ts";
import { parseVocabJSON, type VocabJSON } from "./vocab-json.ts";

/**
 * Options of {@link Vocab}.
 *
 * @public
 */
export interface VocabOptions {
  /**
   * What absent tokens are looked up as; `null`, the default, makes looking them up an error. Any 32-bit integer, as in
   * torchtext: that there is a token at this index is not checked.
   */
  readonly defaultIndex?: number | null | undefined;
}

/**
 * Tokens and their indices: token `i` of the list has index `i`.
 *
 * @remarks
 * Any string is a token, `"__proto__"`, `""` and lone surrogates included. Method names are those of
 * `torchtext.vocab.Vocab` in camelCase. Iterating over a vocabulary gives its tokens in order.
 *
 * @example
 * ```ts
 * import { Vocab } from "@rnn/text";
 *
 * const vocab = new Vocab(["<unk>", "<pad>", "good", "film"], { defaultIndex: 0 });
 * vocab.lookupIndices(["good", "grief"]); // => [2, 0]
 * vocab.lookupTokens([3, 1]); // => ["film", "<pad>"]
 * vocab.contains("grief"); // => false
 * ```
 *
 * @public
 */
export class Vocab implements Iterable<string> {
  readonly #itos: string[];
  readonly #stoi: Map<string, number>;
  #defaultIndex: number | null;

  /**
   * @param itos - The tokens in the order of their indices; copied.
   *
   * @throws TypeError if a token is not a string.
   * @throws RangeError if a token occurs twice or `defaultIndex` is not a 32-bit integer.
   */
  constructor(itos: Iterable<string>, options: VocabOptions = {}) {
    checkOptions("Vocab", options, { defaultIndex: "any" });
    checkTokens("Vocab", "itos", itos);
    this.#itos = [];
    this.#stoi = new Map();
    for (const token of itos) {
      const index = this.#itos.length;
      checkToken("Vocab", `token ${index}`, token);
      const first = this.#stoi.get(token);
      if (first !== undefined) {
        throw new RangeError(`Vocab: token ${show(token)} occurs twice, at ${first} and ${index}`);
      }
      this.#stoi.set(token, index);
      this.#itos.push(token);
    }
    const { defaultIndex = null } = options;
    if (defaultIndex !== null) checkInt32("Vocab", "defaultIndex", defaultIndex);
    this.#defaultIndex = defaultIndex;
  }

  /** How many tokens there are. */
  get length(): number {
    return this.#itos.length;
  }

  /** Whether the token has an index of its own; the default index does not count. */
  contains(token: string): boolean {
    return this.#stoi.has(token);
  }

  /**
   * The index of a token, or the default index if the token is absent.
   *
   * @throws TypeError if the token is not a string.
   * @throws RangeError if the token is absent and there is no default index.
   */
  lookupIndex(token: string): number {
    return this.#lookup("Vocab.lookupIndex", token);
  }

  /**
   * The index of each token, as {@link Vocab.lookupIndex}.
   *
   * @throws TypeError if `tokens` is not a list, a string not being one, or a token is not a string.
   * @throws RangeError if a token is absent and there is no default index.
   */
  lookupIndices(tokens: Iterable<string>): number[] {
    checkTokens("Vocab.lookupIndices", "tokens", tokens);
    return Array.from(tokens, (token, i) => this.#lookup("Vocab.lookupIndices", token, i));
  }

  /**
   * The token of an index.
   *
   * @throws RangeError if the index is not an integer from 0 to `length - 1`.
   */
  lookupToken(index: number): string {
    return this.#token("Vocab.lookupToken", index);
  }

  /**
   * The token of each index.
   *
   * @throws TypeError if `indices` is not a list.
   * @throws RangeError if an index is not an integer from 0 to `length - 1`.
   */
  lookupTokens(indices: Iterable<number>): string[] {
    if (!isIterableObject(indices)) {
      throw new TypeError(`Vocab.lookupTokens: indices must be a list of integers, got ${show(indices)}`);
    }
    return Array.from(indices, (index) => this.#token("Vocab.lookupTokens", index));
  }

  /**
   * Sets what absent tokens are looked up as; `null` makes looking them up an error again.
   *
   * @remarks The index need not be that of a token: torchtext does not check it either.
   *
   * @throws RangeError if the index is neither `null` nor a 32-bit integer.
   */
  setDefaultIndex(index: number | null): void {
    if (index !== null) checkInt32("Vocab.setDefaultIndex", "index", index);
    this.#defaultIndex = index;
  }

  /** What absent tokens are looked up as, or `null`. */
  getDefaultIndex(): number | null {
    return this.#defaultIndex;
  }

  /**
   * Adds a token at an index; the tokens from there on move up by one. The default index stays the same number.
   *
   * @throws RangeError if the token is already there or the index is not an integer from 0 to `length`.
   */
  insertToken(token: string, index: number): void {
    this.#insert("Vocab.insertToken", token, index);
  }

  /**
   * Adds a token after the last one.
   *
   * @throws RangeError if the token is already there.
   */
  appendToken(token: string): void {
    this.#insert("Vocab.appendToken", token, this.length);
  }

  /** A copy of the tokens in the order of their indices. */
  getItos(): string[] {
    return [...this.#itos];
  }

  /** A copy of the indices by token. */
  getStoi(): Map<string, number> {
    return new Map(this.#stoi);
  }

  /** The tokens in the order of their indices. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.#itos.values();
  }

  /**
   * What `JSON.stringify(vocab)` writes; {@link Vocab.fromJSON} reads it back.
   *
   * @example
   * ```ts
   * import { Vocab } from "@rnn/text";
   *
   * const text = JSON.stringify(new Vocab(["<unk>", "film"], { defaultIndex: 0 }));
   * const vocab = Vocab.fromJSON(JSON.parse(text));
   * vocab.lookupIndices(["film", "fim"]); // => [1, 0]
   * ```
   */
  toJSON(): VocabJSON {
    return { format: "rnn.vocab", version: 1, itos: this.getItos(), defaultIndex: this.#defaultIndex };
  }

  /**
   * The vocabulary of a parsed JSON value, which may come from a stranger: it must have exactly the members of
   * {@link VocabJSON}.
   *
   * @throws TypeError saying which member is wrong, and how.
   */
  static fromJSON(json: unknown): Vocab {
    const { itos, defaultIndex } = parseVocabJSON(json);
    return new Vocab(itos, { defaultIndex });
  }

  #lookup(where: string, token: string, position?: number): number {
    const index = this.#stoi.get(token);
    if (index !== undefined) return index;
    if (typeof token !== "string")
      checkToken(where, position === undefined ? "token" : `token ${position}`, token);
    if (this.#defaultIndex !== null) return this.#defaultIndex;
    throw new RangeError(
      `${where}: token ${show(token)} is not in the vocabulary and no default index is set; ` +
        `call setDefaultIndex, for example with the index of "<unk>"`,
    );
  }

  #token(where: string, index: number): string {
    // not an arbitrary key: "length" is one too
    const token = Number.isInteger(index) ? this.#itos[index] : undefined;
    if (token !== undefined) return token;
    throw new RangeError(
      this.length === 0
        ? `${where}: the vocabulary is empty, got index ${show(index)}`
        : `${where}: index must be an integer in 0..${this.length - 1}, got ${show(index)}`,
    );
  }

  #insert(where: string, token: string, index: number): void {
    checkToken(where, "token", token);
    if (!Number.isInteger(index) || index < 0 || index > this.length) {
      throw new RangeError(`${where}: index must be an integer in 0..${this.length}, got ${show(index)}`);
    }
    const present = this.#stoi.get(token);
    if (present !== undefined) {
      throw new RangeError(
        `${where}: token ${show(token)} is already in the vocabulary, at index ${present}`,
      );
    }
    this.#itos.splice(index, 0, token);
    for (let i = index; i < this.#itos.length; i++) this.#stoi.set(this.#itos[i] as string, i);
  }
}
