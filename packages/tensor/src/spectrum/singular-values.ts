import { allocate, floatOf } from "../dtype.ts";
import { checkTensor } from "../ops/elementwise.ts";
import { transpose } from "../ops/permute.ts";
import { productOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { finiteMatrix, normalise } from "./matrix.ts";

/**
 * All singular values of a matrix, largest first: the factors by which it stretches its principal directions.
 *
 * @remarks
 * Shapes: `[..., m, n]` gives `[..., min(m, n)]`. Computed in float64 by one-sided Jacobi rotations (Hestenes 1958), which
 * find small values as exactly as large ones; the time grows with m n min(m, n), so it is meant for matrices of up to a
 * few hundred rows. For the largest value alone see {@link spectralNorm}. int32 and bool give float32.
 *
 * @throws {@link ShapeError} if there are fewer than two dimensions; RangeError if a number is not finite.
 *
 * @example
 * ```ts
 * import { singularValues, tensor } from "@rnn/tensor";
 *
 * singularValues(tensor([[3, 0], [0, -4]])).toArray(); // => [4, 3]
 * singularValues(tensor([[1, 1], [0, 1]])).toArray(); // => [1.618034, 0.618034]
 * ```
 *
 * @public
 */
export function singularValues(x: Tensor): Tensor {
  checkTensor("singularValues", x);
  const [m = 0, n = 0] = x.shape.slice(-2);
  // rotate as few vectors as possible: the rows of a wide matrix, the columns of a tall one
  const isTall = x.ndim >= 2 && m > n;
  const data = finiteMatrix("singularValues", isTall ? transpose(x, -2, -1) : x, "batch");
  const [count, length] = [Math.min(m, n), Math.max(m, n)];
  const shape = [...x.shape.slice(0, -2), count];
  const out = allocate(floatOf(x.dtype), productOf(shape));
  for (let at = 0, to = 0; at < data.length; at += count * length, to += count) {
    out.set(lengthsOfOrthogonalised(data.subarray(at, at + count * length), count, length), to);
  }
  return new Tensor(out, shape);
}

/** Vectors are orthogonal when the cosine between them is below this: the rounding of float64. */
const orthogonal = 2 ** -52;

/** Sweeps converge quadratically; ten are usual. */
const maxSweeps = 60;

/** Rotates pairs of `count` vectors, which lie one after another, until all are orthogonal; their lengths, descending. */
function lengthsOfOrthogonalised(vectors: Float64Array, count: number, length: number): Float64Array {
  const scale = normalise(vectors);
  let rotated = scale > 0;
  for (let sweep = 0; rotated && sweep < maxSweeps; sweep++) {
    rotated = false;
    for (let p = 0; p < count; p++) {
      for (let q = p + 1; q < count; q++) {
        rotated = makeOrthogonal(vectors, p * length, q * length, length) || rotated;
      }
    }
  }
  const lengths = new Float64Array(count);
  for (let p = 0; p < count; p++)
    lengths[p] = scale * Math.sqrt(dotOf(vectors, p * length, p * length, length));
  return lengths.sort().reverse();
}

/** Rotates two vectors in their plane until they are orthogonal; false if they were. */
function makeOrthogonal(x: Float64Array, p: number, q: number, length: number): boolean {
  const [pp, qq, pq] = [dotOf(x, p, p, length), dotOf(x, q, q, length), dotOf(x, p, q, length)];
  if (Math.abs(pq) <= orthogonal * Math.sqrt(pp * qq)) return false;
  // the smaller of the two angles whose rotation makes the product vanish
  const cotangent = (qq - pp) / (2 * pq);
  const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(1, cotangent));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < length; i++) {
    const [a, b] = [x[p + i]!, x[q + i]!];
    x[p + i] = cosine * a - sine * b;
    x[q + i] = sine * a + cosine * b;
  }
  return true;
}

function dotOf(x: Float64Array, p: number, q: number, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += x[p + i]! * x[q + i]!;
  return total;
}
