import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The different names of each language. */
export interface Names {
  readonly languages: readonly string[];
  readonly names: readonly string[];
  /** Position in `languages` of each name. */
  readonly labels: readonly number[];
  /** Lines of the files, with repetitions. */
  readonly lines: number;
  /** Number of names that several languages have. */
  readonly shared: number;
}

/** The folder that comes with the examples. */
export const NAMES = fileURLToPath(new URL("../../data/names-by-language", import.meta.url));

/** Reads `Arabic.txt`, `Chinese.txt`, ...: one name a line. A name that a file has twice counts once. */
export function readNames(folder: string): Names {
  const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
  const languages = files.map((file) => file.slice(0, -".txt".length)).sort();
  const all = { names: [] as string[], labels: [] as number[] };
  let lines = 0;
  languages.forEach((language, label) => {
    const text = readFileSync(join(folder, `${language}.txt`), "utf8").normalize("NFC");
    const names = text
      .split(/\r?\n/)
      .map((name) => name.trim())
      .filter((name) => name !== "");
    lines += names.length;
    for (const name of new Set(names)) {
      all.names.push(name);
      all.labels.push(label);
    }
  });
  return { languages, ...all, lines, shared: countRepeated(all.names) };
}

function countRepeated(names: readonly string[]): number {
  const once = new Set<string>();
  const more = new Set<string>();
  for (const name of names) (once.has(name) ? more : once).add(name);
  return more.size;
}
