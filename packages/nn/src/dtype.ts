import type { DType } from "@rnn/tensor";

/**
 * The dtypes that parameters and gradients can have.
 *
 * @public
 */
export type FloatDType = "float32" | "float64";

/** Storage of a {@link FloatDType}. */
export type FloatArray = Float32Array | Float64Array;

/**
 * Throws unless `dtype` is floating, and that of the weights if `weight` is given.
 *
 * @param where - the operation, which starts the message
 * @param what - the operand whose dtype it is
 */
export function checkFloat(where: string, what: string, dtype: DType, weight?: DType): void {
  if (dtype !== "float32" && dtype !== "float64") {
    const wanted = weight ?? "float32 or float64";
    throw new TypeError(
      `${where}: ${what} is ${dtype}, expected ${wanted}; convert it with .to("${weight ?? "float32"}")`,
    );
  }
  if (weight !== undefined && dtype !== weight) {
    throw new TypeError(
      `${where}: ${what} is ${dtype}, but the weights are ${weight}; convert it with .to("${weight}")`,
    );
  }
}

/** A new zero-filled array of a floating dtype. */
export function floats(dtype: DType, length: number): FloatArray {
  return dtype === "float64" ? new Float64Array(length) : new Float32Array(length);
}
