import { quoted } from "../../../terminal/quoted.ts";
import type { Corpus } from "../corpus.ts";
import { TEXT_UNITS } from "../text-units.ts";
import { DEFAULT_OUTPUT } from "../train-options.ts";

/** Units of the corpus to look for a prompt in, and the most characters of one. */
const SEARCHED = 1000;
const LONGEST = 20;

/** How to go on from a model that was saved in a folder, with a prompt that it knows. */
export function nextSteps(folder: string, corpus: Corpus, data: string | undefined): string[] {
  const model = folder === DEFAULT_OUTPUT ? "" : ` --model ${quoted(folder)}`;
  const word = data === undefined && corpus.units === "characters" ? "ROMEO:" : firstWord(corpus);
  const prompt = word === undefined ? "" : ` --prompt "${word}"`;
  return [
    `  npm start -- generate${model}${prompt}`,
    `  npm start -- generate${model}${prompt} --temperature 0.5 --branches 3`,
    "  npm start -- train --task language-model --data FILE --recipe shakespeare",
    "      your own text, with a larger network",
  ];
}

/** The first word: of characters the letters alone, of words one that has nothing else. */
function firstWord({ parts, units, vocabulary }: Corpus): string | undefined {
  const { join } = TEXT_UNITS[units];
  let text = "";
  for (const id of parts.train.subarray(0, SEARCHED)) text += join(vocabulary.lookupToken(id), text);
  const found = units === "words" ? /(?<!\S)\p{L}+(?!\S)/u : /\p{L}+/u;
  const word = found.exec(text)?.[0];
  return word === undefined ? undefined : [...word].slice(0, LONGEST).join("");
}
