import { allocate, type TensorData } from "../dtype.ts";
import { formatShape } from "../errors.ts";
import { contiguousStrides, describe, productOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { type ElementType, elementType } from "./element-types.ts";
import { npyError, printed } from "./error.ts";
import { readHeader } from "./header.ts";

/**
 * Reads a `.npy` file, as NumPy's `save` writes it.
 *
 * @remarks
 * Little-endian f4, f8, i4 and b1 become float32, float64, int32 and bool; the other integers of 1 to 8 bytes become
 * int32 if every element fits. Arrays in Fortran's order become views of the same shape. The bytes may come from anyone:
 * the header is bounded, and the size it promises must be that of the bytes that follow before anything is allocated.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 *
 * @throws {@link NpyError} saying what is wrong with the bytes; TypeError for anything that is not a Uint8Array.
 *
 * @example
 * ```ts
 * import { decodeNpy, encodeNpy, tensor } from "@rnn/tensor";
 *
 * const bytes = encodeNpy(tensor([[1, 2], [3, 4]]));
 * decodeNpy(bytes).toArray(); // => [[1, 2], [3, 4]]
 * ```
 *
 * @public
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`decodeNpy: expected a Uint8Array, got ${describe(bytes)}`);
  }
  const { descr, isFortran, shape, start } = readHeader(bytes);
  const type = elementType(descr);
  if (!type) {
    throw npyError(
      `elements of type ${printed(descr)}; little-endian f4, f8, b1 and integers are read, so save with another dtype`,
    );
  }
  const wanted = productOf(shape) * type.width;
  const given = bytes.length - start;
  if (wanted !== given) {
    throw npyError(
      `shape ${formatShape(shape)} of ${descr} needs ${wanted} bytes, but ${given} follow the header`,
    );
  }
  const data = allocate(type.dtype, given / type.width);
  readElements(type, new DataView(bytes.buffer, bytes.byteOffset + start, given), data);
  // the first index moves fastest
  const strides = isFortran ? contiguousStrides(shape.slice().reverse()).reverse() : undefined;
  return new Tensor(data, shape, { strides });
}

function readElements(type: ElementType, view: DataView, out: TensorData): void {
  const { dtype, read, width } = type;
  for (let i = 0, at = 0; i < out.length; i++, at += width) {
    const value = Number(read(view, at));
    out[i] = value;
    // a typed array keeps the low bits of what does not fit
    if ((dtype === "int32" && out[i] !== value) || (dtype === "bool" && value > 1)) {
      throw npyError(`element ${i} is ${read(view, at)}, which does not fit ${dtype}`);
    }
  }
}
