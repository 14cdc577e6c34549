import type { TensorData } from "../dtype.ts";
import { broadcastStrides } from "../shape.ts";

/** What the loops need to know of a tensor. */
export interface Strided {
  readonly data: TensorData;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly size: number;
  readonly isContiguous: boolean;
}

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
export function runUnary(loop: UnaryLoop, a: Strided, out: Strided): void {
  if (a.isContiguous) {
    loop(a.size, a.data, a.offset, 1, out.data, out.offset);
    return;
  }
  const { shape, strides } = mergeDimensions(a.shape, [a.strides]);
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const as = strides[0]![inner]!;
  forEachRow(shape, strides, [a.offset], (row, [ao]) => loop(n, a.data, ao!, as, out.data, out.offset + row));
}

/** `out = loop(a, b)`. `out` is row-major and has the shape that `a` and `b` broadcast to. */
export function runBinary(loop: BinaryLoop, a: Strided, b: Strided, out: Strided): void {
  const size = out.size;
  if (a.isContiguous && b.isContiguous) {
    // same shapes, or one operand is a single number
    const wholeA = a.size === size;
    const wholeB = b.size === size;
    if ((wholeA || a.size === 1) && (wholeB || b.size === 1)) {
      loop(size, a.data, a.offset, wholeA ? 1 : 0, b.data, b.offset, wholeB ? 1 : 0, out.data, out.offset);
      return;
    }
  }
  const { shape, strides } = mergeDimensions(out.shape, [
    broadcastStrides(out.shape, a.shape, a.strides),
    broadcastStrides(out.shape, b.shape, b.strides),
  ]);
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const as = strides[0]![inner]!;
  const bs = strides[1]![inner]!;
  forEachRow(shape, strides, [a.offset, b.offset], (row, [ao, bo]) =>
    loop(n, a.data, ao!, as, b.data, bo!, bs, out.data, out.offset + row),
  );
}

/** `out = loop(a, b, c)`. `out` is row-major and has the shape that the operands broadcast to. */
export function runTernary(loop: TernaryLoop, a: Strided, b: Strided, c: Strided, out: Strided): void {
  const operands = [a, b, c];
  const { shape, strides } = mergeDimensions(
    out.shape,
    operands.map((x) => broadcastStrides(out.shape, x.shape, x.strides)),
  );
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const [as, bs, cs] = strides.map((s) => s[inner]!);
  forEachRow(
    shape,
    strides,
    operands.map((x) => x.offset),
    (row, [ao, bo, co]) =>
      loop(n, a.data, ao!, as!, b.data, bo!, bs!, c.data, co!, cs!, out.data, out.offset + row),
  );
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
