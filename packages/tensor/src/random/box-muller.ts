/** How many numbers are transformed together: the first half gives radii, the second half angles. */
export const blockSize: number = 16;
const half = 8;

/** Turns a block of uniform float64 numbers into normal ones, with the library's functions. */
export function transformFloat64(data: Float64Array, at: number, mean: number, std: number): void {
  for (let j = at; j < at + half; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - data[j]!));
    const angle = 2 * Math.PI * data[j + half]!;
    data[j] = radius * Math.cos(angle) * std + mean;
    data[j + half] = radius * Math.sin(angle) * std + mean;
  }
}

/**
 * Turns a block of uniform float32 numbers into normal ones, bit for bit as PyTorch does on a CPU with AVX2: logarithm,
 * sine and cosine are float32 polynomials there, those of the Cephes library, evaluated with fused multiply-add.
 */
export function transformFloat32(data: Float32Array, at: number, mean: number, std: number): void {
  const scale = f32(std);
  const shift = f32(mean);
  for (let j = at; j < at + half; j++) {
    const radius = f32(Math.sqrt(f32(-2 * log(1 - data[j]!))));
    const angle = f32(f32(2 * Math.PI) * data[j + half]!);
    const octant = Math.trunc(f32(angle * f32(4 / Math.PI)));
    const pair = (octant + 1) & ~1;
    const reduced = reduce(angle, pair);
    const sine = sinPolynomial(reduced);
    const cosine = cosPolynomial(reduced);
    // a quarter turn exchanges the two, half a turn changes signs
    const quarter = (pair & 2) !== 0;
    const sin = (quarter ? cosine : sine) * (pair & 4 ? -1 : 1);
    const cos = (quarter ? sine : cosine) * ((pair - 2) & 4 ? 1 : -1);
    data[j] = fma(f32(radius * cos), scale, shift);
    data[j + half] = fma(f32(radius * sin), scale, shift);
  }
}

const f32: (x: number) => number = Math.fround;

/** a b + c rounded once: the product of two float32 is exact in float64. */
function fma(a: number, b: number, c: number): number {
  return f32(a * b + c);
}

/** ln x for 0 < x <= 1: x = m 2^e with m in [√½, √2), then a polynomial in m - 1. */
function log(x: number): number {
  let e = 0;
  let m = x;
  // exact: only the exponent of the number changes
  for (; m < f32(Math.SQRT1_2); m *= 2) e--;
  const y = m - 1;
  const z = f32(y * y);
  let p = f32(7.0376836292e-2);
  p = fma(p, y, f32(-1.151461031e-1));
  p = fma(p, y, f32(1.167699874e-1));
  p = fma(p, y, f32(-1.2420140846e-1));
  p = fma(p, y, f32(1.4249322787e-1));
  p = fma(p, y, f32(-1.6668057665e-1));
  p = fma(p, y, f32(2.0000714765e-1));
  p = fma(p, y, f32(-2.4999993993e-1));
  p = fma(p, y, f32(3.3333331174e-1));
  p = f32(f32(p * y) * z);
  // ln 2 in two parts, the larger exact in float32
  p = fma(e, f32(-2.1219444e-4), p);
  p = fma(z, -0.5, p);
  return fma(e, 0.693359375, f32(y + p));
}

/** angle - pair π/4, with π/4 in three parts so that the difference keeps its digits. */
function reduce(angle: number, pair: number): number {
  const rest = fma(pair, f32(-2.41875648498e-4), fma(pair, -0.78515625, angle));
  return fma(pair, f32(-3.7748949774e-8), rest);
}

/** sin x for |x| <= π/4. */
function sinPolynomial(x: number): number {
  const z = f32(x * x);
  let p = f32(-1.9515295891e-4);
  p = fma(p, z, f32(8.3321608736e-3));
  p = fma(p, z, f32(-1.6666654611e-1));
  return fma(f32(p * z), x, x);
}

/** cos x for |x| <= π/4. */
function cosPolynomial(x: number): number {
  const z = f32(x * x);
  let p = f32(2.443315711809948e-5);
  p = fma(p, z, f32(-1.388731625493765e-3));
  p = fma(p, z, f32(4.166664568298827e-2));
  p = f32(f32(p * z) * z);
  return f32(fma(z, -0.5, p) + 1);
}
