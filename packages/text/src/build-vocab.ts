import { checkOptions, type OptionKinds } from "./check-options.ts";
import { checkInteger, checkToken, checkTokens, isIterableObject } from "./checks.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { detached } from "./detached.ts";
import { show } from "./show.ts";
import { Vocab } from "./vocab.ts";

/**
 * Options of {@link buildVocabFromCounts}.
 *
 * @public
 */
export interface VocabFromCountsOptions {
  /** Tokens seen less often are left out, 1 by default. Specials are kept in any case. */
  readonly minFreq?: number | undefined;
  /** Tokens that are added whether seen or not, in this order, such as `"<unk>"` and `"<pad>"`. */
  readonly specials?: readonly string[] | undefined;
  /** Whether specials come before all other tokens, the default, or after them. */
  readonly specialFirst?: boolean | undefined;
}

/**
 * Options of `buildVocabFromIterator`.
 *
 * @public
 */
export interface BuildVocabOptions extends VocabFromCountsOptions {
  /**
   * The size of the vocabulary at most, specials included.
   *
   * As in torchtext, the ranking is cut before specials seen in the corpus and rare tokens are taken out of it, so
   * the vocabulary may come out smaller.
   */
  readonly maxTokens?: number | undefined;
}

/**
 * Counts the tokens of a corpus and numbers them: the most frequent first, equally frequent ones by code point.
 *
 * @remarks
 * Each item is the token list of one text. A corpus that arrives over time (lines of a file, say) may be an async
 * iterable. Only counts are kept, so memory is bounded by the vocabulary, not by the corpus.
 * The default index is not set. Source: `torchtext.vocab.build_vocab_from_iterator`.
 *
 * @throws TypeError if an item is not a list of strings, for example because it was not tokenized.
 * @throws RangeError if `maxTokens` leaves no room beside the specials, a special occurs twice, or an option is
 * not an integer in its range.
 *
 * @example
 * ```ts
 * import { basicEnglish, buildVocabFromIterator } from "@rnn/text";
 *
 * const texts = ["We are learning AI", "AI is a CS topic"];
 * const vocab = buildVocabFromIterator(texts.map(basicEnglish), { maxTokens: 8, specials: ["<unk>", "<pad>"] });
 * vocab.getItos(); // => ["<unk>", "<pad>", "ai", "a", "are", "cs", "is", "learning"]
 * ```
 *
 * @public
 */
export function buildVocabFromIterator(
  iterable: Iterable<Iterable<string>>,
  options?: BuildVocabOptions,
): Vocab;
/**
 * The same for a corpus that arrives over time.
 *
 * @public
 */
export function buildVocabFromIterator(
  iterable: AsyncIterable<Iterable<string>>,
  options?: BuildVocabOptions,
): Promise<Vocab>;
export function buildVocabFromIterator(
  iterable: Iterable<Iterable<string>> | AsyncIterable<Iterable<string>>,
  options: BuildVocabOptions = {},
): Vocab | Promise<Vocab> {
  if (isAsync(iterable)) return buildAsync(iterable, options);
  checkBuildOptions(options);
  if (!isIterableObject(iterable)) {
    throw new TypeError(`${WHERE}: expected an iterable of token lists, got ${show(iterable)}`);
  }
  const counter = new TokenCounter();
  for (const tokens of iterable) counter.add(tokens);
  return rank(counter.counts, options);
}

/**
 * Numbers tokens in the order of the given counts: a `Map`, or pairs of token and count.
 *
 * @remarks
 * Source: `torchtext.vocab.vocab`, which takes an ordered dictionary. The default index is not set.
 *
 * @throws TypeError if a token is not a string.
 * @throws RangeError if a token or special occurs twice, or `minFreq` is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { buildVocabFromCounts } from "@rnn/text";
 *
 * const counts = new Map([["hello", 4], ["world", 3], ["rare", 1]]);
 * buildVocabFromCounts(counts, { minFreq: 2, specials: ["<unk>"] }).getItos(); // => ["<unk>", "hello", "world"]
 * ```
 *
 * @public
 */
export function buildVocabFromCounts(
  counts: Iterable<readonly [string, number]>,
  options: VocabFromCountsOptions = {},
): Vocab {
  const where = "buildVocabFromCounts";
  checkOptions(where, options, fromCountsOptions);
  const { minFreq = 1, specials = [] } = options;
  checkInteger(where, "minFreq", minFreq, 0);
  checkTokens(where, "specials", specials);
  if (!isIterableObject(counts)) {
    throw new TypeError(`${where}: counts must be pairs of token and count, got ${show(counts)}`);
  }
  return numbered(Array.from(counts, checkedPair), options);
}

function checkedPair(pair: unknown, i: number): readonly [string, number] {
  const [token, count]: readonly unknown[] = Array.isArray(pair) ? pair : [];
  if (typeof token === "string" && typeof count === "number") return [token, count];
  const got = Array.isArray(pair) ? `[${pair.map(show).join(", ")}]` : show(pair);
  throw new TypeError(`buildVocabFromCounts: pair ${i} must be [token, count], got ${got}`);
}

function numbered(
  counts: readonly (readonly [string, number])[],
  { minFreq = 1, specials = [], specialFirst = true }: VocabFromCountsOptions,
): Vocab {
  const special = new Set(specials);
  const tokens: string[] = [];
  for (const [token, count] of counts) if (count >= minFreq && !special.has(token)) tokens.push(token);
  return new Vocab(specialFirst ? [...specials, ...tokens] : [...tokens, ...specials]);
}

const WHERE = "buildVocabFromIterator";

const fromCountsOptions: OptionKinds<VocabFromCountsOptions> = {
  minFreq: "any",
  specials: "any",
  specialFirst: "boolean",
};

async function buildAsync(
  iterable: AsyncIterable<Iterable<string>>,
  options: BuildVocabOptions,
): Promise<Vocab> {
  checkBuildOptions(options);
  const counter = new TokenCounter();
  for await (const tokens of iterable) counter.add(tokens);
  return rank(counter.counts, options);
}

class TokenCounter {
  readonly counts: Map<string, number> = new Map();
  #items = 0;

  add(tokens: Iterable<string>): void {
    const item = this.#items++;
    checkTokens(WHERE, `item ${item}`, tokens);
    for (const token of tokens) {
      const count = this.counts.get(token);
      if (count !== undefined) {
        this.counts.set(token, count + 1);
      } else {
        checkToken(WHERE, `a token of item ${item}`, token);
        this.counts.set(detached(token), 1);
      }
    }
  }
}

function rank(counts: Map<string, number>, options: BuildVocabOptions): Vocab {
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || compareCodePoints(a[0], b[0]));
  const { maxTokens, specials = [] } = options;
  if (maxTokens !== undefined) ranked.splice(maxTokens - specials.length);
  return numbered(ranked, options);
}

function checkBuildOptions(options: BuildVocabOptions): void {
  checkOptions(WHERE, options, { ...fromCountsOptions, maxTokens: "any" });
  const { minFreq = 1, maxTokens, specials = [] } = options;
  checkInteger(WHERE, "minFreq", minFreq, 0);
  checkTokens(WHERE, "specials", specials);
  if (maxTokens === undefined) return;
  checkInteger(WHERE, "maxTokens", maxTokens, 0);
  if (specials.length < maxTokens) return;
  throw new RangeError(
    `${WHERE}: maxTokens ${maxTokens} leaves no room for tokens beside ${specials.length} specials`,
  );
}

function isAsync(iterable: unknown): iterable is AsyncIterable<Iterable<string>> {
  return typeof iterable === "object" && iterable !== null && Symbol.asyncIterator in iterable;
}
