import { Generator, type Tensor } from "@rnn/tensor";
import { checkWeights, decodeModelFile, descriptionOf, encodeModelFile } from "../../../saved/model-file.ts";
import type { TrainingNote } from "../../../saved/note.ts";
import { TextClassifier } from "../model.ts";
import type { TextTask } from "../text-task.ts";
import { KEY, readDescription, writeDescription } from "./description.ts";
import { parameterShapes } from "./parameter-shapes.ts";

/** A trained model with all that is needed to use it. */
export interface SavedModel {
  readonly model: TextClassifier;
  readonly task: TextTask;
  readonly note: TrainingNote;
}

/** A model as the bytes of one file. */
export function encodeModel({ model, task, note }: SavedModel): Uint8Array<ArrayBuffer> {
  return encodeModelFile(KEY, writeDescription({ config: model.config, task, note }), model.stateDict());
}

/**
 * Reads a model back, in evaluation mode. The bytes may come from anyone: everything is checked first.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function decodeModel(bytes: Uint8Array): SavedModel {
  const file = decodeModelFile(bytes);
  return buildModel(descriptionOf(file, KEY), file.tensors);
}

/** The model that a description and weights make. Throws as {@link decodeModel}. */
export function buildModel(description: string, tensors: ReadonlyMap<string, Tensor>): SavedModel {
  const { config, task, note } = readDescription(description);
  checkWeights(parameterShapes(config), tensors);
  const model = new TextClassifier(config, new Generator(0));
  model.loadStateDict(tensors);
  return { model: model.eval(), task, note };
}
