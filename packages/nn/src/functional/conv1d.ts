import { type DType, gemm, ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkFloat, type FloatArray, floats } from "../dtype.ts";
import { checkCount, checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { type ConvolutionSizes, col2im, im2col } from "./im2col.ts";
import { checkTensor, needsGrad } from "./operand.ts";

/**
 * Options of {@link conv1d}.
 *
 * @public
 */
export interface Conv1dFunctionOptions {
  /** `[outChannels]`, added to every position; none if absent. */
  bias?: Variable | Tensor | undefined;
  /** Steps between two windows. Default 1. */
  stride?: number | undefined;
  /** Zeros put before and after the input. Default 0. */
  padding?: number | undefined;
  /** Steps between two elements of a window. Default 1. */
  dilation?: number | undefined;
  /** Groups of channels that are convolved separately. Default 1. */
  groups?: number | undefined;
}

const optionNames: OptionNames<Conv1dFunctionOptions> = {
  bias: true,
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
};

/** Throws unless the options of a convolution are in their ranges. */
export function checkWindows(
  where: string,
  { padding, ...positive }: Record<"stride" | "padding" | "dilation" | "groups", number>,
): void {
  for (const [name, value] of Object.entries(positive)) checkPositive(where, name, value);
  checkCount(where, "padding", padding);
}

/**
 * Cross-correlation along the last dimension: each output is the sum of a window of the input times a kernel.
 *
 * @remarks
 * Shapes: `x` `[N, inChannels, L]` or `[inChannels, L]`, `weight` `[outChannels, inChannels / groups, kernelSize]`, the
 * result `[N, outChannels, M]` or `[outChannels, M]` with
 * `M = floor((L + 2 padding - dilation (kernelSize - 1) - 1) / stride) + 1`. Saves `x` and `weight`. Equals `torch.nn.functional.conv1d`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit, or the window is longer than the padded input.
 * @throws RangeError if an option is out of its range; TypeError if one is unknown.
 *
 * @example
 * ```ts
 * import { conv1d, variable } from "@rnn/nn";
 *
 * conv1d(variable([[1, 2, 4, 8]]), variable([[[-1, 1]]])).value.toArray(); // => [[1, 2, 4]]
 * ```
 *
 * @public
 */
export function conv1d(
  x: Variable | Tensor,
  weight: Variable | Tensor,
  options: Conv1dFunctionOptions = {},
): Variable {
  const {
    bias,
    stride = 1,
    padding = 0,
    dilation = 1,
    groups = 1,
  } = checkOptions("conv1d", options, optionNames);
  checkWindows("conv1d", { stride, padding, dilation, groups });
  const input = checkTensor("conv1d", "input", x).contiguous();
  const w = checkTensor("conv1d", "weight", weight).contiguous();
  const b = bias && checkTensor("conv1d", "bias", bias);
  checkShapes(input, w, b, groups);
  const [outChannels, channels, kernelSize] = w.shape as [number, number, number];
  const length = input.shape[input.ndim - 1]!;
  const outputLength = Math.floor((length + 2 * padding - dilation * (kernelSize - 1) - 1) / stride) + 1;
  if (outputLength < 1) {
    throw new ShapeError(
      `conv1d: a window of ${dilation * (kernelSize - 1) + 1} steps is longer than the input of ${length} with padding ${padding}`,
    );
  }
  const sizes = { channels, length, kernelSize, stride, padding, dilation, outputLength };
  const batch = input.ndim === 3 ? input.shape[0]! : 1;
  const y = zeros([...input.shape.slice(0, -2), outChannels, outputLength], { dtype: w.dtype });
  const plan = { sizes, batch, groups, outChannels: outChannels / groups };
  convolve(plan, input, w, b, y);
  const inputs = [x, weight, bias ?? 0];
  const [needsX = false, needsWeight = false, needsBias = false] = inputs.map(needsGrad);
  return record("conv1d", inputs, y, (dy) => {
    const dz = dy.contiguous();
    return [
      needsX ? gradientOfInput(plan, dz, w, input.shape) : null,
      needsWeight ? gradientOfWeight(plan, dz, input, w.shape) : null,
      needsBias ? gradientOfBias(dz, outChannels, outputLength) : null,
    ];
  });
}

/** A convolution as `batch * groups` matrix products. */
interface Plan {
  readonly sizes: ConvolutionSizes;
  readonly batch: number;
  readonly groups: number;
  /** Output channels of a group. */
  readonly outChannels: number;
}

/** `y[m, n] = w[m, k] columns[k, n]` for each group, with `k = channels * kernelSize` and `n` the output length. */
function convolve(plan: Plan, x: Tensor, w: Tensor, b: Tensor | undefined, y: Tensor): void {
  const { m, n, k, parts, inputSize, columns } = matrices(plan, w.dtype);
  const out = y.data as FloatArray;
  if (b !== undefined) {
    const bias = b.contiguous();
    const rows = parts * m;
    for (let row = 0; row < rows; row++) {
      out.fill(bias.data[bias.offset + (row % bias.size)]!, row * n, (row + 1) * n);
    }
  }
  for (let part = 0; part < parts; part++) {
    const kernels = w.offset + (part % plan.groups) * m * k;
    im2col(x.data as FloatArray, x.offset + part * inputSize, plan.sizes, columns);
    gemm(m, n, k, w.data as FloatArray, kernels, k, 1, columns, 0, n, 1, out, part * m * n, n, true);
  }
}

/** `dcolumns[k, n] = w[m, k]ᵀ dy[m, n]`, whose windows are added back to `dx`. */
function gradientOfInput(plan: Plan, dy: Tensor, w: Tensor, shape: readonly number[]): Tensor {
  const { m, n, k, parts, inputSize, columns } = matrices(plan, w.dtype);
  const dx = zeros(shape, { dtype: w.dtype });
  const from = dy.data as FloatArray;
  for (let part = 0; part < parts; part++) {
    const kernels = w.offset + (part % plan.groups) * m * k;
    const start = dy.offset + part * m * n;
    gemm(k, n, m, w.data as FloatArray, kernels, 1, k, from, start, n, 1, columns, 0, n, false);
    col2im(columns, plan.sizes, dx.data as FloatArray, part * inputSize);
  }
  return dx;
}

/** `dw[m, k] = dy[m, n] columns[k, n]ᵀ`, summed over the batch. */
function gradientOfWeight(plan: Plan, dy: Tensor, x: Tensor, shape: readonly number[]): Tensor {
  const { m, n, k, parts, inputSize, columns } = matrices(plan, x.dtype);
  const dw = zeros(shape, { dtype: x.dtype });
  const from = dy.data as FloatArray;
  for (let part = 0; part < parts; part++) {
    const to = (part % plan.groups) * m * k;
    const start = dy.offset + part * m * n;
    im2col(x.data as FloatArray, x.offset + part * inputSize, plan.sizes, columns);
    gemm(m, k, n, from, start, n, 1, columns, 0, 1, n, dw.data as FloatArray, to, k, true);
  }
  return dw;
}

/** `db[channel]`: all positions of all rows of the batch added up. */
function gradientOfBias(dy: Tensor, channels: number, n: number): Tensor {
  const db = zeros([channels], { dtype: dy.dtype });
  for (let i = 0; i < dy.size; i++) db.data[Math.floor(i / n) % channels]! += dy.data[dy.offset + i]!;
  return db;
}

/** Sizes of the matrix products, one per row of the batch and group, and scratch for the columns. */
function matrices({ sizes, batch, groups, outChannels }: Plan, dtype: DType) {
  const m = outChannels;
  const n = sizes.outputLength;
  const k = sizes.channels * sizes.kernelSize;
  const inputSize = sizes.channels * sizes.length;
  return { m, n, k, parts: batch * groups, inputSize, columns: floats(dtype, k * n) };
}

function checkShapes(x: Tensor, w: Tensor, b: Tensor | undefined, groups: number): void {
  checkFloat("conv1d", "weight", w.dtype);
  checkFloat("conv1d", "input", x.dtype, w.dtype);
  if (w.ndim !== 3 || w.shape[0]! % groups !== 0) {
    throw new ShapeError(
      `conv1d: weight has shape ${printShape(w.shape)}, expected [outChannels,inChannels/groups,kernelSize] with ` +
        `outChannels divisible by groups (${groups})`,
    );
  }
  const inChannels = w.shape[1]! * groups;
  if ((x.ndim !== 2 && x.ndim !== 3) || x.shape[x.ndim - 2] !== inChannels) {
    throw new ShapeError(
      `conv1d: input has shape ${printShape(x.shape)}, expected [N,${inChannels},L] or [${inChannels},L]`,
    );
  }
  if (b === undefined) return;
  checkFloat("conv1d", "bias", b.dtype, w.dtype);
  if (b.ndim !== 1 || b.size !== w.shape[0]) {
    throw new ShapeError(
      `conv1d: bias has shape ${printShape(b.shape)}, expected [${w.shape[0]}] = [outChannels]`,
    );
  }
}
