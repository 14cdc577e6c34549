/** `erf(x) = 2/√π ∫₀ˣ exp(-t²) dt`, to about 1e-15; Abramowitz & Stegun 7.1.6, whose terms all have one sign. */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The `x` with `erf(x) = y`; ±Infinity at ±1. */
export function erfInverse(y: number): number {
  if (Math.abs(y) >= 1) return y * Infinity;
  // Winitzki's approximation, then Newton's steps
  const log = Math.log1p(-y * y);
  const half = 2 / (Math.PI * 0.147) + log / 2;
  let x = Math.sign(y) * Math.sqrt(Math.sqrt(half * half - log / 0.147) - half);
  for (let i = 0; i < 4; i++) x -= ((erf(x) - y) * Math.sqrt(Math.PI) * Math.exp(x * x)) / 2;
  return x;
}
