import { decodeSafetensors, encodeSafetensors, type FileBytes } from "@rnn/nn";
import { checkInteger, checkObject } from "../check.ts";
import type { Checkpoint } from "../fit/checkpoint.ts";

/** Name of the metadata entry that holds everything but the tensors. */
const ENTRY = "checkpoint";
const VERSION = 1;

/**
 * Writes a checkpoint as the bytes of one file: safetensors, with the state as JSON in its metadata.
 *
 * @remarks
 * Python's safetensors package reads the tensors: the weights are those called `model.…`. The same checkpoint gives the
 * same bytes.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { decodeCheckpoint, encodeCheckpoint } from "@rnn/train/checkpoints";
 *
 * const tensors = new Map([["model.weight", tensor([1, 2])]]);
 * const bytes = encodeCheckpoint({ step: 10, epoch: 1, state: { best: Infinity }, tensors });
 * decodeCheckpoint(bytes).state; // => { best: Infinity }
 * ```
 *
 * @public
 */
export function encodeCheckpoint({ step, epoch, state, tensors }: Checkpoint): FileBytes {
  const json = JSON.stringify({ version: VERSION, step, epoch, state }, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? { $number: String(value) } : value,
  );
  return encodeSafetensors(tensors, { [ENTRY]: json });
}

/**
 * Reads the bytes that {@link encodeCheckpoint} wrote.
 *
 * @remarks
 * The bytes may come from anyone: they are checked before anything is allocated. Whether the state fits is checked when
 * `fit` continues from it.
 *
 * @throws {@link @rnn/nn#SafetensorsError} if the bytes are not a whole safetensors file.
 * @throws TypeError or RangeError if they are one without a checkpoint.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from "@rnn/train/checkpoints";
 *
 * const bytes = encodeCheckpoint({ step: 10, epoch: 1, state: {}, tensors: new Map() });
 * decodeCheckpoint(bytes).step; // => 10
 * ```
 *
 * @public
 */
export function decodeCheckpoint(bytes: Uint8Array | ArrayBuffer): Checkpoint {
  const where = "decodeCheckpoint";
  const { tensors, metadata } = decodeSafetensors(bytes);
  const json = metadata.get(ENTRY);
  if (json === undefined) throw new RangeError(`${where}: a safetensors file, but not of a checkpoint`);
  let content: unknown;
  try {
    content = JSON.parse(json, (_, value) => (isNumber(value) ? Number(value.$number) : value));
  } catch (error) {
    throw new RangeError(`${where}: the state is not JSON: ${(error as Error).message}`);
  }
  checkObject(where, "the state", content);
  const { version, step, epoch, state } = content as Checkpoint & { version: unknown };
  if (version !== VERSION) throw new RangeError(`${where}: version ${version} is not known here`);
  checkInteger(where, "step", step, 0);
  checkInteger(where, "epoch", epoch, 0);
  checkObject(where, "state", state);
  return { step, epoch, state, tensors };
}

/** A number that JSON cannot hold. */
function isNumber(value: unknown): value is { $number: string } {
  return typeof value === "object" && value !== null && "$number" in value;
}
