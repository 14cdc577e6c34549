import { builtinModule } from "../builtin-module.ts";
import { checkList, checkOptions, wrongKind } from "../check.ts";
import { textOfBytes } from "./file-text.ts";

/** What is used of Node's `fs/promises`. */
interface Files {
  readdir(
    path: string,
    options: { withFileTypes: true },
  ): Promise<{ readonly name: string; isDirectory(): boolean; isFile(): boolean }[]>;
  readFile(path: string): Promise<Uint8Array>;
}

/** Files that are read at a time. */
const AT_ONCE = 32;

/**
 * Reads a folder with one folder per class, each with one `.txt` file per text: the layout of the IMDB reviews (`aclImdb/train`).
 * In Node, Bun and Deno.
 *
 * @remarks
 * Classes and files come in the order of their names. Files are read as by {@link readLines}: UTF-8, maybe packed with gzip.
 *
 * @param folder - the path
 * @param options - `ignore`: folders that are no classes. Default `["unsup"]`, IMDB's unlabelled reviews
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if there is no text, or a file is damaged or not UTF-8.
 *
 * @example
 * ```ts
 * import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { readTextFolder } from "@rnn/train/data";
 *
 * const folder = mkdtempSync(join(tmpdir(), "reviews-"));
 * for (const label of ["neg", "pos"]) {
 *   mkdirSync(join(folder, label));
 *   writeFileSync(join(folder, label, "0_1.txt"), `a ${label} review`);
 * }
 * const samples: object[] = [];
 * for await (const sample of readTextFolder(folder)) samples.push(sample);
 * samples[0]; // => { text: "a neg review", label: "neg", file: "0_1.txt" }
 * ```
 *
 * @public
 */
export async function* readTextFolder(
  folder: string,
  options: { ignore?: readonly string[] | undefined } = {},
): AsyncGenerator<{ text: string; label: string; file: string }, void, undefined> {
  const where = "readTextFolder";
  if (typeof folder !== "string") throw wrongKind(where, "folder", "a path", folder);
  checkOptions(where, options, { ignore: true });
  const { ignore = ["unsup"] } = options;
  checkList(where, "ignore", ignore, "names");
  const files = builtinModule<Files>(where, "node:fs/promises", "it needs Node, Bun or Deno");
  const entries = async (path: string) => {
    const found = await files.readdir(path, { withFileTypes: true });
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  let count = 0;
  for (const { name: label } of (await entries(folder)).filter((entry) => entry.isDirectory())) {
    if (ignore.includes(label)) continue;
    const inside = await entries(`${folder}/${label}`);
    const names = inside
      .filter((entry) => entry.isFile() && entry.name.endsWith(".txt"))
      .map(({ name }) => name);
    count += names.length;
    for (let start = 0; start < names.length; start += AT_ONCE) {
      const some = names.slice(start, start + AT_ONCE);
      const paths = some.map((name) => `${folder}/${label}/${name}`);
      const texts = await Promise.all(paths.map((path) => textOf(where, path, files.readFile(path))));
      for (const [k, file] of some.entries()) yield { text: texts[k] as string, label, file };
    }
  }
  if (count > 0) return;
  throw new RangeError(
    `${where}: ${folder}: no text found; expected one folder per class with .txt files in it`,
  );
}

/** The text of a whole file, which is quicker than a stream of each where there are many small ones. */
async function textOf(where: string, path: string, bytes: Promise<Uint8Array>): Promise<string> {
  let text = "";
  const chunks = (async function* () {
    yield await bytes;
  })();
  for await (const piece of textOfBytes(where, path, chunks)) text += piece;
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
