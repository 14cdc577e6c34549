import { splitCharacters, splitWhitespace, Vocab } from "@rnn/text";
import { counted } from "../../terminal/format.ts";

/** What a language model predicts one after the other. */
export type UnitName = "characters" | "words";

/** The word that stands for all that are not in the vocabulary, as in the Penn Treebank and WikiText files. */
export const UNKNOWN_WORD = "<unk>";
/** The word that stands for the end of a line. */
export const END_OF_LINE = "<eos>";

/** A number of units: "1 character", "2,000 words". */
export function countedUnits(value: number, units: UnitName): string {
  return counted(value, units === "words" ? "word" : "character");
}

/** How a text is cut into units, and put together again. */
export interface TextUnits {
  readonly name: UnitName;
  /** The units of a text in their order. */
  split(text: string): string[];
  /** What a unit adds to the text before it. */
  join(unit: string, before: string): string;
}

const characters: TextUnits = {
  name: "characters",
  split: splitCharacters,
  join: (unit) => unit,
};

const words: TextUnits = {
  name: "words",
  split(text) {
    const lines = text.split("\n");
    const last = lines.pop() ?? ""; // without an end of line
    return [...lines.flatMap((line) => [...splitWhitespace(line), END_OF_LINE]), ...splitWhitespace(last)];
  },
  join: (unit, before) => {
    if (unit === END_OF_LINE) return "\n";
    return before === "" || before.endsWith("\n") ? unit : ` ${unit}`;
  },
};

/** Characters: every code point. Words: what stands between white space, and the ends of lines. */
export const TEXT_UNITS: Readonly<Record<UnitName, TextUnits>> = { characters, words };

/** The units of a text that occur at least `minCount` times, the most frequent first; words with the two special ones. */
export function buildVocabulary(units: readonly string[], name: UnitName, minCount: number): Vocab {
  const counts = new Map<string, number>();
  if (name === "words")
    for (const special of [UNKNOWN_WORD, END_OF_LINE]) counts.set(special, Number.POSITIVE_INFINITY);
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= minCount);
  // equals in the order in which they occur, as the sort is stable
  kept.sort(([, a], [, b]) => (a === b ? 0 : b - a));
  return vocabularyOf(
    kept.map(([unit]) => unit),
    name,
  );
}

/** A vocabulary of these units; words that are not in it are read as the unknown one. */
export function vocabularyOf(units: readonly string[], name: UnitName): Vocab {
  return new Vocab(units, name === "words" ? { defaultIndex: units.indexOf(UNKNOWN_WORD) } : {});
}
