import type { SimdKernels } from "@rnn/tensor";
import { sumKernels } from "../kernels/layer-kernels.ts";
import { reserveBlocks } from "../kernels/memory-blocks.ts";

// y = x Wᵀ + b and its gradients in linear memory: x [rows, k], W [n, k], y [rows, n], all contiguous. Every operand is
// copied in once, the large ones some rows at a time.

/** Products of so few rows read a weight once, row by row, and gain nothing from its being packed. */
const UNPACKED_ROWS = 4;

/** Rows of y on their way out are about so many bytes, to be still in the cache when they are copied. */
const FORWARD_BYTES = 2 ** 21;
/** Gradients of y are up to so many bytes: every piece goes over the whole gradient of the weight. */
const BACKWARD_BYTES = 2 ** 24;
/** Rows that are added up in float32, for the gradient of the bias; their sums are added up in float64. */
const SUM_ROWS = 128;

/** Rows in a piece of about so many bytes, in pieces of about equal size. */
function pieceRows(rows: number, width: number, bytes: number): number {
  const most = Math.max(SUM_ROWS, Math.floor(bytes / (4 * width)));
  return Math.ceil(rows / Math.ceil(rows / most));
}

/** Writes y; false, and nothing written, if it does not fit. */
export function linearSimd(
  simd: SimdKernels,
  [rows, n, k]: readonly [number, number, number],
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  y: Float32Array,
): boolean {
  const { exports, memory } = simd;
  const most = pieceRows(rows, n, FORWARD_BYTES);
  const isPacked = rows > UNPACKED_ROWS;
  const blocks = reserveBlocks(simd, [
    n * k,
    isPacked ? exports.gemmPackedBytes(n, k) / 4 : 0,
    most * k,
    most * n,
    exports.gemmScratchBytes(n, k) / 4,
  ]);
  if (blocks === null) return false;
  const [weightAt, packedAt, xAt, yAt, scratch] = blocks as [number, number, number, number, number];
  const { floats } = memory;
  floats.set(weight, weightAt / 4);
  if (isPacked) exports.gemmPack(n, k, weightAt, 4, 4 * k, packedAt);
  const hasBias = bias !== null;
  for (let row = 0; row < rows; row += most) {
    const m = Math.min(most, rows - row);
    const piece = floats.subarray(yAt / 4, yAt / 4 + m * n);
    floats.set(x.subarray(row * k, (row + m) * k), xAt / 4);
    if (hasBias) for (let i = 0; i < m; i++) piece.set(bias, i * n);
    if (isPacked) exports.gemmPacked(m, n, k, xAt, 4 * k, 4, packedAt, yAt, 4 * n, hasBias, scratch);
    else exports.gemm(m, n, k, xAt, 4 * k, 4, weightAt, 4, 4 * k, yAt, 4 * n, hasBias, scratch);
    y.set(piece, row * n);
  }
  return true;
}

/** Where the gradients go, those that are wanted. */
export interface LinearGradients {
  readonly dx: Float32Array | null;
  readonly dWeight: Float32Array | null;
  readonly dBias: Float32Array | null;
}

/** Writes the gradients for that of y, `dy`; false, and nothing written, if it does not fit. */
export function linearGradientsSimd(
  simd: SimdKernels,
  [rows, n, k]: readonly [number, number, number],
  x: Float32Array | null,
  weight: Float32Array | null,
  dy: Float32Array,
  { dx, dWeight, dBias }: LinearGradients,
): boolean {
  const { exports, memory } = simd;
  const most = pieceRows(rows, n, BACKWARD_BYTES);
  const blocks = reserveBlocks(simd, [
    dx === null ? 0 : n * k,
    dWeight === null ? 0 : n * k,
    n,
    most * k,
    most * n,
    Math.max(exports.gemmScratchBytes(k, n), exports.gemmScratchBytes(k, most)) / 4,
  ]);
  if (blocks === null) return false;
  const [weightAt, dWeightAt, sumsAt, xAt, dyAt, scratch] = blocks as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const { floats } = memory;
  if (dx !== null) floats.set(weight!, weightAt / 4);
  const sums = new Float64Array(dBias === null ? 0 : n);
  for (let row = 0; row < rows; row += most) {
    const m = Math.min(most, rows - row);
    floats.set(dy.subarray(row * n, (row + m) * n), dyAt / 4);
    if (dBias !== null) addColumns(simd, m, dyAt, sumsAt, sums);
    if (dWeight !== null) {
      floats.set(x!.subarray(row * k, (row + m) * k), xAt / 4);
      exports.gemm(n, k, m, dyAt, 4, 4 * n, xAt, 4 * k, 4, dWeightAt, 4 * k, row > 0, scratch);
    }
    if (dx !== null) {
      exports.gemm(m, k, n, dyAt, 4 * n, 4, weightAt, 4 * k, 4, xAt, 4 * k, false, scratch);
      dx.set(floats.subarray(xAt / 4, xAt / 4 + m * k), row * k);
    }
  }
  dWeight?.set(floats.subarray(dWeightAt / 4, dWeightAt / 4 + n * k));
  dBias?.set(sums);
  return true;
}

/** Adds the columns of `matrix[rows, sums.length]` to `sums`. */
function addColumns(simd: SimdKernels, rows: number, matrix: number, part: number, sums: Float64Array): void {
  const n = sums.length;
  const { floats } = simd.memory;
  const kernels = sumKernels(simd);
  for (let row = 0; row < rows; row += SUM_ROWS) {
    kernels.columnSums(Math.min(SUM_ROWS, rows - row), n, matrix + 4 * row * n, part);
    for (let j = 0; j < n; j++) sums[j]! += floats[part / 4 + j]!;
  }
}
