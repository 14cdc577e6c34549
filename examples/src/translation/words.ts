/** Splits a text into lower-case words and punctuation; the part before an apostrophe is a word: `j' ai`, `i' m`. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+'?|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? [];
}
