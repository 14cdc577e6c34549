import { allocate, isFloat } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import type { FloatArray } from "../kernels/gemm-types.ts";
import { PackedGemm } from "../kernels/packed-gemm.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A copy of a matrix, prepared once for many products with it: the weights of a model that reads one step at a time.
 *
 * @remarks
 * A product of few rows spends most of its time bringing the matrix to where it is multiplied. This keeps it there:
 * for one row and a `[200, 800]` matrix it is 2.5 times as fast as {@link matmul}. It holds two copies of the matrix, and
 * frees them when it is garbage-collected. Later changes of the tensor do not show: make a new one.
 *
 * @throws {@link ShapeError} unless `b` has two dimensions; TypeError unless it is float32 or float64.
 *
 * @example
 * ```ts
 * import { PackedMatrix, tensor } from "@rnn/tensor";
 *
 * const weight = tensor([[1, 2], [3, 4], [5, 6]]); // as a layer has it: [outputs, inputs]
 * const packed = new PackedMatrix(weight.transpose(0, 1));
 * packed.multiply(tensor([1, -1])).toArray(); // => [-1, -1, -1]
 * packed.multiply(tensor([[1, 0], [0, 1]])).shape; // => [2, 3]
 * ```
 *
 * @public
 */
export class PackedMatrix {
  /** The shape of the matrix, `[k, n]`. */
  readonly shape: readonly number[];
  /** What its elements are. */
  readonly dtype: "float32" | "float64";
  readonly #gemm: PackedGemm;

  /** @param b - the matrix `[k, n]`, any view */
  constructor(b: Tensor) {
    checkTensor("PackedMatrix", b);
    const { dtype, shape, strides } = b;
    if (b.ndim !== 2) {
      throw new ShapeError(
        `PackedMatrix: shape ${formatShape(shape)} has ${b.ndim} dimensions, expected a matrix [k, n]`,
      );
    }
    if (!isFloat(dtype)) {
      throw new TypeError(
        `PackedMatrix: dtype is ${dtype}, expected float32 or float64; convert with .to("float32") first`,
      );
    }
    const [k, n] = shape as [number, number];
    this.shape = [k, n];
    this.dtype = dtype as "float32" | "float64";
    this.#gemm = new PackedGemm(n, k, b.data as FloatArray, b.offset, strides[0]!, strides[1]!);
  }

  /**
   * The product with the matrix B on the right: a B. Shapes: `[k]` gives `[n]`, and `[..., k]` gives `[..., n]`.
   *
   * @throws {@link ShapeError} if the last dimension of `a` is not k; TypeError if the dtypes differ.
   */
  multiply(a: Tensor): Tensor {
    checkTensor("PackedMatrix.multiply", a);
    const [k, n] = this.shape as [number, number];
    const last = a.ndim - 1;
    if (a.shape[last] !== k) {
      throw new ShapeError(
        `PackedMatrix.multiply: shapes ${formatShape(a.shape)} and ${formatShape(this.shape)} do not align: ` +
          `${last < 0 ? "a 0-d tensor has no columns" : `${a.shape[last]} (dim ${last}) != ${k} (dim 0)`}`,
      );
    }
    if (a.dtype !== this.dtype) {
      throw new TypeError(
        `PackedMatrix.multiply: dtypes ${a.dtype} and ${this.dtype} differ; convert with .to("${this.dtype}") first`,
      );
    }
    const rows = k === 0 ? productBefore(a.shape) : a.size / k;
    const out = allocate(this.dtype, rows * n);
    if (out.length > 0 && k > 0) {
      const isMatrix = a.ndim <= 2;
      const { data, offset, strides } = isMatrix ? a : a.contiguous();
      const rowStride = isMatrix ? (a.ndim === 2 ? strides[0]! : 0) : k;
      this.#gemm.multiply(
        rows,
        data as FloatArray,
        offset,
        rowStride,
        strides[last]!,
        out as FloatArray,
        0,
        n,
        false,
      );
    }
    return new Tensor(out, [...a.shape.slice(0, last), n]);
  }
}

/** The number of rows: the product of all dimensions but the last. */
function productBefore(shape: readonly number[]): number {
  return shape.slice(0, -1).reduce((a, b) => a * b, 1);
}
