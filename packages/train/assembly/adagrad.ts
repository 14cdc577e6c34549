import { addSquare, blend, high, low, rounded } from "./lanes";

/** g = sign dw + decay w; s' = s + g g; w' = w - rate g / (√s' + eps). */
export function adagrad(
  count: i32, w: usize, dw: usize, s: usize, sign: f64, decay: f64, rate: f64, eps: f64,
): void {
  const end = w + (<usize>count << 2);
  for (; w < end; w += 16, dw += 16, s += 16) {
    const w4 = v128.load(w), dw4 = v128.load(dw), s4 = v128.load(s);
    const w0 = low(w4), w1 = high(w4);
    const g0 = blend(low(dw4), sign, w0, decay), g1 = blend(high(dw4), sign, w1, decay);
    const newS = rounded(addSquare(low(s4), 1, g0, 1), addSquare(high(s4), 1, g1, 1));
    v128.store(s, newS);
    v128.store(w, rounded(step(w0, g0, low(newS), rate, eps), step(w1, g1, high(newS), rate, eps)));
  }
}

// @ts-ignore: decorator
@inline
function step(w: v128, g: v128, s: v128, rate: f64, eps: f64): v128 {
  return f64x2.sub(w, f64x2.div(f64x2.mul(f64x2.splat(rate), g), f64x2.add(f64x2.sqrt(s), f64x2.splat(eps))));
}
