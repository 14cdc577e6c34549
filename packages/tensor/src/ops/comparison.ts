import type { Tensor } from "../tensor.ts";
import { type BinaryOperation, binary, type Operand } from "./elementwise.ts";

/**
 * Whether two operands are equal, element by element; NaN equals nothing.
 *
 * @remarks
 * Shapes broadcast; the result is bool. A number is first rounded to the dtype of the tensor beside it.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { eq, tensor } from "@rnn/tensor";
 *
 * eq(tensor([1, 2, NaN]), tensor([1, 3, NaN])).toArray(); // => [true, false, false]
 * ```
 *
 * @public
 */
export function eq(a: Operand, b: Operand): Tensor {
  return binary(equal, a, b);
}

const equal: BinaryOperation = {
  name: "eq",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao] === b[bo] ? 1 : 0;
  },
};

/**
 * Whether two operands differ, element by element; NaN differs from everything.
 *
 * @remarks
 * Shapes broadcast; the result is bool. A number is first rounded to the dtype of the tensor beside it.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { ne, tensor } from "@rnn/tensor";
 *
 * ne(tensor([1, 2, NaN]), 2).toArray(); // => [true, false, true]
 * ```
 *
 * @public
 */
export function ne(a: Operand, b: Operand): Tensor {
  return binary(notEqual, a, b);
}

const notEqual: BinaryOperation = {
  name: "ne",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao] !== b[bo] ? 1 : 0;
  },
};

/**
 * Whether the first operand is less than the second, element by element; false for NaN.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { lt, tensor } from "@rnn/tensor";
 *
 * lt(tensor([1, 2, NaN]), 2).toArray(); // => [true, false, false]
 * ```
 *
 * @public
 */
export function lt(a: Operand, b: Operand): Tensor {
  return binary(less, a, b);
}

const less: BinaryOperation = {
  name: "lt",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! < b[bo]! ? 1 : 0;
  },
};

/**
 * Whether the first operand is less than or equal to the second, element by element; false for NaN.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { le, tensor } from "@rnn/tensor";
 *
 * le(tensor([1, 2, 3]), 2).toArray(); // => [true, true, false]
 * ```
 *
 * @public
 */
export function le(a: Operand, b: Operand): Tensor {
  return binary(lessOrEqual, a, b);
}

const lessOrEqual: BinaryOperation = {
  name: "le",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! <= b[bo]! ? 1 : 0;
  },
};

/**
 * Whether the first operand is greater than the second, element by element; false for NaN.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { gt, tensor } from "@rnn/tensor";
 *
 * gt(tensor([1, 2, 3]), 2).toArray(); // => [false, false, true]
 * ```
 *
 * @public
 */
export function gt(a: Operand, b: Operand): Tensor {
  return binary(greater, a, b);
}

const greater: BinaryOperation = {
  name: "gt",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! > b[bo]! ? 1 : 0;
  },
};

/**
 * Whether the first operand is greater than or equal to the second, element by element; false for NaN.
 *
 * @remarks
 * Shapes broadcast; the result is bool.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { ge, tensor } from "@rnn/tensor";
 *
 * ge(tensor([1, 2, 3]), 2).toArray(); // => [false, true, true]
 * ```
 *
 * @public
 */
export function ge(a: Operand, b: Operand): Tensor {
  return binary(greaterOrEqual, a, b);
}

const greaterOrEqual: BinaryOperation = {
  name: "ge",
  result: "bool",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! >= b[bo]! ? 1 : 0;
  },
};
