import { Generator, type Tensor } from "@rnn/tensor";
import type { Vocab } from "@rnn/text";
import { checkWeights, encodeModelFile } from "../../../saved/model-file.ts";
import type { TrainingNote } from "../../../saved/note.ts";
import { linearShapes, recurrentShapes } from "../../../saved/weight-shapes.ts";
import { LanguageModel, type LanguageModelConfig } from "../model.ts";
import type { UnitName } from "../text-units.ts";
import { KEY, readDescription, writeDescription } from "./description.ts";

/** A trained language model with all that is needed to use it. */
export interface SavedModel {
  readonly model: LanguageModel;
  readonly units: UnitName;
  readonly vocabulary: Vocab;
  readonly note: TrainingNote;
}

/** A model as the bytes of one file. */
export function encodeModel({ model, ...others }: SavedModel): Uint8Array<ArrayBuffer> {
  return encodeModelFile(KEY, writeDescription({ config: model.config, ...others }), model.stateDict());
}

/**
 * The model that a description and weights make, in evaluation mode. Everything is checked first.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function buildModel(description: string, tensors: ReadonlyMap<string, Tensor>): SavedModel {
  const { config, ...others } = readDescription(description);
  checkWeights(parameterShapes(config), tensors);
  const model = new LanguageModel(config, new Generator(0));
  model.loadStateDict(tensors);
  return { model: model.eval(), ...others };
}

/** Names and shapes of the parameters that a configuration leads to, known without building the model. */
function parameterShapes(config: LanguageModelConfig): Map<string, readonly number[]> {
  const { tokens, embedding, hidden, tied } = config;
  return new Map([
    ["embedding.weight", [tokens, embedding]] as const,
    ...recurrentShapes({ ...config, inputSize: embedding, hiddenSize: hidden }),
    ...(tied ? [["bias", [tokens]] as const] : linearShapes("output", hidden, tokens)),
  ]);
}
