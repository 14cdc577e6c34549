import { allocate, type TensorData } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { gemm } from "../kernels/gemm.ts";
import { gemmInt32 } from "../kernels/gemm-int32.ts";
import type { FloatArray, GemmOf } from "../kernels/gemm-types.ts";
import { forEachRow } from "../loops/strided.ts";
import { broadcastPair, broadcastStrides, productOf, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * The matrix product: c[i, j] = Σₚ a[i, p] b[p, j].
 *
 * @remarks
 * Shapes: `[m, k]` and `[k, n]` give `[m, n]`; leading dimensions are a batch and broadcast, so `[B, m, k]` and
 * `[k, n]` give `[B, m, n]`. A vector is a row on the left (`[k]`, `[k, n]` -\> `[n]`) and a column on the right
 * (`[m, k]`, `[k]` -\> `[m]`); two vectors give their dot product, a 0-d tensor.
 * int32 wraps around: of every product and sum the low 32 bits are kept, as in NumPy.
 * Source: the rules of `torch.matmul`.
 *
 * @throws {@link ShapeError} if the inner dimensions differ, the batches do not broadcast, or an operand is 0-d.
 * TypeError if the dtypes differ or are bool.
 *
 * @example
 * ```ts
 * import { matmul, tensor } from "@rnn/tensor";
 *
 * matmul(tensor([[1, 2], [3, 4]]), tensor([[5], [6]])).toArray(); // => [[17], [39]]
 * ```
 *
 * @public
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  checkTensor("matmul", a);
  checkTensor("matmul", b);
  checkDTypes(a, b);
  return a.dtype === "int32" ? multiply<Int32Array>(a, b, gemmInt32) : multiply<FloatArray>(a, b, gemm);
}

function checkDTypes(a: Tensor, b: Tensor): void {
  if (a.dtype === "bool" || b.dtype === "bool") {
    throw new TypeError(`matmul: bool tensors are not numbers; convert with .to("float32") first`);
  }
  if (a.dtype !== b.dtype) {
    throw new TypeError(
      `matmul: dtypes ${a.dtype} and ${b.dtype} differ; convert with .to("${a.dtype}") first`,
    );
  }
}

function multiply<Elements extends TensorData>(a: Tensor, b: Tensor, gemm: GemmOf<Elements>): Tensor {
  const aDims = a.ndim;
  const bDims = b.ndim;
  if (aDims === 0 || bDims === 0) {
    const shapes = `${formatShape(a.shape)} and ${formatShape(b.shape)}`;
    throw new ShapeError(`matmul: shapes ${shapes}: a 0-d tensor has no rows or columns; use mul`);
  }
  const m = aDims === 1 ? 1 : a.shape[aDims - 2]!;
  const k = a.shape[aDims - 1]!;
  const n = bDims === 1 ? 1 : b.shape[bDims - 1]!;
  const bRowDim = bDims === 1 ? 0 : bDims - 2;
  if (k !== b.shape[bRowDim]) throw notAligned(a, b, bRowDim);

  const aRow = aDims === 1 ? 0 : a.strides[aDims - 2]!;
  const aCol = a.strides[aDims - 1]!;
  const bRow = b.strides[bRowDim]!;
  const bCol = bDims === 1 ? 0 : b.strides[bDims - 1]!;
  const batch =
    aDims > 2 || bDims > 2
      ? broadcastPair("matmul", batchOf(a.shape), batchOf(b.shape), a.shape, b.shape)
      : [];
  const shape = batch.slice();
  if (aDims > 1) shape.push(m);
  if (bDims > 1) shape.push(n);
  const out = new Tensor(allocate(a.dtype, sizeOf("matmul", shape)), shape);
  if (out.size === 0 || k === 0) return out;

  const x = a.data as Elements;
  const y = b.data as Elements;
  const c = out.data as Elements;
  if (batch.length === 0) {
    gemm(m, n, k, x, a.offset, aRow, aCol, y, b.offset, bRow, bCol, c, 0, n, false);
  } else if (bDims <= 2 && a.isContiguous) {
    // one matrix on the right: the batch is only more rows on the left
    gemm(productOf(batch) * m, n, k, x, a.offset, k, 1, y, b.offset, bRow, bCol, c, 0, n, false);
  } else {
    const strides = [a, b].map((t) => broadcastStrides(batch, batchOf(t.shape), batchOf(t.strides)));
    forEachMatrix(batch, strides, [a.offset, b.offset], (i, at) =>
      gemm(m, n, k, x, at[0]!, aRow, aCol, y, at[1]!, bRow, bCol, c, i * m * n, n, false),
    );
  }
  return out;
}

/** All dimensions (or strides) before the matrix. */
function batchOf(dims: readonly number[]): number[] {
  return dims.slice(0, Math.max(0, dims.length - 2));
}

/** Visits the matrices of a batch: rows of length 1 of the walk over the batch dimensions. */
function forEachMatrix(
  batch: readonly number[],
  strides: readonly number[][],
  offsets: number[],
  visit: (index: number, offsets: readonly number[]) => void,
): void {
  for (const s of strides) s.push(0);
  forEachRow([...batch, 1], strides, offsets, visit);
}

function notAligned(a: Tensor, b: Tensor, bRowDim: number): ShapeError {
  const aLast = a.ndim - 1;
  return new ShapeError(
    `matmul: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not align: ` +
      `${a.shape[aLast]} (dim ${aLast}) != ${b.shape[bRowDim]} (dim ${bRowDim})`,
  );
}
