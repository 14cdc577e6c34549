import type { TensorData } from "../dtype.ts";

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

/** Calls `row(out offset, operand offsets)` for every innermost row of a row-major walk. */
export interface Walk {
  /** Sizes after neighbouring dimensions that move together were merged; never empty. */
  readonly shape: number[];
  /** One list of strides per operand, as long as `shape`. */
  readonly strides: number[][];
}

/**
 * Merges neighbouring dimensions wherever every operand steps evenly through both, so that inner rows are long and
 * few: a contiguous operand beside a stretched one is two dimensions at most.
 */
export function mergeDimensions(shape: readonly number[], strides: readonly (readonly number[])[]): Walk {
  const mergedShape: number[] = [];
  const mergedStrides: number[][] = strides.map(() => []);
  for (let d = 0; d < shape.length; d++) {
    const n = shape[d]!;
    if (n === 1) continue;
    const last = mergedShape.length - 1;
    // the previous dimension's stride must equal a whole run of this one, for every operand
    const joins = last >= 0 && strides.every((s, k) => mergedStrides[k]![last] === s[d]! * n);
    if (joins) {
      mergedShape[last]! *= n;
      strides.forEach((s, k) => {
        mergedStrides[k]![last] = s[d]!;
      });
    } else {
      mergedShape.push(n);
      strides.forEach((s, k) => {
        mergedStrides[k]!.push(s[d]!);
      });
    }
  }
  if (mergedShape.length === 0) {
    mergedShape.push(1);
    for (const s of mergedStrides) s.push(0);
  }
  return { shape: mergedShape, strides: mergedStrides };
}

/** Walks all rows; `offsets` starts at the operands' offsets and is moved from row to row. */
export function forEachRow(walk: Walk, offsets: number[], row: (out: number) => void): void {
  const { shape, strides } = walk;
  const inner = shape.length - 1;
  const n = shape[inner]!;
  let rows = 1;
  for (let d = 0; d < inner; d++) rows *= shape[d]!;
  if (n === 0) return;
  const index = new Array<number>(inner).fill(0);
  for (let r = 0; r < rows; r++) {
    row(r * n);
    // advance the odometer from the innermost of the outer dimensions
    for (let d = inner - 1; d >= 0; d--) {
      for (let k = 0; k < offsets.length; k++) offsets[k]! += strides[k]![d]!;
      if (++index[d]! < shape[d]!) break;
      for (let k = 0; k < offsets.length; k++) offsets[k]! -= strides[k]![d]! * shape[d]!;
      index[d] = 0;
    }
  }
}
