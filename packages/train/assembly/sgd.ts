import { blend, high, low, rounded } from "./lanes";

/** w' = w - rate (sign dw + decay w), without the term of the decay if that is 0. */
export function sgd(count: i32, w: usize, dw: usize, sign: f64, decay: f64, rate: f64): void {
  const end = w + (<usize>count << 2);
  for (; w < end; w += 16, dw += 16) {
    const w4 = v128.load(w), dw4 = v128.load(dw);
    let g0 = f64x2.mul(f64x2.splat(sign), low(dw4)), g1 = f64x2.mul(f64x2.splat(sign), high(dw4));
    if (decay) {
      g0 = f64x2.add(g0, f64x2.mul(f64x2.splat(decay), low(w4)));
      g1 = f64x2.add(g1, f64x2.mul(f64x2.splat(decay), high(w4)));
    }
    v128.store(w, rounded(descend(low(w4), g0, rate), descend(high(w4), g1, rate)));
  }
}

/** g = sign dw + decay w; v' = keep v + take g; w' = w - rate v', or with `ahead` (not 0) w' = w - rate (g + ahead v'). */
export function momentum(
  count: i32, w: usize, dw: usize, v: usize, sign: f64, decay: f64, rate: f64, keep: f64, take: f64, ahead: f64,
): void {
  const end = w + (<usize>count << 2);
  for (; w < end; w += 16, dw += 16, v += 16) {
    const w4 = v128.load(w), dw4 = v128.load(dw), v4 = v128.load(v);
    const g0 = blend(low(dw4), sign, low(w4), decay), g1 = blend(high(dw4), sign, high(w4), decay);
    const newV = rounded(blend(low(v4), keep, g0, take), blend(high(v4), keep, g1, take));
    v128.store(v, newV);
    let d0 = low(newV), d1 = high(newV);
    if (ahead) {
      d0 = f64x2.add(g0, f64x2.mul(f64x2.splat(ahead), d0));
      d1 = f64x2.add(g1, f64x2.mul(f64x2.splat(ahead), d1));
    }
    v128.store(w, rounded(descend(low(w4), d0, rate), descend(high(w4), d1, rate)));
  }
}

// @ts-ignore: decorator
@inline
function descend(w: v128, direction: v128, rate: f64): v128 {
  return f64x2.sub(w, f64x2.mul(f64x2.splat(rate), direction));
}
