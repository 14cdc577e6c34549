import type { FloatArray } from "../dtype.ts";

/** Sizes of a one-dimensional convolution, for one group of channels. */
export interface ConvolutionSizes {
  /** Input channels of the group. */
  readonly channels: number;
  readonly length: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly outputLength: number;
}

/**
 * Lays the windows of a convolution side by side ("image to columns"): `columns[channels * kernelSize, outputLength]` from
 * `x[channels, length]`. A convolution is then one matrix product.
 */
export function im2col(x: FloatArray, offset: number, sizes: ConvolutionSizes, columns: FloatArray): void {
  eachTap(sizes, (row, outStart, inStart, count) => {
    const to = row * sizes.outputLength;
    columns.fill(0, to, to + sizes.outputLength);
    for (let i = 0; i < count; i++) columns[to + outStart + i] = x[offset + inStart + i * sizes.stride]!;
  });
}

/** The gradient of {@link im2col}: adds the windows back to where they were taken from. */
export function col2im(columns: FloatArray, sizes: ConvolutionSizes, x: FloatArray, offset: number): void {
  eachTap(sizes, (row, outStart, inStart, count) => {
    const from = row * sizes.outputLength + outStart;
    for (let i = 0; i < count; i++) x[offset + inStart + i * sizes.stride]! += columns[from + i]!;
  });
}

/** Calls `body` for each row of the columns with the run of outputs whose input is not padding. */
function eachTap(
  { channels, length, kernelSize, stride, padding, dilation, outputLength }: ConvolutionSizes,
  body: (row: number, outStart: number, inStart: number, count: number) => void,
): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let tap = 0; tap < kernelSize; tap++) {
      // output i reads input i * stride + shift
      const shift = tap * dilation - padding;
      const first = Math.max(0, Math.ceil(-shift / stride));
      const last = Math.min(outputLength - 1, Math.floor((length - 1 - shift) / stride));
      const inStart = channel * length + first * stride + shift;
      body(channel * kernelSize + tap, first, inStart, Math.max(0, last - first + 1));
    }
  }
}
