import { expectClose } from "./close.ts";
import { type Tolerance, tolerances } from "./tolerances.ts";

/**
 * Compares analytic gradients with central differences, (f(x + h) - f(x - h)) / 2h, in float64.
 *
 * `f` maps the given float64 buffers to a scalar; `analytic` holds its gradient for each buffer. The buffers
 * are changed one element at a time and put back.
 */
export function gradcheck(
  f: () => number,
  inputs: readonly Float64Array[],
  analytic: readonly ArrayLike<number>[],
  { step = 1e-6, tolerance = tolerances.gradient.float64 }: { step?: number; tolerance?: Tolerance } = {},
): void {
  inputs.forEach((input, which) => {
    const numeric = new Float64Array(input.length);
    for (let i = 0; i < input.length; i++) {
      const x = input[i] as number;
      input[i] = x + step;
      const above = f();
      input[i] = x - step;
      const below = f();
      input[i] = x;
      numeric[i] = (above - below) / (2 * step);
    }
    try {
      expectClose(analytic[which] as ArrayLike<number>, numeric, tolerance);
    } catch (error) {
      throw new Error(`gradient of input ${which}: ${(error as Error).message}`);
    }
  });
}
