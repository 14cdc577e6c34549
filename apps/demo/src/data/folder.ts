import { readTextFolder } from "@rnn/train/data";
import { InputError, systemReason } from "../errors.ts";
import { ExampleList, type Examples } from "./example.ts";

/**
 * Reads a folder with one folder per class, each with one `.txt` file per text: the layout of the IMDB reviews, whose
 * unlabelled ones are passed over.
 *
 * @throws {@link InputError} if there is no text, or a file cannot be read.
 */
export async function loadFolder(folder: string): Promise<Examples> {
  const list = new ExampleList();
  try {
    for await (const { text, label } of readTextFolder(folder)) list.add(text, label);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message.replace(/^readTextFolder: /, ""));
    throw new InputError(`${(error as NodeJS.ErrnoException).path ?? folder}: ${systemReason(error)}`);
  }
  const found = list.finish();
  if (found.examples.length === 0)
    throw new InputError(`${folder}: all ${found.skipped} texts in it are empty`);
  return found;
}
