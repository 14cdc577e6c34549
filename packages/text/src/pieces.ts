/**
 * Letters with the space or apostrophe before them, up to three digits, anything else but whitespace, whitespace.
 * Whitespace before a word leaves it its last space.
 */
const PIECE = / ?'?[\p{L}\p{M}]+| ?\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Cuts a text into the pieces that byte pairs are merged inside of; joined they are the text. */
export function piecesOf(text: string): string[] {
  return text.match(PIECE) ?? [];
}
