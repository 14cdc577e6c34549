import { type SimdKernels, simdKernels } from "@rnn/tensor";
import type { CellWeights } from "./cell.ts";
import type { Timeline } from "./timeline.ts";

/** From so many multiplications on, for a whole sequence, a pass in linear memory is faster than the plain kernels. */
const SIMD_FROM_PRODUCTS = 3_000;

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
