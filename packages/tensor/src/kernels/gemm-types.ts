/**
 * The element types that matrix products are computed in.
 *
 * @public
 */
export type FloatArray = Float32Array | Float64Array;

/**
 * A matrix product over raw arrays: `c[m, n] = a[m, k] b[k, n]`, or `c += a b` with `accumulate`.
 *
 * Element `(i, p)` of `a` is `a[aOffset + i * aRowStride + p * aColStride]`, and likewise for `b`, so transposed,
 * sliced, reversed and broadcast operands need no copy. The rows of `c` are contiguous and must not overlap `a`
 * or `b`. All three arrays have one type. Arguments are trusted: the caller has checked shapes and bounds.
 */
export type GemmOf<Elements> = (
  m: number,
  n: number,
  k: number,
  a: Elements,
  aOffset: number,
  aRowStride: number,
  aColStride: number,
  b: Elements,
  bOffset: number,
  bRowStride: number,
  bColStride: number,
  c: Elements,
  cOffset: number,
  cRowStride: number,
  accumulate: boolean,
) => void;

/** A matrix product of floats. */
export type Gemm = GemmOf<FloatArray>;
