import type { Tensor } from "../tensor.ts";
import { type UnaryOperation, unary } from "./elementwise.ts";

/**
 * The hyperbolic tangent of every element: (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ), between -1 and 1.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { tanh, tensor } from "@rnn/tensor";
 *
 * tanh(tensor([0, 1, -Infinity])).toArray(); // => [0, 0.761594, -1]
 * ```
 *
 * @public
 */
export function tanh(x: Tensor): Tensor {
  return unary(hyperbolicTangent, x);
}

const hyperbolicTangent: UnaryOperation = {
  name: "tanh",
  result: "float",
  kernel: "tanh",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.tanh(a[ao]!);
  },
};

/**
 * The logistic function of every element: 1 / (1 + e⁻ˣ), between 0 and 1.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { sigmoid, tensor } from "@rnn/tensor";
 *
 * sigmoid(tensor([0, 2, -Infinity])).toArray(); // => [0.5, 0.880797, 0]
 * ```
 *
 * @public
 */
export function sigmoid(x: Tensor): Tensor {
  return unary(logistic, x);
}

const logistic: UnaryOperation = {
  name: "sigmoid",
  result: "float",
  kernel: "sigmoid",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = 1 / (1 + Math.exp(-a[ao]!));
  },
};

/**
 * Every element, or zero if it is negative: max(x, 0). NaN stays NaN.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @throws TypeError for bool.
 *
 * @example
 * ```ts
 * import { relu, tensor } from "@rnn/tensor";
 *
 * relu(tensor([-1, 0, 2])).toArray(); // => [0, 0, 2]
 * ```
 *
 * @public
 */
export function relu(x: Tensor): Tensor {
  return unary(rectified, x);
}

const rectified: UnaryOperation = {
  name: "relu",
  result: "same",
  acceptsBool: false,
  kernel: "relu",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.max(a[ao]!, 0);
  },
};
