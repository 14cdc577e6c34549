import { Module } from "../module.ts";
import { namedEntries, type StateDict } from "../state-dict.ts";
import { encodeSafetensors, type SafetensorsMetadata } from "./encode.ts";

/** Metadata key of the version of what {@link saveSafetensors} adds. */
export const VERSION_KEY = "rnn.version";
/** The version written, and the latest one read. */
export const VERSION = 1;
/** Metadata key of the class of the saved module. */
export const CLASS_KEY = "rnn.class";

/**
 * Options of {@link saveSafetensors}.
 *
 * @public
 */
export interface SaveSafetensorsOptions {
  /** Texts to put beside the weights: sizes, labels, where the training data came from. */
  metadata?: SafetensorsMetadata | undefined;
}

/**
 * A model's weights as the bytes of a safetensors file, under PyTorch's names.
 *
 * @remarks
 * Python opens the file with `safetensors.torch.load_file`. Beside the given metadata stand `format` (`"pt"`, which
 * other tools ask for), `rnn.version` and, for a module, `rnn.class`, the name of its class; given ones win. Weights come
 * back bit for bit.
 *
 * @param source - a module, or a state dict
 *
 * @example
 * ```ts
 * import { GRU, loadSafetensors, saveSafetensors } from "@rnn/nn";
 *
 * const trained = new GRU({ inputSize: 3, hiddenSize: 2 });
 * const bytes = saveSafetensors(trained, { metadata: { hiddenSize: "2" } });
 *
 * const model = new GRU({ inputSize: 3, hiddenSize: 2 });
 * loadSafetensors(bytes, model); // => { missing: [], unexpected: [] }
 * ```
 *
 * @public
 */
export function saveSafetensors(
  source: Module | StateDict,
  options: SaveSafetensorsOptions = {},
): Uint8Array<ArrayBuffer> {
  const metadata = new Map([
    ["format", "pt"],
    [VERSION_KEY, String(VERSION)],
  ]);
  if (source instanceof Module) metadata.set(CLASS_KEY, source.constructor.name);
  for (const [key, text] of namedEntries(options.metadata ?? {})) metadata.set(key, text);
  return encodeSafetensors(source instanceof Module ? source.stateDict() : source, metadata);
}
