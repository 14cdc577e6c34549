import { type SimdKernels, simdKernels } from "@rnn/tensor";
import type { FloatArray } from "../dtype.ts";
import { softmaxKernels } from "../kernels/layer-kernels.ts";
import { reserveBlocks } from "../kernels/memory-blocks.ts";
import type { ClassScores } from "./class-targets.ts";

// Softmax of the rows of scores in two passes: first the two numbers that each row needs, then, whenever they are wanted,
// its probabilities. Between the passes nothing of the size of the scores is kept.

/** What softmax needs to know of each row: e^(x - largest) / sum are its probabilities. */
export interface SoftmaxRows {
  /** The largest score, subtracted so that no exponential overflows. */
  readonly largest: Float64Array;
  /** The sum of e^(x - largest). */
  readonly sums: Float64Array;
}

/** From so many scores on, SIMD wins with the copies counted: 0.9 times a plain loop at 64, 1.6 at 128, 5 at 1,024. */
const SIMD_FROM_SCORES = 100;

/** Rows are copied in and out so many bytes at a time (one row at least): they stay in the second-level cache. */
const PIECE_BYTES = 2 ** 18;

/** The first pass. */
export function softmaxRows(layout: ClassScores): SoftmaxRows {
  const statistics = { largest: new Float64Array(layout.rows), sums: new Float64Array(layout.rows) };
  const simd = chooseSimd(layout);
  if (!(simd && softmaxRowsSimd(simd, layout, statistics))) softmaxRowsPlain(layout, statistics);
  return statistics;
}

/** The second pass: writes `factor e^(x - largest)` for each score to `target`, where scores of factor 0 become 0. */
export function scaledSoftmax(
  layout: ClassScores,
  largest: Float64Array,
  factors: Float64Array,
  target: FloatArray,
): void {
  const simd = chooseSimd(layout);
  if (!(simd && scaledSoftmaxSimd(simd, layout, largest, factors, target as Float32Array))) {
    scaledSoftmaxPlain(layout, largest, factors, target);
  }
}

function chooseSimd({ scores, stride, rows, classes }: ClassScores): SimdKernels | undefined {
  if (scores.dtype !== "float32" || stride !== 1 || scores.size === 0) return undefined;
  return simdKernels(rows * classes < SIMD_FROM_SCORES);
}

/** The definition of the first pass. */
function softmaxRowsPlain(layout: ClassScores, { largest, sums }: SoftmaxRows): void {
  const { scores, rows, classes, stride } = layout;
  const { data } = scores;
  for (let row = 0; row < rows; row++) {
    const from = scores.offset + layout.start(row);
    let max = -Infinity;
    for (let c = 0, at = from; c < classes; c++, at += stride) if (data[at]! > max) max = data[at]!;
    let sum = 0;
    for (let c = 0, at = from; c < classes; c++, at += stride) sum += Math.exp(data[at]! - max);
    largest[row] = max;
    sums[row] = sum;
  }
}

/** The definition of the second pass. */
function scaledSoftmaxPlain(
  layout: ClassScores,
  largest: Float64Array,
  factors: Float64Array,
  target: FloatArray,
): void {
  const { scores, rows, classes, stride } = layout;
  const { data, offset } = scores;
  for (let row = 0; row < rows; row++) {
    const to = layout.start(row);
    const factor = factors[row]!;
    const max = largest[row]!;
    for (let c = 0, at = to; c < classes; c++, at += stride) {
      target[at] = factor === 0 ? 0 : factor * Math.exp(data[offset + at]! - max);
    }
  }
}

/** Where a piece of rows and the numbers that go with them lie in linear memory, in bytes. */
interface Piece {
  readonly rows: number;
  readonly numbers: number;
  readonly scores: number;
}

/** `null` if a row does not fit. */
function reservePiece(simd: SimdKernels, { rows, classes }: ClassScores): Piece | null {
  const most = Math.min(rows, Math.max(1, Math.floor(PIECE_BYTES / (4 * classes))));
  const blocks = reserveBlocks(simd, [4 * most, most * classes]); // of numbers, up to two float64 per row
  return blocks && { rows: most, numbers: blocks[0]!, scores: blocks[1]! };
}

function softmaxRowsSimd(simd: SimdKernels, layout: ClassScores, { largest, sums }: SoftmaxRows): boolean {
  const piece = reservePiece(simd, layout);
  if (piece === null) return false;
  const { scores, rows, classes } = layout;
  const { floats } = simd.memory;
  const data = scores.data as Float32Array;
  const pairs = new Float64Array(floats.buffer, piece.numbers, 2 * piece.rows);
  const kernels = softmaxKernels(simd);
  for (let row = 0; row < rows; row += piece.rows) {
    const count = Math.min(piece.rows, rows - row);
    const from = scores.offset + row * classes;
    floats.set(data.subarray(from, from + count * classes), piece.scores / 4);
    kernels.softmaxStatistics(count, classes, piece.scores, piece.numbers);
    for (let i = 0; i < count; i++) {
      largest[row + i] = pairs[2 * i]!;
      sums[row + i] = pairs[2 * i + 1]!;
    }
  }
  return true;
}

function scaledSoftmaxSimd(
  simd: SimdKernels,
  layout: ClassScores,
  largest: Float64Array,
  factors: Float64Array,
  target: Float32Array,
): boolean {
  const piece = reservePiece(simd, layout);
  if (piece === null) return false;
  const { scores, rows, classes } = layout;
  const { floats } = simd.memory;
  const data = scores.data as Float32Array;
  const start = piece.scores / 4;
  const kernels = softmaxKernels(simd);
  for (let row = 0; row < rows; row += piece.rows) {
    const count = Math.min(piece.rows, rows - row);
    const from = scores.offset + row * classes;
    floats.set(data.subarray(from, from + count * classes), start);
    for (let i = 0; i < count; i++) {
      floats[piece.numbers / 4 + 2 * i] = largest[row + i]!;
      floats[piece.numbers / 4 + 2 * i + 1] = factors[row + i]!;
    }
    kernels.softmaxScaled(count, classes, piece.scores, piece.numbers);
    for (let i = 0; i < count; i++) {
      // NaN and infinity times 0 are NaN
      if (factors[row + i] === 0) floats.fill(0, start + i * classes, start + (i + 1) * classes);
    }
    target.set(floats.subarray(start, start + count * classes), row * classes);
  }
  return true;
}
