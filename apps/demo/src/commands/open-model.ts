import { SavedModelError } from "../saved/json-checks.ts";
import { decodeModelFile, descriptionOf, type ModelFile } from "../saved/model-file.ts";
import { loadModel } from "../saved/model-folder.ts";
import { TASKS } from "../tasks/index.ts";
import type { Task } from "../tasks/task.ts";

/** A file that was opened. */
export interface OpenedFile {
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly file: ModelFile;
  /** The model in it; undefined if it is not one of ours. */
  readonly opened: OpenedModel | undefined;
}

/** A saved model and what can be done with it. */
export interface OpenedModel {
  readonly task: Task;
  readonly saved: unknown;
}

/**
 * Opens any safetensors file, given its folder or the file itself.
 *
 * @throws {@link InputError} if there is none, or it is damaged.
 */
export async function openFile(folderOrFile: string): Promise<OpenedFile> {
  const { path, bytes, model } = await loadModel(folderOrFile, (content) => {
    const file = decodeModelFile(content);
    return { file, opened: modelIn(file) };
  });
  return { path, bytes, ...model };
}

/**
 * Opens a saved model of this program.
 *
 * @param train - The command line that trains such a model, for the message.
 * @throws {@link InputError} if there is none.
 */
export async function openModel(
  folderOrFile: string,
  train: string,
): Promise<OpenedModel & { readonly path: string }> {
  const { path, model } = await loadModel(
    folderOrFile,
    (content) => {
      const file = decodeModelFile(content);
      const opened = modelIn(file);
      if (opened !== undefined) return opened;
      const keys = TASKS.map(({ saved: { key } }) => `"${key}"`).join(" or ");
      throw new SavedModelError(`a safetensors file, but without ${keys} in its metadata`);
    },
    train,
  );
  return { path, ...model };
}

function modelIn(file: ModelFile): OpenedModel | undefined {
  const task = TASKS.find(({ saved: { key } }) => file.metadata.has(key));
  if (task === undefined) return undefined;
  return { task, saved: task.saved.decode(descriptionOf(file, task.saved.key), file.tensors) };
}
