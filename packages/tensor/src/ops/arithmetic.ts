import { isFloat, promoteOperands, type TensorData } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";
import { asTensor, type BinaryOperation, binary, binaryAs, type Operand } from "./elementwise.ts";

type A = TensorData;

/** @public */
export function add(a: Operand, b: Operand): Tensor {
  return binary(addition, a, b);
}

const addition: BinaryOperation = {
  name: "add",
  loop: (n: number, a: A, ao: number, as: number, b: A, bo: number, bs: number, out: A, oo: number): void => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! + b[bo]!;
  },
  boolLoop: (
    n: number,
    a: A,
    ao: number,
    as: number,
    b: A,
    bo: number,
    bs: number,
    out: A,
    oo: number,
  ): void => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! | b[bo]!;
  },
};

/** @public */
export function sub(a: Operand, b: Operand): Tensor {
  return binary(subtraction, a, b);
}

const subtraction: BinaryOperation = {
  name: "sub",
  loop: (n: number, a: A, ao: number, as: number, b: A, bo: number, bs: number, out: A, oo: number): void => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! - b[bo]!;
  },
  boolLoop: null,
};

/** @public */
export function mul(a: Operand, b: Operand): Tensor {
  return binary(multiplication, a, b);
}

const multiplication: BinaryOperation = {
  name: "mul",
  loop: (n: number, a: A, ao: number, as: number, b: A, bo: number, bs: number, out: A, oo: number): void => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! * b[bo]!;
  },
  // a product of two int32 can lose its low bits as a double
  intLoop: (
    n: number,
    a: A,
    ao: number,
    as: number,
    b: A,
    bo: number,
    bs: number,
    out: A,
    oo: number,
  ): void => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = Math.imul(a[ao]!, b[bo]!);
  },
};

/** @public */
export function div(a: Operand, b: Operand): Tensor {
  const x = asTensor("div", a, b);
  const y = asTensor("div", b, a);
  const dtype = promoteOperands(x.dtype, x.ndim, y.dtype, y.ndim);
  return binaryAs(division, isFloat(dtype) ? dtype : "float32", x, y);
}

const division: BinaryOperation = {
  name: "div",
  loop: (n: number, a: A, ao: number, as: number, b: A, bo: number, bs: number, out: A, oo: number): void => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! / b[bo]!;
  },
};
