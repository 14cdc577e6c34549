import { addSquare, blend, high, low, rounded } from "./lanes";

/**
 * g = sign dw + decay w; s' = keep s + take g g; d = √s' + eps; w' = w - rate g / d.
 *
 * With `mean` (an address, 0 for none) a' = keep a + take g, and d = √(s' - a' a') + eps. With `velocity`
 * u' = momentum u + g / d, and w' = w - rate u'.
 */
export function rmsprop(
  count: i32, w: usize, dw: usize, square: usize, mean: usize, velocity: usize, sign: f64, decay: f64, keep: f64, take: f64,
  momentum: f64, rate: f64, eps: f64,
): void {
  const bytes = <usize>count << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    const w4 = v128.load(w + at), dw4 = v128.load(dw + at), s4 = v128.load(square + at);
    const w0 = low(w4), w1 = high(w4);
    const g0 = blend(low(dw4), sign, w0, decay), g1 = blend(high(dw4), sign, w1, decay);
    const newS = rounded(addSquare(low(s4), keep, g0, take), addSquare(high(s4), keep, g1, take));
    v128.store(square + at, newS);
    let d0 = low(newS), d1 = high(newS);
    if (mean) {
      const a4 = v128.load(mean + at);
      const newA = rounded(blend(low(a4), keep, g0, take), blend(high(a4), keep, g1, take));
      v128.store(mean + at, newA);
      d0 = difference(d0, low(newA));
      d1 = difference(d1, high(newA));
    }
    d0 = f64x2.add(f64x2.sqrt(d0), f64x2.splat(eps));
    d1 = f64x2.add(f64x2.sqrt(d1), f64x2.splat(eps));
    let step0: v128, step1: v128;
    if (velocity) {
      const u4 = v128.load(velocity + at);
      const newU = rounded(
        f64x2.add(f64x2.mul(f64x2.splat(momentum), low(u4)), f64x2.div(g0, d0)),
        f64x2.add(f64x2.mul(f64x2.splat(momentum), high(u4)), f64x2.div(g1, d1)),
      );
      v128.store(velocity + at, newU);
      step0 = f64x2.mul(f64x2.splat(rate), low(newU));
      step1 = f64x2.mul(f64x2.splat(rate), high(newU));
    } else {
      step0 = f64x2.div(f64x2.mul(f64x2.splat(rate), g0), d0);
      step1 = f64x2.div(f64x2.mul(f64x2.splat(rate), g1), d1);
    }
    v128.store(w + at, rounded(f64x2.sub(w0, step0), f64x2.sub(w1, step1)));
  }
}

/** s - a a; rounding of the stored numbers can bring it just below zero. */
// @ts-ignore: decorator
@inline
function difference(s: v128, a: v128): v128 {
  return f64x2.max(f64x2.splat(0), f64x2.sub(s, f64x2.mul(a, a)));
}
