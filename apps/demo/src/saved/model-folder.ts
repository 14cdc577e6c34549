import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "../data/read-text.ts";
import { writeFileAtomically } from "../data/write-file.ts";
import { InputError } from "../errors.ts";
import { SavedModelError } from "./json-checks.ts";

/** The file of a saved model in its folder. */
export const MODEL_FILE = "model.safetensors";

/** Saves a model in a folder, replacing the one before only when all of it is on the disk. Returns the path. */
export async function saveModel(folder: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, MODEL_FILE);
  await writeFileAtomically(path, bytes);
  return path;
}

/** The path of the model in a folder; undefined if there is none. */
export async function savedModel(folder: string): Promise<string | undefined> {
  const path = join(folder, MODEL_FILE);
  return (await stat(path).catch(() => undefined)) === undefined ? undefined : path;
}

/**
 * Loads a model, given its folder or the file itself.
 *
 * @param decode - Makes the model from the bytes; a {@link SavedModelError} of it is reported with the path.
 * @param train - The command line that trains such a model.
 * @throws {@link InputError} if there is none, or it is damaged.
 */
export async function loadModel<Model>(
  folderOrFile: string,
  decode: (bytes: Uint8Array) => Model,
  train = "npm start",
): Promise<{ path: string; bytes: number; model: Model }> {
  const given = await stat(folderOrFile).catch(() => undefined);
  const path = given?.isFile() ? folderOrFile : join(folderOrFile, MODEL_FILE);
  try {
    const bytes = await readBytes(path);
    return { path, bytes: bytes.length, model: decode(bytes) };
  } catch (error) {
    if (error instanceof SavedModelError) {
      throw new InputError(
        `${path}: ${error.message}; train again with ${train}, or name another model with --model`,
      );
    }
    if (error instanceof InputError) {
      throw new InputError(
        `${error.message}; train a model first with ${train}, or name its folder with --model`,
      );
    }
    throw error;
  }
}
