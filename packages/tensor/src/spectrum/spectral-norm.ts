import { checkOptions, type OptionKinds } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { finiteMatrix, normalise } from "./matrix.ts";

/**
 * Options of {@link spectralNorm}.
 *
 * @public
 */
export interface SpectralNormOptions {
  /** Iterations stop when the estimate grows by less than this, relatively; 1e-10 if absent. */
  readonly tolerance?: number | undefined;
  /** The most iterations; 1000 if absent. */
  readonly maxIterations?: number | undefined;
}

const spectralNormKinds: OptionKinds<SpectralNormOptions> = { tolerance: "number", maxIterations: "number" };

/**
 * The largest singular value of a matrix: by how much it can stretch a vector, max |A x| / |x|.
 *
 * @remarks
 * Shapes: `[m, n]` gives a number. Computed in float64 by power iteration on AᵀA from a fixed start, two products with the
 * matrix each; the estimate only grows and never exceeds the value. When the two largest values are within a fraction d of
 * each other it is short by at most that fraction, and by about tolerance / 4 d when it stops; {@link singularValues} is
 * exact. For W_hh of a recurrent network, a norm below 1 makes gradients vanish over time; they can explode only if it is
 * above 1 (times the largest slope of the nonlinearity). Source: Bengio, Simard & Frasconi 1994; Pascanu, Mikolov &
 * Bengio 2013.
 *
 * @throws {@link ShapeError} if the tensor is not a matrix; RangeError if a number is not finite, the tolerance is negative
 * or there is not at least one iteration.
 *
 * @example
 * ```ts
 * import { spectralNorm, tensor } from "@rnn/tensor";
 *
 * spectralNorm(tensor([[1, 1], [0, 1]])); // => 1.618034
 * ```
 *
 * @public
 */
export function spectralNorm(x: Tensor, options: SpectralNormOptions = {}): number {
  checkOptions("spectralNorm", options, spectralNormKinds);
  const { tolerance = 1e-10, maxIterations = 1000 } = options;
  if (!(tolerance >= 0))
    throw new RangeError(`spectralNorm: tolerance is ${tolerance}, expected a number >= 0`);
  if (!Number.isInteger(maxIterations) || maxIterations < 1) {
    throw new RangeError(`spectralNorm: maxIterations is ${maxIterations}, expected a positive integer`);
  }
  const a = finiteMatrix("spectralNorm", x);
  const [m, n] = x.shape as [number, number];
  const scale = normalise(a);
  if (scale === 0) return 0;
  // any start does that is not orthogonal to the direction sought; this one has no pattern that matrices have
  let v: Float64Array = Float64Array.from({ length: n }, (_, j) => 0.5 + ((j * golden) % 1));
  shorten(v);
  let estimate = 0;
  for (let i = 0; i < maxIterations; i++) {
    const u = times(a, m, n, v);
    const norm = shorten(u);
    const isDone = norm - estimate <= tolerance * norm;
    estimate = Math.max(estimate, norm);
    if (isDone) break;
    v = timesTransposed(a, m, n, u);
    shorten(v);
  }
  return scale * estimate;
}

/** Multiples of the golden ratio, without their whole parts, never come in a rhythm. */
const golden = (1 + Math.sqrt(5)) / 2;

/** Makes the length of a vector 1, and returns what it was. */
function shorten(v: Float64Array): number {
  let squares = 0;
  for (const value of v) squares += value * value;
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < v.length; i++) v[i]! /= length;
  return length;
}

/** `a v` for `a [m, n]`. */
function times(a: Float64Array, m: number, n: number, v: Float64Array): Float64Array {
  const out = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let total = 0;
    for (let j = 0; j < n; j++) total += a[i * n + j]! * v[j]!;
    out[i] = total;
  }
  return out;
}

/** `aᵀ u` for `a [m, n]`. */
function timesTransposed(a: Float64Array, m: number, n: number, u: Float64Array): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) out[j]! += a[i * n + j]! * u[i]!;
  }
  return out;
}
