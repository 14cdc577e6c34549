import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Vocab } from "@rnn/text";
import { readText } from "../../data/read-text.ts";
import { InputError, systemReason } from "../../errors.ts";
import { buildVocabulary, countedUnits, TEXT_UNITS, type UnitName } from "./text-units.ts";

const PARTS = ["train", "validation", "test"] as const;
type Part = (typeof PARTS)[number];

/** How the parts of a corpus are called in file names such as `ptb.valid.txt` or `wiki.valid.tokens.gz`. */
const FILE_NAMES: Readonly<Record<Part, RegExp>> = {
  train: /(^|[._-])train[._]/i,
  validation: /(^|[._-])(valid|validation|val|dev)[._]/i,
  test: /(^|[._-])test[._]/i,
};
/** Share of one text to learn from; half of the rest is for validation, half for the test. */
const LEARNED = 0.9;
const SHIPPED = new URL("../../../data/tiny-shakespeare/romeo-and-juliet.txt", import.meta.url);

/** The texts of a corpus. */
export interface Texts {
  /** Short name, for notes. */
  readonly name: string;
  readonly parts: Readonly<Record<Part, string>>;
}

/** A corpus as ids. */
export interface Corpus {
  readonly name: string;
  readonly units: UnitName;
  readonly vocabulary: Vocab;
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Units of validation and test that are not in the vocabulary. */
  readonly unknown: number;
}

/**
 * Reads a corpus: one text file, of which the last tenth is kept for validation and test, or a folder with files for
 * training, validation and test. Without a path, the play that comes with the demo.
 *
 * @throws {@link InputError} if files are missing or cannot be read.
 */
export async function readTexts(path: string | undefined): Promise<Texts> {
  if (path === undefined) {
    return { name: "Romeo and Juliet", parts: divided(await readText(fileURLToPath(SHIPPED))) };
  }
  if (!(await stat(path).catch(() => undefined))?.isDirectory()) {
    return { name: path, parts: divided(await readText(path)) };
  }
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new InputError(`${path}: ${systemReason(error)}`);
  });
  const files = PARTS.map((part) => join(path, fileOf(path, entries, part)));
  const [train = "", validation = "", test = ""] = await Promise.all(files.map(readText));
  return { name: path, parts: { train, validation, test } };
}

function divided(text: string): Texts["parts"] {
  const learned = Math.floor(LEARNED * text.length);
  const chosen = Math.floor((text.length + learned) / 2);
  return { train: text.slice(0, learned), validation: text.slice(learned, chosen), test: text.slice(chosen) };
}

function fileOf(folder: string, entries: readonly Dirent[], part: Part): string {
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const found = names.filter((name) => FILE_NAMES[part].test(name));
  if (found.length === 1) return found[0]!;
  const what = found.length === 0 ? "no file" : `${found.length} files`;
  throw new InputError(
    `${folder}: has ${what} for ${part}, expected one of train, one of valid and one of test, such as ptb.${part === "validation" ? "valid" : part}.txt`,
  );
}

/**
 * A corpus as ids, with the vocabulary of its training part.
 *
 * @throws {@link InputError} if a part is too short.
 */
export function encodeCorpus({ name, parts }: Texts, units: UnitName, minCount: number): Corpus {
  const { split } = TEXT_UNITS[units];
  const train = split(parts.train);
  const vocabulary = buildVocabulary(train, units, minCount);
  let unknown = 0;
  const encode = (part: Part): Int32Array => {
    const tokens = part === "train" ? train : split(parts[part]);
    const known = units === "words" ? tokens : tokens.filter((token) => vocabulary.contains(token));
    if (known.length < 2) {
      const which = tokens.length < 2 ? "" : " that the learning part has, too";
      throw new InputError(
        `${name}: the ${part} part has ${countedUnits(known.length, units)}${which}, expected at least 2`,
      );
    }
    unknown += part === "train" ? 0 : tokens.filter((token) => !vocabulary.contains(token)).length;
    return Int32Array.from(vocabulary.lookupIndices(known));
  };
  return {
    name,
    units,
    vocabulary,
    parts: { train: encode("train"), validation: encode("validation"), test: encode("test") },
    unknown,
  };
}
