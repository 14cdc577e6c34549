/**
 * Orthonormal columns that span the columns of `a[m, n]`, row-major with `m >= n`: the Q of `a = QR`, with the signs
 * that make the diagonal of R positive, which determine it. Uses Householder reflections (Golub & Van Loan, 5.2).
 */
export function orthonormalColumns(a: Float64Array, m: number, n: number): Float64Array {
  const r = a.slice();
  const reflectors: Float64Array[] = [];
  const signs: number[] = [];
  for (let k = 0; k < n; k++) {
    const { v, isPositive } = reflector(r, m, n, k);
    reflect(r, m, n, k, v);
    reflectors.push(v);
    signs.push(isPositive ? 1 : -1);
  }
  // Q = H0 H1 … applied to the first n columns of the identity
  const q = new Float64Array(m * n);
  for (let k = 0; k < n; k++) q[k * n + k] = signs[k]!;
  for (let k = n - 1; k >= 0; k--) reflect(q, m, n, k, reflectors[k]!);
  return q;
}

/** The unit vector whose reflection sends column `k`, from row `k` on, to a multiple of the first unit vector. */
function reflector(
  a: Float64Array,
  m: number,
  n: number,
  k: number,
): { v: Float64Array; isPositive: boolean } {
  const v = new Float64Array(m - k);
  for (let i = k; i < m; i++) v[i - k] = a[i * n + k]!;
  // the sign that avoids cancellation; the diagonal of R gets the opposite one
  const isPositive = v[0]! < 0;
  v[0]! += (isPositive ? -1 : 1) * norm(v);
  const length = norm(v);
  if (length > 0) for (let i = 0; i < v.length; i++) v[i]! /= length;
  return { v, isPositive };
}

/** `a -= 2 v (vᵀ a)` on the rows from `k` on. */
function reflect(a: Float64Array, m: number, n: number, k: number, v: Float64Array): void {
  for (let j = 0; j < n; j++) {
    let dot = 0;
    for (let i = k; i < m; i++) dot += v[i - k]! * a[i * n + j]!;
    for (let i = k; i < m; i++) a[i * n + j]! -= 2 * dot * v[i - k]!;
  }
}

function norm(v: Float64Array): number {
  let sum = 0;
  for (const x of v) sum += x * x;
  return Math.sqrt(sum);
}
