import type { Tensor } from "../tensor.ts";
import { type BinaryOperation, binary, type Operand } from "./elementwise.ts";

/**
 * The sum of two operands, element by element: a + b.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two; int32 wraps around, and bool is "or".
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { add, tensor } from "@rnn/tensor";
 *
 * add(tensor([[1, 2], [3, 4]]), tensor([10, 20])).toArray(); // => [[11, 22], [13, 24]]
 * ```
 *
 * @public
 */
export function add(a: Operand, b: Operand): Tensor {
  return binary(addition, a, b);
}

const addition: BinaryOperation = {
  name: "add",
  kernel: "add",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! + b[bo]!;
  },
  boolLoop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! | b[bo]!;
  },
};

/**
 * The difference of two operands, element by element: a - b.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two; int32 wraps around.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast; TypeError if both operands are bool.
 *
 * @example
 * ```ts
 * import { sub, tensor } from "@rnn/tensor";
 *
 * sub(1, tensor([0.25, 2])).toArray(); // => [0.75, -1]
 * ```
 *
 * @public
 */
export function sub(a: Operand, b: Operand): Tensor {
  return binary(subtraction, a, b);
}

const subtraction: BinaryOperation = {
  name: "sub",
  kernel: "sub",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! - b[bo]!;
  },
  boolLoop: null,
};

/**
 * The product of two operands, element by element: a b.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two; int32 wraps around, and bool is "and".
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { mul, tensor } from "@rnn/tensor";
 *
 * mul(tensor([[1], [2]]), tensor([3, 4])).toArray(); // => [[3, 4], [6, 8]]
 * ```
 *
 * @public
 */
export function mul(a: Operand, b: Operand): Tensor {
  return binary(multiplication, a, b);
}

const multiplication: BinaryOperation = {
  name: "mul",
  kernel: "mul",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! * b[bo]!;
  },
  // as doubles, the product of two int32 could lose its low bits
  intLoop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = Math.imul(a[ao]!, b[bo]!);
  },
};

/**
 * The larger of two operands, element by element; NaN if either is NaN.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { maximum, tensor } from "@rnn/tensor";
 *
 * maximum(tensor([1, -2, NaN]), 0).toArray(); // => [1, 0, NaN]
 * ```
 *
 * @public
 */
export function maximum(a: Operand, b: Operand): Tensor {
  return binary(larger, a, b);
}

const larger: BinaryOperation = {
  name: "maximum",
  kernel: "maximum",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = Math.max(a[ao]!, b[bo]!);
  },
};

/**
 * The smaller of two operands, element by element; NaN if either is NaN.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { minimum, tensor } from "@rnn/tensor";
 *
 * minimum(tensor([1, -2, NaN]), 0).toArray(); // => [0, -2, NaN]
 * ```
 *
 * @public
 */
export function minimum(a: Operand, b: Operand): Tensor {
  return binary(smaller, a, b);
}

const smaller: BinaryOperation = {
  name: "minimum",
  kernel: "minimum",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = Math.min(a[ao]!, b[bo]!);
  },
};
