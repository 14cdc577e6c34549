import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "../data/read-text.ts";
import { writeFileAtomically } from "../data/write-file.ts";
import { InputError } from "../errors.ts";
import { decodeModel, encodeModel, type SavedModel } from "../tasks/classification/saved/model-file.ts";
import { SavedModelError } from "./json-checks.ts";

/** The file of a saved model in its folder. */
export const MODEL_FILE = "model.safetensors";

/** Saves a model in a folder, replacing the one before only when all of it is on the disk. Returns the path. */
export async function saveModel(folder: string, saved: SavedModel): Promise<string> {
  const path = join(folder, MODEL_FILE);
  await writeFileAtomically(path, encodeModel(saved));
  return path;
}

/**
 * Loads a model, given its folder or the file itself.
 *
 * @throws {@link InputError} if there is none, or it is damaged.
 */
export async function loadModel(folderOrFile: string): Promise<SavedModel> {
  const given = await stat(folderOrFile).catch(() => undefined);
  const path = given?.isFile() ? folderOrFile : join(folderOrFile, MODEL_FILE);
  try {
    return decodeModel(await readBytes(path));
  } catch (error) {
    if (error instanceof SavedModelError) {
      throw new InputError(
        `${path}: ${error.message}; train again with npm start, or name another model with --model`,
      );
    }
    if (error instanceof InputError) {
      throw new InputError(
        `${error.message}; train a model first with npm start, or name its folder with --model`,
      );
    }
    throw error;
  }
}
