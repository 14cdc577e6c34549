/**
 * From how many elements on SIMD wins over a plain loop, with the copies into and out of linear memory counted: the one
 * place that decides. A call costs about 70 ns whatever its size. The times beside are those of a loop compiled for
 * float32 alone; one that has met other dtypes takes twice as long.
 */
export const simdFrom = {
  /** Multiplications of a matrix product: 0.5 to 1.0 times TypeScript at 64, 1.1 to 1.8 at 256, 3 at 1,024, whatever the shape. */
  products: 200,
  /** The same with a packed matrix: 0.4 times at 64, 1.1 at 256, 3.4 at 1,024. */
  packedProducts: 200,
  /** exp, log, sigmoid, tanh: 1.0 to 1.5 times a loop of `Math` functions at 8, 3 to 4 at 64, 5 to 8 from 2,048 on. */
  mathematics: 8,
  /** Arithmetic, roots and comparisons of one or two elements: 1.0 times a loop at 128, 4 at 2,048, 5 at 65,536. */
  arithmetic: 128,
  /** Sums: 0.9 times a loop for rows of 32, 1.5 for 64, 2 to 3 for longer ones; squares 2 times for 64, 3 for longer ones. */
  sums: 64,
  /** Extremes: 1.0 times a loop for rows of 16, 2 for 32, 4 for 512. */
  extremes: 32,
  /** Softmax, in all: 6 times a loop for rows of 8, 2.5 times where a row lies across others. */
  softmax: 32,
  /** Rows above each other, in all: 1.0 times a loop at 300, 2 to 2.5 from 2,000 on for sums, 2 for extremes. */
  columns: 512,
} as const;

/** Fewer columns than this are copied too slowly, row by row, unless rows are whole vectors: 0.4 to 0.5 times a loop. */
export const FEWEST_COLUMNS = 16;
