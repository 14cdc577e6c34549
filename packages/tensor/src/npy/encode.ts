import { checkTensor } from "../ops/elementwise.ts";
import type { Tensor } from "../tensor.ts";
import { descrOf } from "./element-types.ts";
import { magic } from "./header.ts";

/**
 * Writes a `.npy` file that NumPy's `load` reads.
 *
 * @remarks
 * Format version 1.0, row-major and little-endian: float32 as f4, float64 as f8, int32 as i4 and bool as b1.
 *
 * @example
 * ```ts
 * import { encodeNpy, zeros } from "@rnn/tensor";
 *
 * encodeNpy(zeros([2, 3])).length; // => 152
 * ```
 *
 * @public
 */
export function encodeNpy(x: Tensor): ReturnType<typeof Uint8Array.of> {
  checkTensor("encodeNpy", x);
  const tuple = x.ndim === 1 ? `${x.shape[0]},` : x.shape.join(", ");
  const dictionary = `{'descr': '${descrOf[x.dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // spaces and a line end fill up to where elements are aligned
  const start = Math.ceil((prefix + dictionary.length + 1) / alignment) * alignment;
  const header = `${dictionary.padEnd(start - prefix - 1)}\n`;

  const width = x.data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(start + x.size * width);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, 1, 0]);
  view.setUint16(8, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[prefix + i] = header.charCodeAt(i);
  writeElements(x, view, start, width);
  return bytes;
}

/** The magic bytes, two of the version, and two of the length of the header. */
const prefix = 10;
const alignment = 64;

function writeElements(x: Tensor, view: DataView, start: number, width: number): void {
  const { data, offset } = x.contiguous();
  for (let i = 0, at = start; i < x.size; i++, at += width) {
    const value = data[offset + i]!;
    if (x.dtype === "float32") view.setFloat32(at, value, true);
    else if (x.dtype === "float64") view.setFloat64(at, value, true);
    else if (x.dtype === "int32") view.setInt32(at, value, true);
    else view.setUint8(at, value);
  }
}
