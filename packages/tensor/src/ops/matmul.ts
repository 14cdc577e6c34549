import { allocate, type DType } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { gemm } from "../kernels/gemm.ts";
import { forEachRow } from "../loops/strided.ts";
import { broadcastPair, broadcastStrides } from "../shape.ts";
import { Tensor } from "../tensor.ts";

type FloatArray = Float32Array | Float64Array;

/** @public */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const dtype = commonDType(a, b);
  if (dtype === "int32") return matmul(a.to("float64"), b.to("float64")).to("int32");
  return product(a, b, dtype);
}

function commonDType(a: Tensor, b: Tensor): DType {
  if (a.dtype !== b.dtype) {
    throw new TypeError(`matmul: dtypes ${a.dtype} and ${b.dtype} differ; convert one with .to(...)`);
  }
  if (a.dtype === "bool")
    throw new TypeError(`matmul: bool tensors are not numbers; convert them with .to("float32")`);
  return a.dtype;
}

function product(a: Tensor, b: Tensor, dtype: DType): Tensor {
  const da = a.ndim;
  const db = b.ndim;
  if (da === 0 || db === 0) {
    throw new ShapeError(
      `matmul: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}: both operands need at least one dimension`,
    );
  }
  // a vector is a row on the left and a column on the right
  const m = da === 1 ? 1 : a.shape[da - 2]!;
  const k = a.shape[da - 1]!;
  const n = db === 1 ? 1 : b.shape[db - 1]!;
  const rowsB = db === 1 ? 0 : db - 2;
  if (k !== b.shape[rowsB]) {
    throw new ShapeError(
      `matmul: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not align: ` +
        `${k} (dim ${da - 1}) != ${b.shape[rowsB]} (dim ${rowsB})`,
    );
  }
  const aRow = da === 1 ? 0 : a.strides[da - 2]!;
  const aCol = a.strides[da - 1]!;
  const bRow = b.strides[rowsB]!;
  const bCol = db === 1 ? 0 : b.strides[db - 1]!;
  const batchA = a.shape.slice(0, Math.max(0, da - 2));
  const batchB = b.shape.slice(0, Math.max(0, db - 2));
  const batch = broadcastPair("matmul", batchA, batchB);
  const shape = batch.slice();
  if (da > 1) shape.push(m);
  if (db > 1) shape.push(n);

  const batches = batch.reduce((x, y) => x * y, 1);
  const out = new Tensor(allocate(dtype, batches * m * n), shape);
  const x = a.data as FloatArray;
  const y = b.data as FloatArray;
  const c = out.data as FloatArray;
  if (batches * m * n === 0 || k === 0) return out;
  if (batchB.length === 0 && a.isContiguous) {
    // one matrix on the right: the batch is only more rows on the left
    gemm(batches * m, n, k, x, a.offset, k, 1, y, b.offset, bRow, bCol, c, 0, n, false);
    return out;
  }
  const walk = {
    shape: [...batch, 1],
    strides: [
      [...broadcastStrides(batch, batchA, a.strides.slice(0, batchA.length)), 0],
      [...broadcastStrides(batch, batchB, b.strides.slice(0, batchB.length)), 0],
    ],
  };
  const offsets = [a.offset, b.offset];
  forEachRow(walk, offsets, (i) => {
    gemm(m, n, k, x, offsets[0]!, aRow, aCol, y, offsets[1]!, bRow, bCol, c, i * m * n, n, false);
  });
  return out;
}
