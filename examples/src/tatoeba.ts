import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Mistake } from "./options.ts";

/** A sentence and one of its translations. */
export interface Pair {
  readonly english: string;
  readonly french: string;
}

/** The pairs that come with the examples. */
export const PAIRS = fileURLToPath(new URL("../data/tatoeba-eng-fra/pairs.tsv", import.meta.url));

/**
 * Reads lines `English TAB French`; further columns, as newer files of ManyThings.org have, are left out.
 *
 * @throws Mistake if there is none.
 */
export function readPairs(file: string): Pair[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"));
  if (lines.length === 0) throw new Mistake(`${file} has no line "English TAB French"`);
  return lines.map((line) => {
    const [english = "", french = ""] = line.split("\t").map(tidy);
    return { english, french };
  });
}

/** One kind of space and of apostrophe, no invisible characters, accents and letters as one character. */
function tidy(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u200b\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .replace(/[‘’]/g, "'")
    .trim();
}
