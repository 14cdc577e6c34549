import type { Tensor } from "../tensor.ts";
import { type UnaryOperation, unary } from "./elementwise.ts";

/**
 * e to the power of every element: eˣ.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { exp, tensor } from "@rnn/tensor";
 *
 * exp(tensor([0, 1])).toArray(); // => [1, 2.718282]
 * ```
 *
 * @public
 */
export function exp(x: Tensor): Tensor {
  return unary(exponential, x);
}

const exponential: UnaryOperation = {
  name: "exp",
  result: "float",
  kernel: "exp",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.exp(a[ao]!);
  },
};

/**
 * e to the power of every element, minus one: eˣ - 1, exact also near zero.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { expm1, tensor } from "@rnn/tensor";
 *
 * expm1(tensor([0, 1])).toArray(); // => [0, 1.718282]
 * ```
 *
 * @public
 */
export function expm1(x: Tensor): Tensor {
  return unary(exponentialMinusOne, x);
}

const exponentialMinusOne: UnaryOperation = {
  name: "expm1",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.expm1(a[ao]!);
  },
};

/**
 * The natural logarithm of every element: ln x; -Infinity at zero and NaN below.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { log, tensor } from "@rnn/tensor";
 *
 * log(tensor([1, 10, 0])).toArray(); // => [0, 2.302585, -Infinity]
 * ```
 *
 * @public
 */
export function log(x: Tensor): Tensor {
  return unary(logarithm, x);
}

const logarithm: UnaryOperation = {
  name: "log",
  result: "float",
  kernel: "log",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.log(a[ao]!);
  },
};

/**
 * The natural logarithm of one plus every element: ln(1 + x), exact also near zero.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { log1p, tensor } from "@rnn/tensor";
 *
 * log1p(tensor([0, 1])).toArray(); // => [0, 0.693147]
 * ```
 *
 * @public
 */
export function log1p(x: Tensor): Tensor {
  return unary(logarithmOfOnePlus, x);
}

const logarithmOfOnePlus: UnaryOperation = {
  name: "log1p",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.log1p(a[ao]!);
  },
};

/**
 * The logarithm to base 2 of every element: log₂ x.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. NaN for negative elements, -Infinity for 0.
 *
 * @example
 * ```ts
 * import { log2, tensor } from "@rnn/tensor";
 *
 * log2(tensor([1, 8, 0])).toArray(); // => [0, 3, -Infinity]
 * ```
 *
 * @public
 */
export function log2(x: Tensor): Tensor {
  return unary(binaryLogarithm, x);
}

const binaryLogarithm: UnaryOperation = {
  name: "log2",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.log2(a[ao]!);
  },
};

/**
 * The logarithm to base 10 of every element: log₁₀ x.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. NaN for negative elements, -Infinity for 0.
 *
 * @example
 * ```ts
 * import { log10, tensor } from "@rnn/tensor";
 *
 * log10(tensor([1, 1000, 0])).toArray(); // => [0, 3, -Infinity]
 * ```
 *
 * @public
 */
export function log10(x: Tensor): Tensor {
  return unary(decimalLogarithm, x);
}

const decimalLogarithm: UnaryOperation = {
  name: "log10",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.log10(a[ao]!);
  },
};
