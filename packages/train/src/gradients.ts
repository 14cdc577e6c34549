import type { Parameter } from "@rnn/nn";
import { nameOf } from "./check.ts";
import { type FloatArray, floatData } from "./float-data.ts";
import { arrayInChunks } from "./kernels/chunks.ts";
import { gradientKernels } from "./kernels/update-kernels.ts";

/** Names what made a gradient norm NaN or infinite: the first gradient with such an element. */
export function describeNonFinite(parameters: readonly Parameter[]): string {
  const position = parameters.findIndex(
    ({ grad }) => grad !== null && !floatData(grad).every((g) => Number.isFinite(g)),
  );
  const parameter = parameters[position];
  return parameter === undefined
    ? "every gradient is finite, but their norm is too large for a number"
    : `first non-finite gradient: ${nameOf(parameter, position)}`;
}

/**
 * The elements of all gradients, writable. A gradient laid out as a view is replaced by a copy of its own first; of one that
 * consists of rows, these alone, for zeros change no norm.
 */
export function gradientsOf(parameters: readonly Parameter[]): FloatArray[] {
  const arrays: FloatArray[] = [];
  for (const parameter of parameters) {
    if (parameter.rowGrad !== null) {
      arrays.push(parameter.rowGrad.values);
      continue;
    }
    if (parameter.grad === null) continue;
    if (!parameter.grad.isContiguous) parameter.grad = parameter.grad.contiguous();
    arrays.push(floatData(parameter.grad));
  }
  return arrays;
}

/** (Σ |g|^p)^(1/p) in float64. */
export function normOf(gradients: readonly FloatArray[], p: number): number {
  let sum = 0;
  if (p === Number.POSITIVE_INFINITY) {
    // not Math.max of the arrays: NaN must win, and long arrays do not fit on the stack
    for (const g of gradients) for (let i = 0; i < g.length; i++) sum = Math.max(sum, Math.abs(g[i]!));
    return sum;
  }
  for (const g of gradients) sum += powerSum(g, p);
  return p === 1 ? sum : p === 2 ? Math.sqrt(sum) : sum ** (1 / p);
}

/** Multiplies all gradients by min(1, maxNorm / (norm + 1e-6)). */
export function scaleDown(gradients: readonly FloatArray[], norm: number, maxNorm: number): void {
  if (maxNorm === Number.POSITIVE_INFINITY) return;
  const scale = Math.min(1, maxNorm / (norm + 1e-6));
  if (scale === 1) return;
  for (const g of gradients) {
    const isDone = arrayInChunks(gradientKernels, g, true, (kernels, n, at) => kernels.scale(n, at, scale));
    if (!isDone) for (let i = 0; i < g.length; i++) g[i]! *= scale;
  }
}

/** Σ |g|^p of one gradient. */
function powerSum(g: FloatArray, p: number): number {
  if (p === 2) return squareSum(g);
  let sum = 0;
  if (p === 1) for (let i = 0; i < g.length; i++) sum += Math.abs(g[i]!);
  else for (let i = 0; i < g.length; i++) sum += Math.abs(g[i]!) ** p;
  return sum;
}

/** Σ g². */
function squareSum(g: FloatArray): number {
  let sum = 0;
  const isDone = arrayInChunks(gradientKernels, g, false, ({ squareSum }, n, at) => {
    sum += squareSum(n, at);
  });
  if (isDone) return sum;
  // four sums, so that an addition need not wait for the one before
  const whole = g.length - (g.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += g[i]! * g[i]!;
    b += g[i + 1]! * g[i + 1]!;
    c += g[i + 2]! * g[i + 2]!;
    d += g[i + 3]! * g[i + 3]!;
  }
  for (let i = whole; i < g.length; i++) a += g[i]! * g[i]!;
  return a + b + (c + d);
}
