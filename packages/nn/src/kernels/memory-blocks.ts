import type { SimdKernels } from "@rnn/tensor";

/** Linear memory never shrinks, so what would need more is left to plain kernels. */
export const MEMORY_LIMIT: number = 64 * 2 ** 20;

/** Every block starts on a cache line, and kernels may read some bytes behind its end. */
const LINE = 64;

/** Bytes of linear memory that a block of so many float32 takes. */
export function blockBytes(floats: number): number {
  return Math.ceil((4 * floats + 28) / LINE) * LINE;
}

/** Addresses of blocks of so many float32, one after another in scratch memory; `null` if they do not fit. */
export function reserveBlocks(
  { memory, scratchStart }: SimdKernels,
  lengths: readonly number[],
): number[] | null {
  let end = scratchStart;
  const addresses = lengths.map((length) => {
    const start = end;
    end += blockBytes(length);
    return start;
  });
  return end - scratchStart <= MEMORY_LIMIT && memory.reserve(end) ? addresses : null;
}
