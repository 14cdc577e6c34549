import { shorten, visible } from "./format.ts";

/** Choices in a sentence: "a, b or c". */
export function anyOf(choices: readonly string[]): string {
  return choices.join(", ").replace(/, ([^,]*)$/, " or $1");
}

/**
 * Names from outside in a sentence: `"a", "b" and 3 more`.
 *
 * @param most - How many to show.
 * @param longest - Characters of each, after which it is cut.
 */
export function namesOf(
  names: readonly string[],
  most: number,
  longest: number = Number.POSITIVE_INFINITY,
): string {
  const shown = names.slice(0, most).map((name) => `"${shorten(visible(name), longest)}"`);
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
