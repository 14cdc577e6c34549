import { describe } from "../describe.ts";
import { classOf, Module } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { checkStateDict, namedEntries, type StateDict } from "../state-dict.ts";
import type { FileBytes } from "./bytes.ts";
import { CONFIG_KEY, configText } from "./config.ts";
import { checkMetadata, encodeSafetensors, type SafetensorsMetadata } from "./encode.ts";

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

const optionNames: OptionNames<SaveSafetensorsOptions> = { metadata: true };

/**
 * A model's weights as the bytes of a safetensors file, under PyTorch's names.
 *
 * @remarks
 * Python opens the file with `safetensors.torch.load_file`. Beside the given metadata stand `format` (`"pt"`, which
 * other tools ask for), `rnn.version` and, for a module, `rnn.class`, the name of its class, and `rnn.config`, what it and
 * the modules below it say about themselves ({@link Module.getConfig}), as JSON; given ones win. Weights come back bit
 * for bit.
 *
 * @param source - a module, or a state dict
 *
 * @throws TypeError if `source` is neither, or an empty state dict, or `metadata` has what is not a string.
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
export function saveSafetensors(source: Module | StateDict, options: SaveSafetensorsOptions = {}): FileBytes {
  checkOptions("saveSafetensors", options, optionNames);
  const state = source instanceof Module ? source.stateDict() : checkStateDict("saveSafetensors", source);
  if (!(source instanceof Module) && namedEntries(state).length === 0) {
    throw new TypeError(
      `saveSafetensors: source must be a Module or a state dict with tensors, got ${describe(source)} without any`,
    );
  }
  const metadata = new Map([
    ["format", "pt"],
    [VERSION_KEY, String(VERSION)],
  ]);
  if (source instanceof Module) {
    metadata.set(CLASS_KEY, classOf(source));
    metadata.set(CONFIG_KEY, configText(source));
  }
  for (const [key, text] of namedEntries(checkMetadata("saveSafetensors", options.metadata ?? {})))
    metadata.set(key, text);
  return encodeSafetensors(state, metadata);
}
