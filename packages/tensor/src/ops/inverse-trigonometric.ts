import type { Tensor } from "../tensor.ts";
import { floatBinary, mapElements, type Operand, pairLoop } from "./elementwise.ts";

/**
 * The angle in radians, from -π/2 to π/2, whose sine is the element.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. NaN beyond -1 and 1.
 *
 * @example
 * ```ts
 * import { asin, tensor } from "@rnn/tensor";
 *
 * asin(tensor([0, 1, 2])).toArray(); // => [0, 1.570796, NaN]
 * ```
 *
 * @public
 */
export function asin(x: Tensor): Tensor {
  return mapElements("asin", Math.asin, x);
}

/**
 * The angle in radians, from 0 to π, whose cosine is the element.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. NaN beyond -1 and 1.
 *
 * @example
 * ```ts
 * import { acos, tensor } from "@rnn/tensor";
 *
 * acos(tensor([1, -1, 2])).toArray(); // => [0, 3.141593, NaN]
 * ```
 *
 * @public
 */
export function acos(x: Tensor): Tensor {
  return mapElements("acos", Math.acos, x);
}

/**
 * The angle in radians, from -π/2 to π/2, whose tangent is the element.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { atan, tensor } from "@rnn/tensor";
 *
 * atan(tensor([1, Infinity])).toArray(); // => [0.785398, 1.570796]
 * ```
 *
 * @public
 */
export function atan(x: Tensor): Tensor {
  return mapElements("atan", Math.atan, x);
}

/**
 * The angle in radians, from -π to π, between the positive x axis and the point (x, y).
 *
 * @remarks
 * Shapes broadcast; int32 and bool are taken as float32.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { atan2, tensor } from "@rnn/tensor";
 *
 * atan2(tensor([1, 1, -1]), tensor([1, -1, 0])).toArray(); // => [0.785398, 2.356194, -1.570796]
 * ```
 *
 * @public
 */
export function atan2(y: Operand, x: Operand): Tensor {
  return floatBinary({ name: "atan2", loop: pairLoop(Math.atan2) }, y, x);
}
