import type { Tensor } from "../tensor.ts";
import { binary, mapElements, type Operand, pairLoop } from "./elementwise.ts";

/**
 * Whether every element is zero or false.
 *
 * @remarks
 * The shape stays; the result is bool. NaN counts as true, so its negation is false.
 *
 * @example
 * ```ts
 * import { logicalNot, tensor } from "@rnn/tensor";
 *
 * logicalNot(tensor([0, 2, NaN])).toArray(); // => [true, false, false]
 * ```
 *
 * @public
 */
export function logicalNot(x: Tensor): Tensor {
  return whether("logicalNot", (v) => v === 0, x);
}

/**
 * Whether both operands are true (not zero), element by element.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { logicalAnd, tensor } from "@rnn/tensor";
 *
 * logicalAnd(tensor([true, true]), tensor([true, false])).toArray(); // => [true, false]
 * ```
 *
 * @public
 */
export function logicalAnd(a: Operand, b: Operand): Tensor {
  return whetherBoth("logicalAnd", (x, y) => x !== 0 && y !== 0, a, b);
}

/**
 * Whether at least one of two operands is true (not zero), element by element.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { logicalOr, tensor } from "@rnn/tensor";
 *
 * logicalOr(tensor([true, false]), tensor([false, false])).toArray(); // => [true, false]
 * ```
 *
 * @public
 */
export function logicalOr(a: Operand, b: Operand): Tensor {
  return whetherBoth("logicalOr", (x, y) => x !== 0 || y !== 0, a, b);
}

/**
 * Whether exactly one of two operands is true (not zero), element by element.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { logicalXor, tensor } from "@rnn/tensor";
 *
 * logicalXor(tensor([true, true]), tensor([true, false])).toArray(); // => [false, true]
 * ```
 *
 * @public
 */
export function logicalXor(a: Operand, b: Operand): Tensor {
  return whetherBoth("logicalXor", (x, y) => (x !== 0) !== (y !== 0), a, b);
}

/**
 * Whether every element is NaN.
 *
 * @remarks
 * The shape stays; the result is bool.
 *
 * @example
 * ```ts
 * import { isnan, tensor } from "@rnn/tensor";
 *
 * isnan(tensor([0, NaN, Infinity])).toArray(); // => [false, true, false]
 * ```
 *
 * @public
 */
export function isnan(x: Tensor): Tensor {
  return whether("isnan", Number.isNaN, x);
}

/**
 * Whether every element is an infinity of either sign.
 *
 * @remarks
 * The shape stays; the result is bool.
 *
 * @example
 * ```ts
 * import { isinf, tensor } from "@rnn/tensor";
 *
 * isinf(tensor([0, NaN, -Infinity])).toArray(); // => [false, false, true]
 * ```
 *
 * @public
 */
export function isinf(x: Tensor): Tensor {
  return whether("isinf", (v) => Math.abs(v) === Infinity, x);
}

/**
 * Whether every element is neither NaN nor an infinity.
 *
 * @remarks
 * The shape stays; the result is bool.
 *
 * @example
 * ```ts
 * import { isfinite, tensor } from "@rnn/tensor";
 *
 * isfinite(tensor([0, NaN, Infinity])).toArray(); // => [true, false, false]
 * ```
 *
 * @public
 */
export function isfinite(x: Tensor): Tensor {
  return whether("isfinite", Number.isFinite, x);
}

/** Whether `test` holds, element by element. */
function whether(name: string, test: (x: number) => boolean, x: Tensor): Tensor {
  return mapElements(name, (v) => Number(test(v)), x, "bool");
}

/** Whether `test` holds, pair by pair. */
function whetherBoth(name: string, test: (x: number, y: number) => boolean, a: Operand, b: Operand): Tensor {
  return binary({ name, result: "bool", loop: pairLoop((x, y) => Number(test(x, y))) }, a, b);
}
