import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.ts";
import { ExampleList, type Examples } from "./example.ts";
import { readTextOrNothing, reason } from "./read-text.ts";

/** The folder of IMDB's unlabelled reviews, which is not a class. */
const UNLABELLED = "unsup";
/** Files open at a time. */
const AT_ONCE = 64;

/**
 * Reads a folder with one folder per class, each with one `.txt` file per text: the layout of the IMDB reviews.
 *
 * @throws {@link InputError} if there are no such folders, or a file cannot be read.
 */
export async function loadFolder(folder: string): Promise<Examples> {
  const list = new ExampleList();
  const classes = (await entries(folder)).filter((entry) => entry.isDirectory() && entry.name !== UNLABELLED);
  for (const { name: label } of classes) {
    const names = (await entries(join(folder, label)))
      .filter((entry) => entry.isFile() && entry.name.endsWith(".txt"))
      .map((entry) => entry.name)
      .sort();
    for (let start = 0; start < names.length; start += AT_ONCE) {
      const paths = names.slice(start, start + AT_ONCE).map((name) => join(folder, label, name));
      for (const text of await Promise.all(paths.map(readTextOrNothing))) list.add(text, label);
    }
  }
  const found = list.finish();
  if (found.examples.length === 0) {
    throw new InputError(`${folder}: no text found; expected one folder per class with .txt files in it`);
  }
  return found;
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new InputError(`${folder}: ${reason(error as NodeJS.ErrnoException)}`);
  }
}
