/**
 * Traces positions in `lower`, which is `text.toLowerCase()`, back to positions in `text`.
 *
 * Case mapping keeps the number of UTF-16 units of every character but U+0130, which becomes two, so the usual
 * answer is the identity; otherwise positions are counted character by character.
 */
export function sourceOffsets(text: string, lower: string): (position: number) => number {
  if (text.length === lower.length) return (position) => position;
  const source = new Int32Array(lower.length + 1);
  let from = 0;
  let to = 0;
  for (const character of text) {
    const width = character.toLowerCase().length;
    for (let k = 0; k < width; k++) source[to + k] = from + Math.min(k, character.length - 1);
    to += width;
    from += character.length;
  }
  source[to] = from;
  return (position) => source[position] as number;
}
