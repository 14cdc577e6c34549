import { gemm, ShapeError, type SimdKernels, simdKernels, Tensor } from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkFloat, type FloatArray, floats } from "../dtype.ts";
import { floats32Of } from "../memory/float-data.ts";
import { printShape } from "../shape.ts";
import { linearGradientsSimd, linearSimd } from "./linear-simd.ts";
import { checkTensor, needsGrad } from "./operand.ts";

/**
 * `x Wᵀ + b` over the last dimension.
 *
 * @remarks
 * Shapes: `x` `[…, inFeatures]`, `weight` `[outFeatures, inFeatures]`, `bias` `[outFeatures]`, the result
 * `[…, outFeatures]`. Gradients: `dx = dy W`, `dW = dyᵀ x`, `db` the sum of `dy` over all rows; saves `x` and `weight`.
 * Equals `torch.nn.functional.linear`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws TypeError if the dtypes differ or are not floating.
 *
 * @example
 * ```ts
 * import { linear, variable } from "@rnn/nn";
 *
 * linear(variable([1, 2]), variable([[1, 0], [1, 1]]), variable([10, 20])).value.toArray(); // => [11, 23]
 * ```
 *
 * @public
 */
export function linear(
  x: Variable | Tensor,
  weight: Variable | Tensor,
  bias: Variable | Tensor | null = null,
): Variable {
  const w = checkTensor("linear", "weight", weight);
  const b = bias === null ? null : checkTensor("linear", "bias", bias);
  const given = checkTensor("linear", "input", x);
  check(given, w, b);
  const input = given.contiguous();
  const simd = chooseSimd(input, w);
  const y = (simd && projectSimd(simd, input, w, b)) ?? project(input, w, b);
  const savedInput = needsGrad(weight) ? input : null;
  const savedWeight = needsGrad(x) ? w : null;
  const needsBias = bias !== null && needsGrad(bias);
  const inputShape = input.shape;
  const result = record("linear", bias === null ? [x, weight] : [x, weight, bias], y, (dy) => {
    const dz = dy.contiguous();
    const fast = simd && gradientsSimd(simd, dz, savedInput, savedWeight, inputShape, needsBias);
    if (fast) return bias === null ? fast.slice(0, 2) : fast;
    const dx = savedWeight === null ? null : gradientOfInput(dz, savedWeight, inputShape);
    const dw = savedInput === null ? null : gradientOfWeight(dz, savedInput);
    return bias === null ? [dx, dw] : [dx, dw, needsBias ? columnSums(dz) : null];
  });
  return gradientUse("read", result);
}

/** From so many multiplications on, one pass in linear memory is quicker than a product after the other: 1.1 to 1.2 times. */
const SIMD_FROM_PRODUCTS = 30_000;

function chooseSimd(x: Tensor, w: Tensor): SimdKernels | undefined {
  const out = w.shape[0]!;
  if (w.dtype !== "float32" || !w.isContiguous || x.size * out === 0 || out === 1) return undefined;
  return simdKernels(x.size * out < SIMD_FROM_PRODUCTS);
}

/** {@link project} in linear memory; `null` if it does not fit. */
function projectSimd(simd: SimdKernels, x: Tensor, w: Tensor, b: Tensor | null): Tensor | null {
  const [out, k] = w.shape as [number, number];
  const sizes = [x.size / k, out, k] as const;
  const y = new Float32Array(sizes[0] * out);
  if (!linearSimd(simd, sizes, floats32Of(x), floats32Of(w), b && floats32Of(b), y)) return null;
  return new Tensor(y, [...x.shape.slice(0, -1), out]);
}

/** The gradients of input, weight and bias, those that are wanted, in linear memory; `null` if it does not fit. */
function gradientsSimd(
  simd: SimdKernels,
  dy: Tensor,
  x: Tensor | null,
  w: Tensor | null,
  inputShape: readonly number[],
  needsBias: boolean,
): (Tensor | null)[] | null {
  const out = dy.shape[dy.ndim - 1]!;
  const k = inputShape[inputShape.length - 1]!;
  const rows = dy.size / out;
  const dx = w && new Float32Array(rows * k);
  const dWeight = x && new Float32Array(out * k);
  const dBias = needsBias ? new Float32Array(out) : null;
  const done = linearGradientsSimd(
    simd,
    [rows, out, k],
    x && floats32Of(x),
    w && floats32Of(w),
    floats32Of(dy),
    { dx, dWeight, dBias },
  );
  if (!done) return null;
  return [
    dx && new Tensor(dx, inputShape),
    dWeight && new Tensor(dWeight, [out, k]),
    dBias && new Tensor(dBias, [out]),
  ];
}

/** How many rows of its last dimension a tensor has. */
function rowsOf(shape: readonly number[]): number {
  let rows = 1;
  for (let d = 0; d < shape.length - 1; d++) rows *= shape[d]!;
  return rows;
}

/** `y[rows, out] = x[rows, k] W[out, k]ᵀ + b` for a contiguous `x`. */
function project(x: Tensor, w: Tensor, b: Tensor | null): Tensor {
  const [out, k] = w.shape as [number, number];
  const [wRow, wColumn] = w.strides as [number, number];
  const rows = rowsOf(x.shape);
  const y = new Tensor(floats(w.dtype, rows * out), [...x.shape.slice(0, -1), out]);
  const to = y.data as FloatArray;
  if (b !== null) {
    const from = b.contiguous();
    const row = from.data.subarray(from.offset, from.offset + out);
    for (let i = 0; i < y.size; i += out) to.set(row, i);
  }
  const from = x.data as FloatArray;
  gemm(rows, out, k, from, x.offset, k, 1, w.data as FloatArray, w.offset, wColumn, wRow, to, 0, out, true);
  return y;
}

/** `dx[rows, k] = dy[rows, out] W[out, k]`. */
function gradientOfInput(dy: Tensor, w: Tensor, shape: readonly number[]): Tensor {
  const [out, k] = w.shape as [number, number];
  const [wRow, wColumn] = w.strides as [number, number];
  const rows = rowsOf(shape);
  const dx = new Tensor(floats(w.dtype, rows * k), shape);
  const from = dy.data as FloatArray;
  const to = dx.data as FloatArray;
  gemm(rows, k, out, from, dy.offset, out, 1, w.data as FloatArray, w.offset, wRow, wColumn, to, 0, k, false);
  return dx;
}

/** `dW[out, k] = dy[rows, out]ᵀ x[rows, k]`. */
function gradientOfWeight(dy: Tensor, x: Tensor): Tensor {
  const out = dy.shape[dy.ndim - 1] as number;
  const k = x.shape[x.ndim - 1] as number;
  const dw = new Tensor(floats(dy.dtype, out * k), [out, k]);
  const rows = rowsOf(dy.shape);
  const left = dy.data as FloatArray;
  const right = x.data as FloatArray;
  gemm(out, k, rows, left, dy.offset, 1, out, right, x.offset, k, 1, dw.data as FloatArray, 0, k, false);
  return dw;
}

/** `db[out]`: the rows of `dy` added up. */
function columnSums(dy: Tensor): Tensor {
  const out = dy.shape[dy.ndim - 1] as number;
  const sums = new Float64Array(out);
  for (let i = dy.offset; i < dy.offset + dy.size; i += out) {
    for (let j = 0; j < out; j++) sums[j]! += dy.data[i + j]!;
  }
  const db = new Tensor(floats(dy.dtype, out), [out]);
  db.data.set(sums);
  return db;
}

function check(x: Tensor, w: Tensor, b: Tensor | null): void {
  if (w.ndim !== 2) {
    throw new ShapeError(
      `linear: weight has shape ${printShape(w.shape)}, expected [outFeatures,inFeatures]`,
    );
  }
  const [out, k] = w.shape as [number, number];
  checkFloat("linear", "weight", w.dtype);
  checkFloat("linear", "input", x.dtype, w.dtype);
  if (x.shape[x.ndim - 1] !== k) {
    throw new ShapeError(
      `linear: input has ${x.shape[x.ndim - 1] ?? "no"} features in its last dimension, but weight has ${k} ` +
        `(input shape ${printShape(x.shape)}, weight shape ${printShape(w.shape)})`,
    );
  }
  if (b === null) return;
  checkFloat("linear", "bias", b.dtype, w.dtype);
  if (b.ndim !== 1 || b.shape[0] !== out) {
    throw new ShapeError(`linear: bias has shape ${printShape(b.shape)}, expected [${out}] = [outFeatures]`);
  }
}
