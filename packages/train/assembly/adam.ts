import { addSquare, blend, high, low, rounded } from "./lanes";

/**
 * g = sign dw + decay w; m' = keepM m + takeM g; v' = keepV v + takeV g g; w' = shrink w - stepSize m' / (√largest' / root + eps).
 *
 * `largest` is the largest v' so far; without AMSGrad it is v itself.
 */
export function adam(
  count: i32, w: usize, dw: usize, m: usize, v: usize, largest: usize, sign: f64, decay: f64, keepM: f64, takeM: f64,
  keepV: f64, takeV: f64, root: f64, eps: f64, stepSize: f64, shrink: f64,
): void {
  const end = w + (<usize>count << 2);
  for (; w < end; w += 16, dw += 16, m += 16, v += 16, largest += 16) {
    const w4 = v128.load(w), dw4 = v128.load(dw), m4 = v128.load(m), v4 = v128.load(v);
    const w0 = low(w4), w1 = high(w4);
    const g0 = blend(low(dw4), sign, w0, decay), g1 = blend(high(dw4), sign, w1, decay);
    const newM = rounded(blend(low(m4), keepM, g0, takeM), blend(high(m4), keepM, g1, takeM));
    const newV = rounded(addSquare(low(v4), keepV, g0, takeV), addSquare(high(v4), keepV, g1, takeV));
    v128.store(m, newM);
    v128.store(v, newV);
    // v itself without AMSGrad
    let most = v128.load(largest);
    most = v128.bitselect(most, newV, f32x4.ge(most, newV));
    v128.store(largest, most);
    v128.store(w, rounded(
      step(w0, low(newM), low(most), root, eps, stepSize, shrink),
      step(w1, high(newM), high(most), root, eps, stepSize, shrink),
    ));
  }
}

// @ts-ignore: decorator
@inline
function step(w: v128, m: v128, v: v128, root: f64, eps: f64, stepSize: f64, shrink: f64): v128 {
  const denominator = f64x2.add(f64x2.div(f64x2.sqrt(v), f64x2.splat(root)), f64x2.splat(eps));
  return f64x2.sub(f64x2.mul(f64x2.splat(shrink), w), f64x2.div(f64x2.mul(f64x2.splat(stepSize), m), denominator));
}
