import type { Tensor } from "../tensor.ts";
import { mapElements } from "./elementwise.ts";

/**
 * The hyperbolic sine of every element: (eˣ - e⁻ˣ) / 2.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { sinh, tensor } from "@rnn/tensor";
 *
 * sinh(tensor([0, 1])).toArray(); // => [0, 1.175201]
 * ```
 *
 * @public
 */
export function sinh(x: Tensor): Tensor {
  return mapElements("sinh", Math.sinh, x);
}

/**
 * The hyperbolic cosine of every element: (eˣ + e⁻ˣ) / 2.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { cosh, tensor } from "@rnn/tensor";
 *
 * cosh(tensor([0, 1])).toArray(); // => [1, 1.543081]
 * ```
 *
 * @public
 */
export function cosh(x: Tensor): Tensor {
  return mapElements("cosh", Math.cosh, x);
}

/**
 * The inverse hyperbolic sine of every element.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { asinh, tensor } from "@rnn/tensor";
 *
 * asinh(tensor([0, 1])).toArray(); // => [0, 0.881374]
 * ```
 *
 * @public
 */
export function asinh(x: Tensor): Tensor {
  return mapElements("asinh", Math.asinh, x);
}

/**
 * The inverse hyperbolic cosine of every element.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. NaN below 1.
 *
 * @example
 * ```ts
 * import { acosh, tensor } from "@rnn/tensor";
 *
 * acosh(tensor([1, 2, 0])).toArray(); // => [0, 1.316958, NaN]
 * ```
 *
 * @public
 */
export function acosh(x: Tensor): Tensor {
  return mapElements("acosh", Math.acosh, x);
}

/**
 * The inverse hyperbolic tangent of every element.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. An infinity at -1 and 1, NaN beyond.
 *
 * @example
 * ```ts
 * import { atanh, tensor } from "@rnn/tensor";
 *
 * atanh(tensor([0.5, 1, 2])).toArray(); // => [0.549306, Infinity, NaN]
 * ```
 *
 * @public
 */
export function atanh(x: Tensor): Tensor {
  return mapElements("atanh", Math.atanh, x);
}
