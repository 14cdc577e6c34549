import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.ts";
import type { Columns } from "./columns.ts";
import { parseDelimited } from "./delimited.ts";
import type { Examples } from "./example.ts";
import { loadFolder } from "./folder.ts";
import { parseJsonLines } from "./json-lines.ts";
import { readText } from "./read-text.ts";
import { parseSentences } from "./sentences.ts";

const SHIPPED = ["amazon_cells_labelled.txt", "imdb_labelled.txt", "yelp_labelled.txt"] as const;

/** The 3,000 sentences that come with the demo. */
export async function loadShipped(): Promise<Examples> {
  const parts = await Promise.all(
    SHIPPED.map(async (name) => {
      const file = fileURLToPath(new URL(`../../data/sentiment-labelled-sentences/${name}`, import.meta.url));
      return parseSentences(await readText(file), name);
    }),
  );
  return { examples: parts.flatMap((part) => part.examples), skipped: 0 };
}

/**
 * Reads the user's own examples from `.csv`, `.tsv` or `.jsonl` (`.ndjson`), each also with `.gz`, or from a folder
 * with a folder of `.txt` files per class.
 *
 * @throws {@link InputError} if the file cannot be used; the message says why.
 */
export async function loadExamples(path: string, columns: Columns): Promise<Examples> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) return loadFolder(path);
  const kind = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined) {
    throw new InputError(
      `${path}: unknown kind of file; expected .csv, .tsv or .jsonl, each also with .gz, or a folder`,
    );
  }
  return parse(await readText(path), kind, columns, path);
}

/**
 * Reads examples from text without a file name: JSON lines if it begins with a brace, otherwise CSV or TSV.
 *
 * @throws {@link InputError} as {@link loadExamples}.
 */
export function parseExamples(content: string, columns: Columns, source: string): Promise<Examples> {
  return parse(content, content.trimStart().startsWith("{") ? "jsonl" : "", columns, source);
}

async function parse(content: string, kind: string, columns: Columns, source: string): Promise<Examples> {
  if (content.trim() === "") throw new InputError(`${source}: the file is empty, but for white space`);
  const found =
    kind === "jsonl" || kind === "ndjson"
      ? parseJsonLines(content, columns, source)
      : await parseDelimited(content, columns, source, kind === "tsv" ? "\t" : undefined);
  if (found.examples.length === 0) throw new InputError(`${source}: no row has both a text and a label`);
  return found;
}
