import { withoutAccents } from "./without-accents.ts";

/** Shares of letters, words and sentences that are right. */
export interface AccentScore {
  /** Of the letters that are written with and without an accent: a c e i o u y, small and large. */
  readonly letters: number;
  readonly words: number;
  readonly sentences: number;
}

/** Compares sentences with the right ones, which differ from them only in accents. */
export function compareAccents(written: readonly string[], right: readonly string[]): AccentScore {
  const letters = { right: 0, all: 0 };
  const words = { right: 0, all: 0 };
  let sentences = 0;
  right.forEach((sentence, n) => {
    const ours = [...written[n]!];
    [...sentence].forEach((character, t) => {
      if (!/[aceiouy]/i.test(withoutAccents(character))) return;
      letters.all++;
      letters.right += Number(ours[t] === character);
    });
    const spelled = written[n]!.match(/\p{L}+/gu) ?? [];
    (sentence.match(/\p{L}+/gu) ?? []).forEach((word, k) => {
      words.all++;
      words.right += Number(spelled[k] === word);
    });
    sentences += Number(written[n] === sentence);
  });
  return {
    letters: letters.right / letters.all,
    words: words.right / words.all,
    sentences: sentences / right.length,
  };
}
