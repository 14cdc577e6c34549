import { checkInteger } from "./checks.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { show } from "./show.ts";

/**
 * A number of texts: counted, or as a fraction of all texts from 0 to 1.
 *
 * @remarks
 * scikit-learn tells `1` from `1.0`, one text from all texts. JavaScript cannot, so the kind is spelt out.
 *
 * @public
 */
export type DocumentFrequency = { readonly count: number } | { readonly fraction: number };

/**
 * Which of the terms found by fitting become columns.
 *
 * @public
 */
export interface TermLimits {
  /** Terms that occur in fewer texts are left out, `{ count: 1 }` by default. */
  readonly minDf?: DocumentFrequency | undefined;
  /** Terms that occur in more texts are left out, `{ fraction: 1 }` by default. */
  readonly maxDf?: DocumentFrequency | undefined;
  /**
   * At most so many columns: the terms that occur most often in all texts together, of equally frequent ones those
   * with smaller code points.
   */
  readonly maxFeatures?: number | undefined;
}

/** How often the terms of a corpus occur; term `i` of `terms` in `documents[i]` texts, `totals[i]` times. */
export interface TermStatistics {
  readonly terms: readonly string[];
  readonly documents: readonly number[];
  readonly totals: readonly number[];
}

/** @throws RangeError or TypeError unless every limit is in its range. */
export function checkLimits(where: string, { minDf, maxDf, maxFeatures }: TermLimits): void {
  if (minDf !== undefined) checkFrequency(where, "minDf", minDf);
  if (maxDf !== undefined) checkFrequency(where, "maxDf", maxDf);
  if (maxFeatures !== undefined) checkInteger(where, "maxFeatures", maxFeatures, 1);
}

/**
 * The places in `statistics.terms` of the terms within the limits, in the order of the terms' code points.
 *
 * @throws RangeError if the limits exclude each other, or all terms.
 */
export function withinLimits(
  where: string,
  { terms, documents, totals }: TermStatistics,
  numTexts: number,
  { minDf = { count: 1 }, maxDf = { fraction: 1 }, maxFeatures = Number.POSITIVE_INFINITY }: TermLimits,
): number[] {
  if (terms.length === 0) throw new RangeError(`${where}: ${numTexts} texts contain no word`);
  const least = numberOfTexts(minDf, numTexts);
  const most = numberOfTexts(maxDf, numTexts);
  if (most < least) {
    throw new RangeError(`${where}: maxDf, ${most} of ${numTexts} texts, is less than minDf, ${least}`);
  }
  const byCodePoint = (a: number, b: number) => compareCodePoints(terms[a] as string, terms[b] as string);
  const kept = [...terms.keys()].filter((i) => documents[i]! >= least && documents[i]! <= most);
  if (kept.length === 0) {
    throw new RangeError(
      `${where}: none of ${terms.length} terms occurs in ${least} to ${most} of ${numTexts} texts; lower minDf or raise maxDf`,
    );
  }
  if (kept.length > maxFeatures) {
    kept.sort((a, b) => totals[b]! - totals[a]! || byCodePoint(a, b));
    kept.length = maxFeatures;
  }
  return kept.sort(byCodePoint);
}

function numberOfTexts(frequency: DocumentFrequency, numTexts: number): number {
  return "count" in frequency ? frequency.count : frequency.fraction * numTexts;
}

function checkFrequency(where: string, name: string, frequency: unknown): void {
  const { count, fraction } = Object(frequency) as { count?: unknown; fraction?: unknown };
  if ((count === undefined) === (fraction === undefined)) {
    throw new TypeError(
      `${where}: ${name} must be { count } or { fraction }, got ${show(frequency)}${advice(frequency)}`,
    );
  }
  if (count !== undefined) checkInteger(where, `${name}.count`, count, 0);
  else if (!(typeof fraction === "number" && fraction >= 0 && fraction <= 1)) {
    throw new RangeError(`${where}: ${name}.fraction must be a number in 0..1, got ${show(fraction)}`);
  }
}

/** What somebody who wrote a bare number, as in scikit-learn, may have meant. */
function advice(frequency: unknown): string {
  if (typeof frequency !== "number") return "";
  if (frequency === 1) return "; write { count: 1 } for one text, { fraction: 1 } for all";
  return frequency > 1
    ? `; for so many texts write { count: ${frequency} }`
    : `; for a part of all texts write { fraction: ${frequency} }`;
}
