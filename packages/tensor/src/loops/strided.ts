import type { TensorData } from "../dtype.ts";
import { broadcastStrides } from "../shape.ts";
import type { StridedArray } from "../strided-array.ts";

/** `out[oo + i] = f(a[ao + i * as])` for `i < n`. */
export type UnaryLoop = (
  n: number,
  a: TensorData,
  ao: number,
  as: number,
  out: TensorData,
  oo: number,
) => void;

/** `out[oo + i] = f(a[ao + i * as], b[bo + i * bs])` for `i < n`. */
export type BinaryLoop = (
  n: number,
  a: TensorData,
  ao: number,
  as: number,
  b: TensorData,
  bo: number,
  bs: number,
  out: TensorData,
  oo: number,
) => void;

/** `out[oo + i] = f(a[ao + i * as], b[bo + i * bs], c[co + i * cs])` for `i < n`. */
export type TernaryLoop = (
  n: number,
  a: TensorData,
  ao: number,
  as: number,
  b: TensorData,
  bo: number,
  bs: number,
  c: TensorData,
  co: number,
  cs: number,
  out: TensorData,
  oo: number,
) => void;

/** `out = loop(a)`. `out` is row-major and has the shape of `a`. */
export function runUnary(loop: UnaryLoop, a: StridedArray, out: StridedArray): void {
  if (a.isContiguous) {
    loop(a.size, a.data, a.offset, 1, out.data, out.offset);
    return;
  }
  const { shape, strides } = mergeDimensions(a.shape, [a.strides]);
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const as = strides[0]![inner]!;
  forEachRow(shape, strides, [a.offset], (row, at) =>
    loop(n, a.data, at[0]!, as, out.data, out.offset + row),
  );
}

/** `out = loop(a, b)`. `out` is row-major and has the shape that `a` and `b` broadcast to. */
export function runBinary(loop: BinaryLoop, a: StridedArray, b: StridedArray, out: StridedArray): void {
  const { size } = out;
  if (isOneRow(a, size) && isOneRow(b, size)) {
    const as = a.size === size ? 1 : 0;
    const bs = b.size === size ? 1 : 0;
    loop(size, a.data, a.offset, as, b.data, b.offset, bs, out.data, out.offset);
    return;
  }
  if (isTail(a, out.shape) && isTail(b, out.shape)) {
    // one is whole, the other repeats: a bias added to every row
    const n = Math.min(a.size, b.size);
    for (let row = 0; row < size; row += n) {
      const ao = a.offset + (row % a.size);
      const bo = b.offset + (row % b.size);
      loop(n, a.data, ao, 1, b.data, bo, 1, out.data, out.offset + row);
    }
    return;
  }
  const { shape, strides } = mergeDimensions(out.shape, [
    broadcastStrides(out.shape, a.shape, a.strides),
    broadcastStrides(out.shape, b.shape, b.strides),
  ]);
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const as = strides[0]![inner]!;
  const bs = strides[1]![inner]!;
  forEachRow(shape, strides, [a.offset, b.offset], (row, at) =>
    loop(n, a.data, at[0]!, as, b.data, at[1]!, bs, out.data, out.offset + row),
  );
}

/** `out = loop(a, b, c)`. `out` is row-major and has the shape that the operands broadcast to. */
export function runTernary(
  loop: TernaryLoop,
  a: StridedArray,
  b: StridedArray,
  c: StridedArray,
  out: StridedArray,
): void {
  const { size } = out;
  if (isOneRow(a, size) && isOneRow(b, size) && isOneRow(c, size)) {
    const as = a.size === size ? 1 : 0;
    const bs = b.size === size ? 1 : 0;
    const cs = c.size === size ? 1 : 0;
    loop(size, a.data, a.offset, as, b.data, b.offset, bs, c.data, c.offset, cs, out.data, out.offset);
    return;
  }
  const { shape, strides } = mergeDimensions(out.shape, [
    broadcastStrides(out.shape, a.shape, a.strides),
    broadcastStrides(out.shape, b.shape, b.strides),
    broadcastStrides(out.shape, c.shape, c.strides),
  ]);
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const as = strides[0]![inner]!;
  const bs = strides[1]![inner]!;
  const cs = strides[2]![inner]!;
  forEachRow(shape, strides, [a.offset, b.offset, c.offset], (row, at) =>
    loop(n, a.data, at[0]!, as, b.data, at[1]!, bs, c.data, at[2]!, cs, out.data, out.offset + row),
  );
}

/** Whether an operand is contiguous and, as often as it fits, gives a whole result: a number, a row, or all of it. */
export function repeatsEvenly(x: StridedArray, shape: readonly number[]): boolean {
  return x.size === 1 || isTail(x, shape);
}

/** Whether an operand steps evenly through a whole result of `size` elements: it is contiguous, or one number. */
function isOneRow(x: StridedArray, size: number): boolean {
  return x.isContiguous && (x.size === size || x.size === 1);
}

/** Whether an operand is contiguous and has the last dimensions of a result, so that it repeats from row to row. */
function isTail(x: StridedArray, shape: readonly number[]): boolean {
  if (!x.isContiguous) return false;
  const missing = shape.length - x.shape.length;
  for (let d = missing; d < shape.length; d++) if (x.shape[d - missing] !== shape[d]) return false;
  return true;
}

/**
 * Merges neighbouring dimensions wherever every operand steps evenly through both, so that innermost rows are long
 * and few: two contiguous operands are one row, a contiguous one beside a stretched one has two dimensions at most.
 *
 * @returns the merged shape (never empty) and, per operand, strides of the same length.
 */
export function mergeDimensions(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
): { shape: number[]; strides: number[][] } {
  const mergedShape: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let d = 0; d < shape.length; d++) {
    const n = shape[d]!;
    if (n === 1) continue;
    const last = mergedShape.length - 1;
    // the stride of the previous dimension must be a whole run of this one
    let joins = last >= 0;
    for (let k = 0; joins && k < strides.length; k++) joins = merged[k]![last] === strides[k]![d]! * n;
    if (joins) mergedShape[last]! *= n;
    else mergedShape.push(n);
    for (let k = 0; k < strides.length; k++) merged[k]![mergedShape.length - 1] = strides[k]![d]!;
  }
  if (mergedShape.length === 0) {
    mergedShape.push(1);
    for (const s of merged) s.push(0);
  }
  return { shape: mergedShape, strides: merged };
}

/**
 * Visits the innermost rows in row-major order, as if counting with an odometer.
 *
 * @param offsets - where each operand starts; moved from row to row and passed to `visit`.
 * @param visit - gets the position of the row in a row-major result and the offsets of the operands.
 */
export function forEachRow(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  offsets: number[],
  visit: (row: number, offsets: readonly number[]) => void,
): void {
  const inner = shape.length - 1;
  const n = shape[inner]!;
  let size = n;
  for (let d = 0; d < inner; d++) size *= shape[d]!;
  const index = new Array<number>(inner).fill(0);
  for (let row = 0; row < size; row += n) {
    visit(row, offsets);
    for (let d = inner - 1; d >= 0; d--) {
      const carry = ++index[d]! === shape[d];
      for (let k = 0; k < offsets.length; k++) {
        offsets[k]! += strides[k]![d]! * (carry ? 1 - shape[d]! : 1);
      }
      if (!carry) break;
      index[d] = 0;
    }
  }
}
