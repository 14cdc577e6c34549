import type { Tensor } from "../tensor.ts";
import { mapElements } from "./elementwise.ts";

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
  return mapElements("softsign", (v) => v / (1 + Math.abs(v)), x);
}

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
  return mapElements("hardSigmoid", (v) => Math.min(Math.max(v / 6 + 0.5, 0), 1), x);
}

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
  return mapElements("hardTanh", (v) => Math.min(Math.max(v, -1), 1), x);
}
