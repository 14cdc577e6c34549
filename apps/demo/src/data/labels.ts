import { InputError } from "../errors.ts";
import type { Example } from "./example.ts";

/** More classes than this are taken for a wrong column (free text, an id, a date). */
export const MAX_CLASSES = 200;

/**
 * The distinct labels in a fixed order: numbers by value, then words by code unit. With two labels the second is the
 * one whose probability the model gives.
 *
 * @throws {@link InputError} if there are fewer than two labels or more than {@link MAX_CLASSES}.
 */
export function labelsOf(examples: readonly Example[], source: string): string[] {
  const labels = [...new Set(examples.map((example) => example.label))].sort(compareLabels);
  if (labels.length === 1) {
    throw new InputError(
      `${source}: all ${examples.length} labels are "${labels[0]}"; a classifier needs at least two classes (is --label the right column?)`,
    );
  }
  if (labels.length > MAX_CLASSES) {
    throw new InputError(
      `${source}: ${labels.length} different labels, at most ${MAX_CLASSES} are supported (is --label the right column?)`,
    );
  }
  return labels;
}

function compareLabels(a: string, b: string): number {
  const x = Number(a);
  const y = Number(b);
  if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
