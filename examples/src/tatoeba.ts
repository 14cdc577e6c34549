import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError } from "./options.ts";

/** A sentence and one of its translations. */
export interface Pair {
  readonly english: string;
  readonly french: string;
}

/** The file of pairs that comes with the examples. */
export const PAIRS = fileURLToPath(new URL("../data/tatoeba-eng-fra/pairs.tsv", import.meta.url));

/**
 * Reads lines `English TAB French`; further columns, as newer files of ManyThings.org have, are ignored.
 *
 * @throws UsageError if there is no such line.
 */
export function readPairs(file: string): Pair[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"));
  if (lines.length === 0) throw new UsageError(`${file} has no line "English TAB French"`);
  return lines.map((line) => {
    const [english = "", french = ""] = line.split("\t").map(tidy);
    return { english, french };
  });
}

/** Normalises spaces, apostrophes and accented letters, and removes invisible characters. */
function tidy(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u200b\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .replace(/[‘’]/g, "'")
    .trim();
}
