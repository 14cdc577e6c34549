import type { Tensor } from "@rnn/tensor";
import { checkModule, classOf, type Module } from "../module.ts";
import type { LoadStateDictOptions, StateDictReport } from "../state-dict.ts";
import { bytesOf } from "./bytes.ts";
import { CONFIG_KEY, checkConfig } from "./config.ts";
import { decodeSafetensors } from "./decode.ts";
import { printed, SafetensorsError } from "./error.ts";
import { CLASS_KEY, VERSION, VERSION_KEY } from "./save.ts";

/**
 * The state dict in a safetensors file, whoever wrote it. For the metadata too, see {@link decodeSafetensors}.
 *
 * @throws {@link SafetensorsError} if the bytes are not a valid file, or one of a later version of this library.
 * @throws TypeError if `bytes` is neither a Uint8Array nor an ArrayBuffer.
 *
 * @example
 * ```ts
 * import { Linear, loadSafetensors, saveSafetensors } from "@rnn/nn";
 *
 * const bytes = saveSafetensors(new Linear({ inFeatures: 3, outFeatures: 2 }));
 * [...loadSafetensors(bytes).keys()]; // => ["weight", "bias"]
 * ```
 *
 * @public
 */
export function loadSafetensors(bytes: Uint8Array | ArrayBuffer): Map<string, Tensor>;
/**
 * Loads the weights in a safetensors file into a model.
 *
 * @remarks
 * Nothing is written unless everything fits: names, shapes and, in a file of {@link saveSafetensors}, what the modules say
 * about themselves, such as the nonlinearity of an `RNN`. A file without that, such as PyTorch's, loads by its names; so
 * does any with `model.loadStateDict(loadSafetensors(bytes))`.
 *
 * @throws {@link SafetensorsError} if the bytes are not a valid file, or one of a later version of this library.
 * @throws TypeError if `bytes` is neither a Uint8Array nor an ArrayBuffer, or `model` is not a module.
 * @throws Error that lists what does not fit: classes, sizes and options, or else names and shapes as `loadStateDict` does.
 *
 * @example
 * ```ts
 * import { Linear, loadSafetensors, saveSafetensors } from "@rnn/nn";
 *
 * const bytes = saveSafetensors(new Linear({ inFeatures: 3, outFeatures: 2 }));
 * const model = new Linear({ inFeatures: 3, outFeatures: 2 });
 * loadSafetensors(bytes, model); // => { missing: [], unexpected: [] }
 * ```
 *
 * @public
 */
export function loadSafetensors(
  bytes: Uint8Array | ArrayBuffer,
  model: Module,
  options?: LoadStateDictOptions,
): StateDictReport;
export function loadSafetensors(
  bytes: Uint8Array | ArrayBuffer,
  model?: Module,
  options?: LoadStateDictOptions,
): Map<string, Tensor> | StateDictReport {
  if (model !== undefined) checkModule("loadSafetensors", "model", model);
  const { tensors, metadata } = decodeSafetensors(bytesOf("loadSafetensors", bytes));
  const version = metadata.get(VERSION_KEY) ?? "1";
  if (version !== String(VERSION)) {
    throw new SafetensorsError(
      `the file says "${VERSION_KEY}" ${printed(version)}, but this library reads "${VERSION}"; update @rnn/nn`,
    );
  }
  if (model === undefined) return tensors;
  const config = metadata.get(CONFIG_KEY);
  if (config !== undefined) checkConfig(config, model);
  try {
    return model.loadStateDict(tensors, options);
  } catch (error) {
    const saved = metadata.get(CLASS_KEY);
    const name = classOf(model);
    if (saved === undefined || saved === name) throw error;
    throw new Error(
      `${(error as Error).message} (saved from class ${printed(saved)}, loaded into "${name}")`,
      {
        cause: error,
      },
    );
  }
}
