// From how many elements on SIMD wins over a plain loop, with the copies into and out of linear memory counted: the one place
// that decides. A call costs about 70 ns whatever its size. The times beside are those of a loop compiled for float32 alone;
// one that has met other dtypes takes twice as long.

/** Multiplications of a matrix product: 0.5 to 1.0 times TypeScript at 64, 1.1 to 1.8 at 256, 3 at 1,024, whatever the shape. */
export const PRODUCTS_FROM = 200;

/** The same with a packed matrix: 0.4 times at 64, 1.1 at 256, 3.4 at 1,024. */
export const PACKED_PRODUCTS_FROM = 200;

/** exp, log, sigmoid, tanh: 1.0 to 1.5 times a loop of `Math` functions at 8, 3 to 4 at 64, 5 to 10 from 2,048 on. */
export const MATHEMATICS_FROM = 8;

/** Arithmetic, roots and comparisons of one or two elements: 1.0 times a loop at 128, 4 at 2,048, 5 at 65,536. */
export const ARITHMETIC_FROM = 128;

/** Sums of rows: 1.0 times a loop for rows of 64, 1.8 for 512; squares 1.6 times for 64, 2.5 for 512. */
export const SUMS_FROM = 64;

/** Extremes of rows: 1.0 times a loop for rows of 16, 2 for 32, 3 for 512. */
export const EXTREMES_FROM = 32;

/** Softmax, in all: 6 times a loop for rows of 8, 3 times where a row lies across others. */
export const SOFTMAX_FROM = 32;

/** Rows above each other, in all: 1.0 times a loop at 300, 2 to 2.5 from 2,000 on for sums, 2 for extremes. */
export const COLUMNS_FROM = 512;

/** Fewer columns than this are copied too slowly, row by row, unless rows are whole vectors: 0.4 to 0.5 times a loop. */
export const FEWEST_COLUMNS = 16;
