import { addSquare, blend, high, low, rounded } from "./lanes";

/**
 * g = sign dw + decay w, without the term of the decay if that is 0; m' = keepM m + takeM g; v' = keepV v + takeV g g;
 * w' = shrink w - stepSize m' / (√largest' / root + eps).
 *
 * `largest` is the largest v' so far; without AMSGrad it is v itself.
 */
export function adam(
  count: i32, w: usize, dw: usize, m: usize, v: usize, largest: usize, sign: f64, decay: f64, keepM: f64, takeM: f64,
  keepV: f64, takeV: f64, root: f64, eps: f64, stepSize: f64, shrink: f64,
): void {
  const end = w + (<usize>count << 2);
  if (decay == 0 && shrink == 1 && eps > 0 && largest == v) {
    // the sign of g changes that of takeM g alone
    updatePlain(end, w, dw, m, v, sign * takeM, keepM, keepV, takeV, root, eps, stepSize);
    return;
  }
  for (; w < end; w += 16, dw += 16, m += 16, v += 16, largest += 16) {
    const w4 = v128.load(w), dw4 = v128.load(dw), m4 = v128.load(m), v4 = v128.load(v);
    const w0 = low(w4), w1 = high(w4);
    let g0 = f64x2.mul(f64x2.splat(sign), low(dw4)), g1 = f64x2.mul(f64x2.splat(sign), high(dw4));
    if (decay) {
      g0 = f64x2.add(g0, f64x2.mul(f64x2.splat(decay), w0));
      g1 = f64x2.add(g1, f64x2.mul(f64x2.splat(decay), w1));
    }
    const newM = rounded(blend(low(m4), keepM, g0, takeM), blend(high(m4), keepM, g1, takeM));
    const newV = rounded(addSquare(low(v4), keepV, g0, takeV), addSquare(high(v4), keepV, g1, takeV));
    v128.store(m, newM);
    v128.store(v, newV);
    // v itself without AMSGrad
    let most = v128.load(largest);
    most = v128.bitselect(most, newV, f32x4.ge(most, newV));
    v128.store(largest, most);
    v128.store(w, rounded(
      f64x2.sub(f64x2.mul(f64x2.splat(shrink), w0), step(low(newM), low(most), root, eps, stepSize)),
      f64x2.sub(f64x2.mul(f64x2.splat(shrink), w1), step(high(newM), high(most), root, eps, stepSize)),
    ));
  }
}

/** The same for g = ± dw, shrink = 1 and largest = v: fewer instructions, and nothing to do where all has always been zero. */
function updatePlain(
  end: usize, w: usize, dw: usize, m: usize, v: usize, takeM: f64, keepM: f64, keepV: f64, takeV: f64, root: f64, eps: f64,
  stepSize: f64,
): void {
  for (; w < end; w += 16, dw += 16, m += 16, v += 16) {
    const w4 = v128.load(w), g4 = v128.load(dw), m4 = v128.load(m), v4 = v128.load(v);
    // words that have not occurred yet: w - stepSize 0 / (0 + eps)
    if (!v128.any_true(v128.or(g4, v128.or(m4, v4)))) continue;
    const g0 = low(g4), g1 = high(g4);
    const newM = rounded(blend(low(m4), keepM, g0, takeM), blend(high(m4), keepM, g1, takeM));
    const newV = rounded(addSquare(low(v4), keepV, g0, takeV), addSquare(high(v4), keepV, g1, takeV));
    v128.store(m, newM);
    v128.store(v, newV);
    v128.store(w, rounded(
      f64x2.sub(low(w4), step(low(newM), low(newV), root, eps, stepSize)),
      f64x2.sub(high(w4), step(high(newM), high(newV), root, eps, stepSize)),
    ));
  }
}

/** stepSize m / (√v / root + eps). */
// @ts-ignore: decorator
@inline
function step(m: v128, v: v128, root: f64, eps: f64, stepSize: f64): v128 {
  const denominator = f64x2.add(f64x2.div(f64x2.sqrt(v), f64x2.splat(root)), f64x2.splat(eps));
  return f64x2.div(f64x2.mul(f64x2.splat(stepSize), m), denominator);
}
