import { Tensor } from "@rnn/tensor";
import { toLittleEndian } from "./byte-order.ts";
import { bytesOf } from "./bytes.ts";
import { takeApart } from "./header.ts";

/**
 * What a safetensors file holds.
 *
 * @public
 */
export interface Safetensors {
  /** Tensors by name, in the order of the header. */
  readonly tensors: Map<string, Tensor>;
  /** The texts beside them. */
  readonly metadata: Map<string, string>;
}

/**
 * Reads a safetensors file, such as a PyTorch `state_dict` saved with Python's safetensors package.
 *
 * @remarks
 * F32, F64, I32 and BOOL are read as they are; F16 and BF16 become float32; I64, U64, U32, I16, U16, I8 and U8 become
 * int32 if every element fits. The bytes may come from anyone: everything is checked against their length before
 * anything is allocated, the tensors must fill the data without gap or overlap, no name may occur twice, and what is
 * allocated is at most a small multiple of what was given. Format: https://huggingface.co/docs/safetensors.
 *
 * @throws {@link SafetensorsError} saying what is wrong with the bytes; TypeError for anything that is not bytes.
 *
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const bytes = encodeSafetensors({ "fc.weight": tensor([[1, 2]]) }, { note: "by hand" });
 * const { tensors, metadata } = decodeSafetensors(bytes);
 * tensors.get("fc.weight")?.toArray(); // => [[1, 2]]
 * metadata.get("note"); // => "by hand"
 * ```
 *
 * @public
 */
export function decodeSafetensors(bytes: Uint8Array | ArrayBuffer): Safetensors {
  const { entries, metadata, data } = takeApart(bytesOf("decodeSafetensors", bytes));
  const tensors = new Map<string, Tensor>();
  for (const { name, type, shape, start, end } of entries) {
    const own = toLittleEndian(new Uint8Array(data.subarray(start, end)), type.width);
    tensors.set(name, new Tensor(type.read(own.buffer, { name, shape }), shape));
  }
  return { tensors, metadata };
}
