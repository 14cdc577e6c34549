import { formatShape, ShapeError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/** Throws unless an index along `dim` of `x` is an int32 tensor that fits: as many dimensions, larger only along `dim`. */
export function checkIndexTensor(where: string, x: Tensor, dim: number, index: Tensor): void {
  checkTensor(where, index);
  checkIndexDType(where, index);
  const fits = index.ndim === x.ndim && index.shape.every((size, d) => d === dim || size <= x.shape[d]!);
  if (!fits) {
    throw new ShapeError(
      `${where}: index shape ${formatShape(index.shape)} does not fit shape ${formatShape(x.shape)}; it needs as many ` +
        `dimensions, none larger except dim ${dim}`,
    );
  }
}

/** Throws unless the tensor can hold indices. */
export function checkIndexDType(where: string, index: Tensor): void {
  if (index.dtype !== "int32") {
    throw new TypeError(
      `${where}: index has dtype ${index.dtype}, expected int32; convert with .to("int32") first`,
    );
  }
}

/** What to throw for an index that is none of `dim`. */
export function outsideIndex(where: string, index: number, dim: number, x: Tensor): RangeError {
  const limit = x.ndim === 0 ? 1 : x.shape[dim]!;
  return new RangeError(
    `${where}: index ${index} is outside 0..${limit - 1} (dim ${dim} of shape ${formatShape(x.shape)})`,
  );
}
