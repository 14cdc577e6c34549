import type { Tensor } from "../tensor.ts";
import { type UnaryOperation, unary } from "./elementwise.ts";

/**
 * Every element over one plus its magnitude: x / (1 + |x|), between -1 and 1.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { softsign, tensor } from "@rnn/tensor";
 *
 * softsign(tensor([-1, 0, 3])).toArray(); // => [-0.5, 0, 0.75]
 * ```
 *
 * @public
 */
export function softsign(x: Tensor): Tensor {
  return unary(softSign, x);
}

const softSign: UnaryOperation = {
  name: "softsign",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = a[ao]! / (1 + Math.abs(a[ao]!));
  },
};

/**
 * The sigmoid made of straight lines of every element: x / 6 + 1/2, inside 0 and 1.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. This is PyTorch's; that of Keras was x / 5 + 1/2.
 *
 * @example
 * ```ts
 * import { hardSigmoid, tensor } from "@rnn/tensor";
 *
 * hardSigmoid(tensor([-4, 0, 1.5])).toArray(); // => [0, 0.5, 0.75]
 * ```
 *
 * @public
 */
export function hardSigmoid(x: Tensor): Tensor {
  return unary(linesLikeSigmoid, x);
}

const linesLikeSigmoid: UnaryOperation = {
  name: "hardSigmoid",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.min(Math.max(a[ao]! / 6 + 0.5, 0), 1);
  },
};

/**
 * The hyperbolic tangent made of straight lines of every element: x, inside -1 and 1.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. For other limits use {@link clamp}.
 *
 * @example
 * ```ts
 * import { hardTanh, tensor } from "@rnn/tensor";
 *
 * hardTanh(tensor([-4, 0.5, 2])).toArray(); // => [-1, 0.5, 1]
 * ```
 *
 * @public
 */
export function hardTanh(x: Tensor): Tensor {
  return unary(linesLikeTanh, x);
}

const linesLikeTanh: UnaryOperation = {
  name: "hardTanh",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.min(Math.max(a[ao]!, -1), 1);
  },
};
