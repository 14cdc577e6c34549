import type { Tensor } from "../tensor.ts";
import { mapElements } from "./elementwise.ts";

/**
 * The error function of every element: 2/√π ∫₀ˣ exp(-t²) dt, between -1 and 1.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. Within 1e-15 of the exact value in float64.
 *
 * @example
 * ```ts
 * import { erf, tensor } from "@rnn/tensor";
 *
 * erf(tensor([0, 0.5, -Infinity])).toArray(); // => [0, 0.520500, -1]
 * ```
 *
 * @public
 */
export function erf(x: Tensor): Tensor {
  return mapElements("erf", erfOf, x);
}

/**
 * One minus the error function of every element, without the rounding of that difference: 2/√π ∫ₓ exp(-t²) dt.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. Within 1e-13 of the exact value, relatively, in float64.
 *
 * @example
 * ```ts
 * import { erfc, tensor } from "@rnn/tensor";
 *
 * erfc(tensor([0, 0.5, Infinity])).toArray(); // => [1, 0.479500, 0]
 * ```
 *
 * @public
 */
export function erfc(x: Tensor): Tensor {
  return mapElements("erfc", erfcOf, x);
}

/** Below this the power series needs fewer terms, above it the continued fraction. */
const border = 2;

function erfOf(x: number): number {
  if (Math.abs(x) < border) return series(x);
  return x < 0 ? tail(-x) - 1 : 1 - tail(x);
}

/** erfc of one number. */
export function erfcOf(x: number): number {
  if (x >= border) return tail(x);
  // at the border the difference from 1 has lost two digits, which is the worst of it
  return x <= -border ? 2 - tail(-x) : 1 - series(x);
}

/** erf(x) = 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · ... · (2n + 1)): no term cancels another. Abramowitz & Stegun 7.1.6. */
function series(x: number): number {
  const square = x * x;
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > Math.abs(total) * 1e-17; n++) {
    term *= square / (n + 0.5);
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * total;
}

/** Steps of the continued fraction: enough for 1e-15 from the border on. */
const steps = 60;

/** erfc(x) = exp(-x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + ...)))), evaluated from its end. Abramowitz & Stegun 7.1.14. */
function tail(x: number): number {
  let fraction = x;
  for (let k = steps; k > 0; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
