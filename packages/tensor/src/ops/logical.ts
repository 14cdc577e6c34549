import type { Tensor } from "../tensor.ts";
import { type BinaryOperation, binary, type Operand, type UnaryOperation, unary } from "./elementwise.ts";

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
  return unary(not, x);
}

const not: UnaryOperation = {
  name: "logicalNot",
  result: "bool",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = a[ao] === 0 ? 1 : 0;
  },
};

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
  return binary(and, a, b);
}

const and: BinaryOperation = {
  name: "logicalAnd",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao] !== 0 && b[bo] !== 0 ? 1 : 0;
  },
};

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
  return binary(or, a, b);
}

const or: BinaryOperation = {
  name: "logicalOr",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao] !== 0 || b[bo] !== 0 ? 1 : 0;
  },
};

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
  return binary(xor, a, b);
}

const xor: BinaryOperation = {
  name: "logicalXor",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = (a[ao] !== 0) !== (b[bo] !== 0) ? 1 : 0;
  },
};

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
  return unary(nan, x);
}

const nan: UnaryOperation = {
  name: "isnan",
  result: "bool",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Number.isNaN(a[ao]) ? 1 : 0;
  },
};

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
  return unary(infinite, x);
}

const infinite: UnaryOperation = {
  name: "isinf",
  result: "bool",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.abs(a[ao]!) === Infinity ? 1 : 0;
  },
};

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
  return unary(finite, x);
}

const finite: UnaryOperation = {
  name: "isfinite",
  result: "bool",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Number.isFinite(a[ao]) ? 1 : 0;
  },
};
