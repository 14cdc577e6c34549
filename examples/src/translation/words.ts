/** Small letters, words and signs apart; what stands before an apostrophe is a word of its own: `j' ai`, `i' m`. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+'?|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? [];
}
