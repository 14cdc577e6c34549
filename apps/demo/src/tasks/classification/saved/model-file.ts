import { Generator, type Tensor } from "@rnn/tensor";
import { SavedModelError } from "../../../saved/json-checks.ts";
import { checkWeights, decodeModelFile, descriptionOf, encodeModelFile } from "../../../saved/model-file.ts";
import type { TrainingNote } from "../../../saved/note.ts";
import { TextClassifier } from "../model.ts";
import { type TextModel, textModel } from "../models/text-model.ts";
import type { TextTask } from "../text-task.ts";
import { KEY, readDescription, writeDescription } from "./description.ts";
import { parameterShapes } from "./parameter-shapes.ts";

/** A trained model with all that is needed to use it. */
export interface SavedModel<Model extends TextModel = TextModel> {
  readonly model: Model;
  readonly task: TextTask;
  readonly note: TrainingNote;
}

/** A saved model whose states can be looked at. */
export type RecurrentModel = SavedModel<TextClassifier>;

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

/**
 * As {@link decodeModel}, for those who look at the states of a recurrent network.
 *
 * @throws {@link SavedModelError} also for models of another kind.
 */
export function decodeRecurrentModel(bytes: Uint8Array): RecurrentModel {
  const { model, ...others } = decodeModel(bytes);
  if (model instanceof TextClassifier) return { ...others, model };
  throw new SavedModelError(`the model is no recurrent network but ${model.config.kind}`);
}

/** The model that a description and weights make. Throws as {@link decodeModel}. */
export function buildModel(description: string, tensors: ReadonlyMap<string, Tensor>): SavedModel {
  const { config, task, note } = readDescription(description);
  checkWeights(parameterShapes(config), tensors);
  const model = textModel(config, new Generator(0));
  model.loadStateDict(tensors);
  return { model: model.eval(), task, note };
}
