import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
  describe,
  type OptionNames,
  wrongKind,
} from "../check.ts";

/**
 * Options of {@link corpusBleu}.
 *
 * @public
 */
export interface BleuOptions {
  /** Longest n-grams that are compared. Default 4. */
  maxNgramOrder?: number | undefined;
  /**
   * The precision of an order without a match: `"exp"` takes that of 1/2, 1/4, ... of a match, halved once more for each such order,
   * `"floor"` that of `smoothValue` matches; `"none"` makes the whole score 0. Default `"exp"`.
   */
  smoothMethod?: "exp" | "floor" | "none" | undefined;
  /** The matches that `smoothMethod: "floor"` takes, at least 0. Default 0.1. */
  smoothValue?: number | undefined;
  /** Leave out orders longer than every hypothesis: for scores of single sentences. Default `false`. */
  effectiveOrder?: boolean | undefined;
}

/**
 * What {@link corpusBleu} found.
 *
 * @public
 */
export interface BleuScore {
  /** BLEU, 0 to 100. */
  readonly score: number;
  /** Percentage of n-grams found in a reference, for n = 1, 2, ...; smoothed. */
  readonly precisions: readonly number[];
  /** What the score was multiplied by because the hypotheses are too short: 1 if they are not. */
  readonly brevityPenalty: number;
  /** How many n-grams were found in a reference, for n = 1, 2, ... */
  readonly matches: readonly number[];
  /** How many n-grams the hypotheses have. */
  readonly totals: readonly number[];
  /** Tokens of all hypotheses. */
  readonly hypothesisLength: number;
  /** Tokens of the references, of each the one whose length is nearest. */
  readonly referenceLength: number;
}

const OPTIONS: OptionNames<BleuOptions> = {
  maxNgramOrder: true,
  smoothMethod: true,
  smoothValue: true,
  effectiveOrder: true,
};

/**
 * BLEU: how close translations come to those of people, by the n-grams that they have in common.
 *
 * BLEU = BP (p_1 p_2 ... p_n)^(1/n) with p_k = 100 matches_k / totals_k, and BP = exp(1 - r/c) if the c tokens of all hypotheses
 * are fewer than the r of the references, else 1
 *
 * @remarks
 * Counts are added up over the whole corpus before anything is divided, so this is not a mean of scores of sentences. An n-gram
 * counts as often as the reference that has it most often. The score is that of sacreBLEU with `tokenize="none"`; compare only
 * scores of the same tokens. Source: Papineni et al. 2002; smoothing, Chen & Cherry 2014; defaults, Post 2018.
 *
 * @param hypotheses - the tokens of each translation
 * @param references - for each translation the tokens of one or more translations by people
 * @throws TypeError if a sentence is not a list of strings, or for an unknown option or one of another kind.
 * @throws RangeError if there are not as many lists of references as hypotheses, or one is empty; if `maxNgramOrder` is not a
 * whole number of at least 1, `smoothValue` is negative, or `smoothMethod` has another name.
 *
 * @example
 * ```ts
 * import { corpusBleu } from "@rnn/train/metrics";
 *
 * const words = (text: string) => text.split(" ");
 * const hypotheses = [words("the cat sat on a mat")];
 * const references = [[words("the cat sat on the mat"), words("there is a cat on the mat")]];
 * const { score, precisions, brevityPenalty } = corpusBleu(hypotheses, references);
 * score; // => 56.234
 * precisions; // => [100, 60, 50, 33.333]
 * brevityPenalty; // => 1
 * ```
 *
 * @public
 */
export function corpusBleu(
  hypotheses: readonly (readonly string[])[],
  references: readonly (readonly (readonly string[])[])[],
  options: BleuOptions = {},
): BleuScore {
  const where = "corpusBleu";
  checkOptions(where, options, OPTIONS);
  const { maxNgramOrder = 4, smoothMethod = "exp", smoothValue = 0.1, effectiveOrder = false } = options;
  checkInteger(where, "maxNgramOrder", maxNgramOrder, 1);
  checkChoice(where, "smoothMethod", smoothMethod, ["exp", "floor", "none"]);
  checkNumber(where, "smoothValue", smoothValue, { min: 0 });
  checkBoolean(where, "effectiveOrder", effectiveOrder);
  checkSentences(where, hypotheses, references);

  const matches = new Array<number>(maxNgramOrder).fill(0);
  const totals = new Array<number>(maxNgramOrder).fill(0);
  let hypothesisLength = 0;
  let referenceLength = 0;
  hypotheses.forEach((hypothesis, i) => {
    hypothesisLength += hypothesis.length;
    referenceLength += nearestLength(hypothesis.length, references[i]!);
    const number = numbering();
    const numbered = number(hypothesis);
    const people = references[i]!.map(number);
    for (let n = 1; n <= maxNgramOrder; n++) {
      const most = mostOf(people.map((reference) => countNgrams(reference, n)));
      for (const [ngram, count] of countNgrams(numbered, n)) {
        totals[n - 1]! += count;
        matches[n - 1]! += Math.min(count, most.get(ngram) ?? 0);
      }
    }
  });

  const brevityPenalty = brevityPenaltyOf(hypothesisLength, referenceLength);
  const precisions = precisionsOf(matches, totals, smoothMethod, smoothValue);
  const possible = totals.filter((total) => total > 0).length;
  const counted = precisions.slice(0, effectiveOrder ? possible : maxNgramOrder);
  const score = matches.some((count) => count > 0) ? brevityPenalty * geometricMean(counted) : 0;
  return { score, precisions, brevityPenalty, matches, totals, hypothesisLength, referenceLength };
}

/** Percentages; all 0 if nothing at all matches. */
function precisionsOf(
  matches: readonly number[],
  totals: readonly number[],
  smoothMethod: "exp" | "floor" | "none",
  smoothValue: number,
): number[] {
  if (!matches.some((count) => count > 0)) return matches.map(() => 0);
  let least = 1; // of a match, halved for every order without one
  return matches.map((count, k) => {
    const total = totals[k]!;
    if (total === 0) return 0;
    if (count > 0) return (100 * count) / total;
    if (smoothMethod === "none") return 0;
    if (smoothMethod === "exp") least /= 2;
    return (100 * (smoothMethod === "exp" ? least : smoothValue)) / total;
  });
}

function brevityPenaltyOf(hypothesisLength: number, referenceLength: number): number {
  if (hypothesisLength >= referenceLength) return 1;
  return Math.exp(1 - referenceLength / hypothesisLength); // exp(-Infinity) = 0 without a token
}

function geometricMean(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return values[0]!; // a perfect score is 100, not 100.00000000000004
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The length of the reference that is nearest; of two equally near, the shorter one. */
function nearestLength(length: number, references: readonly (readonly string[])[]): number {
  const distance = (other: number) => Math.abs(other - length);
  return references
    .map((reference) => reference.length)
    .reduce((best, other) =>
      distance(other) < distance(best) || (distance(other) === distance(best) && other < best) ? other : best,
    );
}

/** Numbers the different tokens, so that n-grams can be compared whatever characters tokens have. */
function numbering(): (tokens: readonly string[]) => number[] {
  const numbers = new Map<string, number>();
  return (tokens) =>
    tokens.map((token) => {
      const known = numbers.get(token) ?? numbers.size;
      numbers.set(token, known);
      return known;
    });
}

function countNgrams(tokens: readonly number[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let t = 0; t + n <= tokens.length; t++) {
    const ngram = tokens.slice(t, t + n).join(" ");
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** For each n-gram, the largest of its counts. */
function mostOf(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const counts of all) {
    for (const [ngram, count] of counts) most.set(ngram, Math.max(count, most.get(ngram) ?? 0));
  }
  return most;
}

function checkSentences(where: string, hypotheses: unknown, references: unknown): void {
  checkList(where, "hypotheses", hypotheses, "token lists");
  checkList(where, "references", references, "lists of token lists, one list for each hypothesis");
  const [texts, people] = [hypotheses as unknown[], references as unknown[]];
  if (texts.length !== people.length) {
    throw new RangeError(
      `${where}: there are ${texts.length} hypotheses, but references for ${people.length}`,
    );
  }
  texts.forEach((tokens, i) => {
    checkTokens(where, `hypotheses[${i}]`, tokens);
    const own = people[i];
    checkList(where, `references[${i}]`, own, "token lists");
    if ((own as unknown[]).length === 0) throw new RangeError(`${where}: references[${i}] has no reference`);
    (own as unknown[]).forEach((reference, k) => {
      checkTokens(where, `references[${i}][${k}]`, reference);
    });
  });
}

function checkTokens(where: string, name: string, tokens: unknown): void {
  if (!Array.isArray(tokens)) {
    const advice = typeof tokens === "string" ? "cut the text into tokens" : "";
    throw wrongKind(where, name, "a list of tokens", tokens, advice);
  }
  const wrong = tokens.findIndex((token) => typeof token !== "string");
  if (wrong >= 0)
    throw new TypeError(`${where}: ${name}[${wrong}] must be a string, got ${describe(tokens[wrong])}`);
}
