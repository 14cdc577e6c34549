import { type SimdKernels, simdKernels } from "@rnn/tensor";
import type { CellWeights } from "../cell.ts";
import type { Timeline } from "../timeline.ts";

/**
 * From so many multiplications on, counted over the whole forward pass, linear memory is faster: a training step takes
 * 0.7 to 1.0 times as long on ordinary arrays at 500, 0.9 to 1.2 at 2,000, 1.3 to 1.7 at 5,000.
 */
const SIMD_FROM_PRODUCTS = 1_500;

/**
 * The SIMD kernels for a sequence, or `undefined` if the plain ones are to run it: float64, few products, no SIMD here.
 * The one place that decides.
 */
export function chooseSimd({ weightIh, weightHh }: CellWeights, timeline: Timeline): SimdKernels | undefined {
  const rows = timeline.length * timeline.batch;
  const products = rows * (weightIh.value.size + weightHh.value.size);
  if (weightIh.dtype !== "float32" || products === 0) return undefined;
  return simdKernels(products < SIMD_FROM_PRODUCTS);
}
