// Megabytes per second of basic_english: one pass, with offsets, and the chain of regular expressions that defines it.
// pnpm --filter @rnn/text bench [megabytes] [rounds]
import { cpus } from "node:os";
import { basicEnglish, basicEnglishWithOffsets } from "../src/basic-english.ts";
import { basicEnglishByRules } from "../src/basic-english-rules.ts";
import { buildVocabFromIterator } from "../src/build-vocab.ts";
import { reviews } from "./reviews.ts";

const [megabytes = 10, rounds = 10] = process.argv.slice(2).map(Number);
const lines = reviews(megabytes, 1);
const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

const contestants: Record<string, () => number> = {
  "regular expressions": () => count(basicEnglishByRules),
  basicEnglish: () => count(basicEnglish),
  basicEnglishWithOffsets: () => count(basicEnglishWithOffsets),
  "basicEnglish, then vocabulary": () => buildVocabFromIterator(tokenLists()).length,
};

console.log(`${(bytes / 1e6).toFixed(1)} MB in ${lines.length} reviews, ${rounds} rounds after 2 of warm-up`);
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}\n`);
const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, [] as number[]]));
// contestants take turns, so that a busy moment of the machine does not fall on one alone
for (let round = -2; round < rounds; round++) {
  for (const [name, run] of Object.entries(contestants)) {
    const start = performance.now();
    run();
    if (round >= 0) times[name]?.push(performance.now() - start);
  }
}
const slowest = Math.min(...(times["regular expressions"] ?? []));
for (const [name, list] of Object.entries(times)) {
  const min = Math.min(...list);
  const mean = list.reduce((sum, time) => sum + time, 0) / list.length;
  const std = Math.sqrt(list.reduce((sum, time) => sum + (time - mean) ** 2, 0) / list.length);
  console.log(
    `${name.padEnd(30)} min ${min.toFixed(1).padStart(7)} ms  mean ${mean.toFixed(1).padStart(7)} ± ${std.toFixed(1)} ms` +
      `  ${(bytes / 1e3 / min).toFixed(1).padStart(6)} MB/s  ${(slowest / min).toFixed(2)}x`,
  );
}

function count(tokenize: (text: string) => { readonly length: number }): number {
  let tokens = 0;
  for (const line of lines) tokens += tokenize(line).length;
  return tokens;
}

function* tokenLists(): Generator<string[]> {
  for (const line of lines) yield basicEnglish(line);
}
