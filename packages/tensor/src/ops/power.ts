import { Tensor } from "../tensor.ts";
import {
  type BinaryOperation,
  binary,
  checkTensor,
  floatBinary,
  mapElements,
  type Operand,
  pairLoop,
  type UnaryOperation,
  unary,
} from "./elementwise.ts";

/**
 * One operand to the power of the other, element by element: a^b.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two. As in C and PyTorch, 1 to any power and anything to the power 0
 * are 1, NaN included. int32 wraps around; a negative int32 power of an int32 is 0 unless the base is 1 or -1.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast; TypeError if both operands are bool; RangeError for a
 * negative whole number as the power of an int32 tensor: convert the tensor to float32 first.
 *
 * @example
 * ```ts
 * import { pow, tensor } from "@rnn/tensor";
 *
 * pow(tensor([1, 2, 3]), 2).toArray(); // => [1, 4, 9]
 * pow(2, tensor([0, 1, -1])).toArray(); // => [1, 2, 0.5]
 * ```
 *
 * @public
 */
export function pow(a: Operand, b: Operand): Tensor {
  if (a instanceof Tensor && typeof b === "number") {
    if (b === 2 && a.dtype !== "bool") return square(a);
    if (b < 0 && Number.isInteger(b) && a.dtype === "int32") {
      throw new RangeError(
        `pow: int32 to the power ${b} is not a whole number; convert with .to("float32") first`,
      );
    }
  }
  return binary(power, a, b);
}

const power: BinaryOperation = {
  name: "pow",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) {
      const x = a[ao]!;
      const y = b[bo]!;
      const z = x ** y;
      out[oo + i] = Number.isNaN(z) ? nanPower(x, y) : z;
    }
  },
  intLoop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = intPower(a[ao]!, b[bo]!);
  },
  boolLoop: null,
};

/** JavaScript says NaN where C says 1: for 1 to the NaN and for 1 or -1 to an infinity. */
function nanPower(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : Number.NaN;
}

/** By repeated squaring, so that low bits survive wrapping. */
function intPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? 1 - 2 * (exponent & 1) : 0;
  let result = 1;
  let factor = base;
  for (let e = exponent; e > 0; e >>= 1) {
    if (e & 1) result = Math.imul(result, factor);
    factor = Math.imul(factor, factor);
  }
  return result;
}

/**
 * The square of every element: x².
 *
 * @remarks
 * The shape and dtype stay; int32 wraps around.
 *
 * @throws TypeError for bool.
 *
 * @example
 * ```ts
 * import { square, tensor } from "@rnn/tensor";
 *
 * square(tensor([-3, 0.5])).toArray(); // => [9, 0.25]
 * ```
 *
 * @public
 */
export function square(x: Tensor): Tensor {
  checkTensor("square", x);
  return unary(x.dtype === "int32" ? intSquaring : squaring, x);
}

const squaring: UnaryOperation = {
  name: "square",
  result: "same",
  acceptsBool: false,
  kernel: "square",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = a[ao]! * a[ao]!;
  },
};

const intSquaring: UnaryOperation = {
  ...squaring,
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.imul(a[ao]!, a[ao]!);
  },
};

/**
 * The square root of every element: √x; NaN below zero.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { sqrt, tensor } from "@rnn/tensor";
 *
 * sqrt(tensor([0, 2.25, -1])).toArray(); // => [0, 1.5, NaN]
 * ```
 *
 * @public
 */
export function sqrt(x: Tensor): Tensor {
  return unary(squareRoot, x);
}

const squareRoot: UnaryOperation = {
  name: "sqrt",
  result: "float",
  kernel: "sqrt",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.sqrt(a[ao]!);
  },
};

/**
 * One over every element: 1 / x.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. Zero gives an infinity.
 *
 * @example
 * ```ts
 * import { reciprocal, tensor } from "@rnn/tensor";
 *
 * reciprocal(tensor([2, -4])).toArray(); // => [0.5, -0.25]
 * ```
 *
 * @public
 */
export function reciprocal(x: Tensor): Tensor {
  return unary(oneOver, x);
}

const oneOver: UnaryOperation = {
  name: "reciprocal",
  result: "float",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = 1 / a[ao]!;
  },
};

/**
 * One over the square root of every element: 1 / √x; Infinity at 0 and NaN below.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { rsqrt, tensor } from "@rnn/tensor";
 *
 * rsqrt(tensor([4, 0, -1])).toArray(); // => [0.5, Infinity, NaN]
 * ```
 *
 * @public
 */
export function rsqrt(x: Tensor): Tensor {
  return mapElements("rsqrt", (value) => 1 / Math.sqrt(value), x);
}

/**
 * The length of the hypotenuse, element by element: √(a² + b²), without overflow on the way.
 *
 * @remarks
 * Shapes broadcast; int32 and bool are taken as float32.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { hypot, tensor } from "@rnn/tensor";
 *
 * hypot(tensor([3, 5]), tensor([4, 12])).toArray(); // => [5, 13]
 * ```
 *
 * @public
 */
export function hypot(a: Operand, b: Operand): Tensor {
  return floatBinary({ name: "hypot", loop: pairLoop(Math.hypot) }, a, b);
}
