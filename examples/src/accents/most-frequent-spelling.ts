import { withoutAccents } from "./without-accents.ts";

const WORD = /\p{L}+/gu;

/** A baseline: spells each word as it was most often spelled in the sentences; unknown words stay as they are. */
export function mostFrequentSpelling(sentences: readonly string[]): (text: string) => string {
  const spellings = new Map<string, Map<string, number>>();
  for (const word of sentences.flatMap((sentence) => sentence.match(WORD) ?? [])) {
    const counts = spellings.get(withoutAccents(word)) ?? new Map<string, number>();
    counts.set(word, (counts.get(word) ?? 0) + 1);
    spellings.set(withoutAccents(word), counts);
  }
  const mostFrequent = (word: string) =>
    [...(spellings.get(word) ?? [])].reduce((best, next) => (next[1] > best[1] ? next : best), [
      word,
      0,
    ] as const)[0];
  return (text) => text.replace(WORD, mostFrequent);
}
