import type { Tensor } from "../tensor.ts";
import { type UnaryOperation, unary } from "./elementwise.ts";

/**
 * Every element with its sign changed: -x.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @throws TypeError for bool.
 *
 * @example
 * ```ts
 * import { neg, tensor } from "@rnn/tensor";
 *
 * neg(tensor([1, -2])).toArray(); // => [-1, 2]
 * ```
 *
 * @public
 */
export function neg(x: Tensor): Tensor {
  return unary(negation, x);
}

const negation: UnaryOperation = {
  name: "neg",
  result: "same",
  acceptsBool: false,
  kernel: "neg",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = -a[ao]!;
  },
};

/**
 * Every element without its sign: |x|.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @example
 * ```ts
 * import { abs, tensor } from "@rnn/tensor";
 *
 * abs(tensor([1, -2])).toArray(); // => [1, 2]
 * ```
 *
 * @public
 */
export function abs(x: Tensor): Tensor {
  return unary(magnitude, x);
}

const magnitude: UnaryOperation = {
  name: "abs",
  result: "same",
  kernel: "abs",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.abs(a[ao]!);
  },
};

/**
 * The sign of every element: 1, 0 or -1; 0 for NaN, as in PyTorch.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @example
 * ```ts
 * import { sign, tensor } from "@rnn/tensor";
 *
 * sign(tensor([3, 0, -0.5])).toArray(); // => [1, 0, -1]
 * ```
 *
 * @public
 */
export function sign(x: Tensor): Tensor {
  return unary(signum, x);
}

const signum: UnaryOperation = {
  name: "sign",
  result: "same",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = a[ao]! > 0 ? 1 : a[ao]! < 0 ? -1 : 0;
  },
};
