import { decodeSafetensors, encodeSafetensors, SafetensorsError } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { members, oneOf, SavedModelError } from "./json-checks.ts";

/** The two parts of a model file. */
export interface ModelFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * A model as the bytes of one safetensors file: the state dict under PyTorch's names, and a description (sizes,
 * vocabulary, scaler, ...) as JSON text in its metadata. One file cannot come apart, and any safetensors reader opens it.
 *
 * @param key - Metadata entry of the description; it tells what kind of model this is.
 */
export function encodeModelFile(
  key: string,
  description: object,
  stateDict: ReadonlyMap<string, Tensor>,
): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(stateDict, new Map([[key, JSON.stringify(description)]]));
}

/**
 * Takes a model file apart.
 *
 * @throws {@link SavedModelError} if the bytes are no safetensors file.
 */
export function decodeModelFile(bytes: Uint8Array): ModelFile {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new SavedModelError(error.message);
    throw error;
  }
}

/**
 * The description under a key.
 *
 * @throws {@link SavedModelError} if there is none.
 */
export function descriptionOf({ metadata }: ModelFile, key: string): string {
  const text = metadata.get(key);
  if (text !== undefined) return text;
  throw new SavedModelError(`a safetensors file, but without "${key}" in its metadata`);
}

/**
 * The members of a description, which must be exactly "format", "version" and the named ones.
 *
 * @param format - What "format" must be: the key of the description.
 * @param versions - What "version" may be.
 * @param optional - Names of members that may be absent.
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function descriptionMembers<K extends string, O extends string = never>(
  text: string,
  format: string,
  versions: readonly number[],
  names: readonly K[],
  optional: readonly O[] = [],
): Record<K | O | "format" | "version", unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SavedModelError("the description is not JSON");
  }
  const root = members(json, "the description", ["format", "version", ...names], optional);
  oneOf(root.format, '"format"', [format]);
  oneOf(root.version, '"version"', versions);
  return root;
}

/**
 * Checks that weights are what a description leads to: these names and shapes, float32, all values finite.
 *
 * @throws {@link SavedModelError} naming the first that is not.
 */
export function checkWeights(
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
    if (!tensor.data.every(Number.isFinite)) {
      throw new SavedModelError(`"${name}" has a value that is not finite`);
    }
  }
  for (const name of tensors.keys()) {
    if (!expected.has(name)) throw new SavedModelError(`the weights have an unknown "${name}"`);
  }
}
