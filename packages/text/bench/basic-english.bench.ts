// Megabytes per second of basic_english: the chain of regular expressions that defines it, one pass, with offsets.
// pnpm --filter @rnn/text bench:tokens [megabytes] [rounds]
import { basicEnglish, basicEnglishWithOffsets } from "../src/basic-english.ts";
import { basicEnglishByRules } from "../src/basic-english-rules.ts";
import { buildVocabFromIterator } from "../src/build-vocab.ts";
import { compare, megabytesOf } from "./compare.ts";
import { reviews } from "./reviews.ts";

const [megabytes = 10, rounds = 10] = process.argv.slice(2).map(Number);
const lines = reviews(megabytes, 1);

compare(
  megabytesOf(lines),
  {
    "regular expressions": () => count(basicEnglishByRules),
    basicEnglish: () => count(basicEnglish),
    basicEnglishWithOffsets: () => count(basicEnglishWithOffsets),
    "basicEnglish, then vocabulary": () => buildVocabFromIterator(tokenLists()).length,
  },
  rounds,
);

function count(tokenize: (text: string) => { readonly length: number }): number {
  let tokens = 0;
  for (const line of lines) tokens += tokenize(line).length;
  return tokens;
}

function* tokenLists(): Generator<string[]> {
  for (const line of lines) yield basicEnglish(line);
}
