import { formatShape, ShapeError } from "../errors.ts";
import { copyShape, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";

/** @public */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  const wanted = inferShape(x, shape);
  const strides = viewStrides(x.shape, x.strides, wanted);
  if (strides) return new Tensor(x.data, wanted, { strides, offset: x.offset });
  return new Tensor(x.clone().data, wanted);
}

/** The shape with its -1, if any, replaced by what is left over. */
function inferShape(x: Tensor, shape: readonly number[]): number[] {
  const result = copyShape("reshape", shape);
  const unknown = result.indexOf(-1);
  if (unknown !== result.lastIndexOf(-1)) {
    throw new ShapeError(
      `reshape: shape ${formatShape(shape)} has -1 more than once; only one dimension can be inferred`,
    );
  }
  if (unknown >= 0) {
    result[unknown] = 1;
    const known = sizeOf("reshape", result);
    if (known === 0 || x.size % known !== 0) throw doesNotFit(x, shape);
    result[unknown] = x.size / known;
  }
  if (sizeOf("reshape", result) !== x.size) throw doesNotFit(x, shape);
  return result;
}

function doesNotFit(x: Tensor, shape: readonly number[]): ShapeError {
  return new ShapeError(
    `reshape: shape ${formatShape(x.shape)} with ${x.size} elements does not fit into ${formatShape(shape)}`,
  );
}

/**
 * Strides that show the same elements in another shape without moving them, or `null` if there are none.
 *
 * Old dimensions are taken in groups that step evenly; each group must be split exactly by a run of new dimensions.
 */
export function viewStrides(
  shape: readonly number[],
  strides: readonly number[],
  wanted: readonly number[],
): number[] | null {
  const result = new Array<number>(wanted.length).fill(1);
  let w = wanted.length - 1;
  let d = shape.length - 1;
  if (shape.includes(0)) return result;
  while (d >= 0) {
    // take old dimensions while they continue each other
    const step = strides[d]!;
    let run = shape[d]!;
    while (d > 0 && (shape[d - 1] === 1 || run === 1 || strides[d - 1] === step * run)) run *= shape[--d]!;
    d--;
    // lay new dimensions over the run
    let stride = step;
    while (w >= 0 && (run > 1 || wanted[w] === 1)) {
      const n = wanted[w]!;
      if (run % n !== 0) return null;
      result[w--] = stride;
      stride *= n;
      run /= n;
    }
    if (run > 1) return null;
  }
  return result;
}
