import { decodeSafetensors, encodeSafetensors, SafetensorsError } from "@rnn/nn";
import { Generator, type Tensor } from "@rnn/tensor";
import { SavedModelError } from "../../../saved/json-checks.ts";
import { TextClassifier } from "../model.ts";
import type { TextTask } from "../text-task.ts";
import { readDescription, type TrainingNote, writeDescription } from "./description.ts";
import { parameterShapes } from "./parameter-shapes.ts";

/** Metadata key of the description. */
const KEY = "rnn.text-classifier";

/** A trained model with all that is needed to use it. */
export interface SavedModel {
  readonly model: TextClassifier;
  readonly task: TextTask;
  readonly note: TrainingNote;
}

/**
 * A model as the bytes of one safetensors file: the state dict under PyTorch's names, the description (sizes, labels,
 * vocabulary) as JSON text in its metadata. One file cannot come apart, and any safetensors reader opens it.
 */
export function encodeModel({ model, task, note }: SavedModel): Uint8Array<ArrayBuffer> {
  const description = writeDescription({ config: model.config, task, note });
  return encodeSafetensors(model.stateDict(), new Map([[KEY, description]]));
}

/**
 * Reads a model back, in evaluation mode. The bytes may come from anyone: everything is checked first.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function decodeModel(bytes: Uint8Array): SavedModel {
  const { tensors, metadata } = decode(bytes);
  const text = metadata.get(KEY);
  if (text === undefined)
    throw new SavedModelError(`a safetensors file, but without "${KEY}" in its metadata`);
  const { config, task, note } = readDescription(text);
  checkWeights(parameterShapes(config), tensors);
  const model = new TextClassifier(config, new Generator(0));
  model.loadStateDict(tensors);
  return { model: model.eval(), task, note };
}

function decode(bytes: Uint8Array): ReturnType<typeof decodeSafetensors> {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new SavedModelError(error.message);
    throw error;
  }
}

function checkWeights(
  expected: ReadonlyMap<string, readonly number[]>,
  tensors: ReadonlyMap<string, Tensor>,
): void {
  for (const [name, shape] of expected) {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new SavedModelError(`the weights lack "${name}"`);
    if (tensor.shape.join() !== shape.join() || tensor.dtype !== "float32") {
      throw new SavedModelError(
        `"${name}" is ${tensor.dtype} [${tensor.shape}], but its description makes it float32 [${shape}]`,
      );
    }
    if (!tensor.data.every(Number.isFinite))
      throw new SavedModelError(`"${name}" has a value that is not finite`);
  }
  for (const name of tensors.keys()) {
    if (!expected.has(name)) throw new SavedModelError(`the weights have an unknown "${name}"`);
  }
}
