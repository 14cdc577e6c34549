import type { Tensor } from "../tensor.ts";
import { type UnaryOperation, unary } from "./elementwise.ts";

/**
 * The sine of every element, in radians.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { sin, tensor } from "@rnn/tensor";
 *
 * sin(tensor([0, Math.PI / 6])).toArray(); // => [0, 0.500000]
 * ```
 *
 * @public
 */
export function sin(x: Tensor): Tensor {
  return unary(sine, x);
}

const sine: UnaryOperation = {
  name: "sin",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.sin(a[ao]!);
  },
};

/**
 * The cosine of every element, in radians.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { cos, tensor } from "@rnn/tensor";
 *
 * cos(tensor([0, Math.PI / 3])).toArray(); // => [1, 0.500000]
 * ```
 *
 * @public
 */
export function cos(x: Tensor): Tensor {
  return unary(cosine, x);
}

const cosine: UnaryOperation = {
  name: "cos",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.cos(a[ao]!);
  },
};

/**
 * The tangent of every element, in radians.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { tan, tensor } from "@rnn/tensor";
 *
 * tan(tensor([0, 1])).toArray(); // => [0, 1.557408]
 * ```
 *
 * @public
 */
export function tan(x: Tensor): Tensor {
  return unary(tangent, x);
}

const tangent: UnaryOperation = {
  name: "tan",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.tan(a[ao]!);
  },
};
