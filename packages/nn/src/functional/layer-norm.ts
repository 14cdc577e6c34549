import { type DType, ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { checkFloat } from "../dtype.ts";
import { checkNonNegative, checkOptions, type OptionNames } from "../options-check.ts";
import { printShape, sameShape } from "../shape.ts";
import { checkTensor, needsGrad } from "./operand.ts";

/**
 * Options of {@link layerNorm}.
 *
 * @public
 */
export interface LayerNormFunctionOptions {
  /** Factor for each position of the normalized dimensions; none if absent. */
  weight?: Variable | Tensor | undefined;
  /** Added to each position of the normalized dimensions; none if absent. */
  bias?: Variable | Tensor | undefined;
  /** Added to the variance. Default 1e-5. */
  eps?: number | undefined;
}

const optionNames: OptionNames<LayerNormFunctionOptions> = { weight: true, bias: true, eps: true };

/**
 * Shifts and scales the last dimensions to mean 0 and variance 1: `(x - mean) / sqrt(var + eps) * weight + bias`.
 *
 * @remarks
 * Shapes: `x` `[…, ...normalizedShape]`, `weight` and `bias` `normalizedShape`. The variance is the biased one. Saves the
 * normalized values and each row's scale. Equals `torch.nn.functional.layer_norm`. Source: Ba et al. 2016.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws RangeError if `eps` is negative; TypeError if an argument is of another type, or the dtypes differ.
 *
 * @example
 * ```ts
 * import { layerNorm, variable } from "@rnn/nn";
 *
 * layerNorm(variable([[1, 3]]), [2], { eps: 0 }).value.toArray(); // => [[-1, 1]]
 * ```
 *
 * @public
 */
export function layerNorm(
  x: Variable | Tensor,
  normalizedShape: readonly number[],
  options: LayerNormFunctionOptions = {},
): Variable {
  const { weight, bias, eps = 1e-5 } = checkOptions("layerNorm", options, optionNames);
  checkNonNegative("layerNorm", "eps", eps);
  const input = checkTensor("layerNorm", "input", x).contiguous();
  checkFloat("layerNorm", "input", input.dtype);
  const width = checkLastDims(input.shape, normalizedShape);
  const w = weight && factors("weight", weight, normalizedShape, input.dtype);
  const b = bias && factors("bias", bias, normalizedShape, input.dtype);
  const rows = width === 0 ? 0 : input.size / width;
  const normal = new Float64Array(input.size);
  const scales = new Float64Array(rows);
  const y = zeros(input.shape, { dtype: input.dtype });
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    scales[row] = normalizeRow(input.data, input.offset + start, width, eps, normal, start);
    for (let j = 0; j < width; j++) y.data[start + j] = normal[start + j]! * (w?.[j] ?? 1) + (b?.[j] ?? 0);
  }
  const inputs = [x, weight ?? 1, bias ?? 0];
  const [needsX, needsWeight, needsBias] = inputs.map(needsGrad);
  return record("layerNorm", inputs, y, (dy) => {
    const { data, offset } = dy.contiguous();
    const dx = needsX ? zeros(dy.shape, { dtype: dy.dtype }) : null;
    const dw = needsWeight ? zeros(normalizedShape, { dtype: dy.dtype }) : null;
    const db = needsBias ? zeros(normalizedShape, { dtype: dy.dtype }) : null;
    for (let row = 0; row < rows; row++) {
      const start = row * width;
      // means over the row of dn and dn * n, with dn the gradient of the normalized values n
      let mean = 0;
      let product = 0;
      for (let j = 0; j < width; j++) {
        const d = data[offset + start + j]!;
        const n = normal[start + j]!;
        const dn = d * (w?.[j] ?? 1);
        mean += dn / width;
        product += (dn * n) / width;
        if (dw !== null) dw.data[j]! += d * n;
        if (db !== null) db.data[j]! += d;
      }
      if (dx === null) continue;
      for (let j = 0; j < width; j++) {
        const dn = data[offset + start + j]! * (w?.[j] ?? 1);
        dx.data[start + j] = scales[row]! * (dn - mean - normal[start + j]! * product);
      }
    }
    return [dx, dw, db];
  });
}

/** Writes one row with mean 0 and variance 1; returns what its deviations were multiplied by. */
function normalizeRow(
  data: ArrayLike<number>,
  from: number,
  width: number,
  eps: number,
  normal: Float64Array,
  to: number,
): number {
  let mean = 0;
  for (let j = 0; j < width; j++) mean += data[from + j]! / width;
  let variance = 0;
  for (let j = 0; j < width; j++) variance += (data[from + j]! - mean) ** 2 / width;
  const scale = 1 / Math.sqrt(variance + eps);
  for (let j = 0; j < width; j++) normal[to + j] = (data[from + j]! - mean) * scale;
  return scale;
}

/** The number of elements in a row. */
function checkLastDims(shape: readonly number[], normalizedShape: readonly number[]): number {
  if (!Array.isArray(normalizedShape)) {
    throw new TypeError(
      `layerNorm: normalizedShape must be an array, the last dimensions of the input, got ${describe(normalizedShape)}`,
    );
  }
  const last = shape.slice(Math.max(0, shape.length - normalizedShape.length));
  if (normalizedShape.length === 0 || !sameShape(last, normalizedShape)) {
    throw new ShapeError(
      `layerNorm: input has shape ${printShape(shape)}, whose last dimensions are not normalizedShape ${printShape(normalizedShape)}`,
    );
  }
  return normalizedShape.reduce((product, n) => product * n, 1);
}

function factors(
  what: string,
  given: Variable | Tensor,
  normalizedShape: readonly number[],
  dtype: DType,
): ArrayLike<number> {
  const values = checkTensor("layerNorm", what, given);
  if (values.dtype !== dtype) {
    throw new TypeError(
      `layerNorm: ${what} is ${values.dtype}, but the input is ${dtype}; convert it with .to("${dtype}")`,
    );
  }
  if (!sameShape(values.shape, normalizedShape)) {
    throw new ShapeError(
      `layerNorm: ${what} has shape ${printShape(values.shape)}, expected ${printShape(normalizedShape)} = normalizedShape`,
    );
  }
  const { data, offset, size } = values.contiguous();
  return data.subarray(offset, offset + size);
}
