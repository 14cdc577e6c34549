import type { Paint } from "../../../terminal/colour.ts";
import { shorten, signed, visible } from "../../../terminal/format.ts";
import type { Contribution } from "../contributions.ts";

/** Texts longer than this show only the tokens that matter most. */
const MOST_TOKENS = 30;
/** Contributions smaller than this are not coloured. */
const NOTICEABLE = 0.25;

/**
 * Tokens over their contributions, wrapped to `width`; words the model does not know carry a question mark.
 *
 * A long text shows its {@link MOST_TOKENS} strongest tokens, in the order of the text.
 */
export function contributionLines(
  contributions: readonly Contribution[],
  width: number,
  paint: Paint,
): string[] {
  const lines: string[] = [];
  let upper = "";
  let lower = "";
  let used = 0;
  for (const { token, known, contribution } of strongest(contributions)) {
    const word = `${shorten(visible(token), width - 1)}${known ? "" : "?"}`;
    const number = signed(contribution);
    const cell = Math.max(word.length, number.length);
    if (used > 0 && used + 2 + cell > width) {
      lines.push(upper, lower);
      upper = lower = "";
      used = 0;
    }
    if (used > 0) {
      upper += "  ";
      lower += "  ";
      used += 2;
    }
    const colour = Math.abs(contribution) < NOTICEABLE ? "dim" : contribution > 0 ? "good" : "bad";
    upper += paint(colour, word) + " ".repeat(cell - word.length);
    lower += paint(colour, number) + " ".repeat(cell - number.length);
    used += cell;
  }
  if (used > 0) lines.push(upper, lower);
  return lines.map((line) => line.trimEnd());
}

function strongest(contributions: readonly Contribution[]): readonly Contribution[] {
  if (contributions.length <= MOST_TOKENS) return contributions;
  const order = contributions
    .map(({ contribution }, position) => ({ position, size: Math.abs(contribution) }))
    .sort((a, b) => b.size - a.size || a.position - b.position);
  const kept = new Set(order.slice(0, MOST_TOKENS).map(({ position }) => position));
  return contributions.filter((_, position) => kept.has(position));
}
