import { variableAdvice } from "../advice.ts";
import { allocate, type DType, floatOf, promoteOperands, scalarDType } from "../dtype.ts";
import { type BinaryKernel, binaryKernel, type UnaryKernel, unaryKernel } from "../kernels/pointwise.ts";
import { copyLoop, truthLoop } from "../loops/copy.ts";
import {
  type BinaryLoop,
  repeatsEvenly,
  runBinary,
  runTernary,
  runUnary,
  type TernaryLoop,
  type UnaryLoop,
} from "../loops/strided.ts";
import { broadcastPair, describe, sameShape, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";

/**
 * What elementwise functions take: a tensor, or a number, which takes the dtype of the tensor beside it (but a
 * fraction beside int32 or bool makes the result float32).
 *
 * @public
 */
export type Operand = Tensor | number;

/** An elementwise function of one tensor. */
export interface UnaryOperation {
  readonly name: string;
  readonly loop: UnaryLoop;
  /** The dtype of the result: as the input, a float (float32 for int32 and bool), or truth values. */
  readonly result: "same" | "float" | "bool";
  /** Whether truth values count as numbers here; true if absent. */
  readonly acceptsBool?: false;
  /** Takes over contiguous float32, where SIMD is worth it. */
  readonly kernel?: UnaryKernel;
}

/** An elementwise function of two operands: its name in errors and an inner loop per kind of element. */
export interface BinaryOperation {
  readonly name: string;
  /** For float32, float64 and every dtype without a loop of its own. */
  readonly loop: BinaryLoop;
  /** Takes over contiguous float32, where SIMD is worth it. */
  readonly kernel?: BinaryKernel;
  readonly intLoop?: BinaryLoop;
  /** For two bool operands; `null` refuses them. */
  readonly boolLoop?: BinaryLoop | null;
  /** Truth values, if the result is not of the promoted dtype of the operands. */
  readonly result?: "bool";
}

/** Applies `operation` to every element. */
export function unary(operation: UnaryOperation, x: Tensor): Tensor {
  checkTensor(operation.name, x);
  if (x.dtype === "bool" && operation.acceptsBool === false) throw notNumbers(operation.name);
  const { result } = operation;
  const dtype = result === "same" ? x.dtype : result === "float" ? floatOf(x.dtype) : "bool";
  const out = new Tensor(allocate(dtype, x.size), x.shape);
  const { kernel, loop } = operation;
  runUnary(kernel === undefined || x.dtype !== "float32" ? loop : unaryRows(kernel, loop), x, out);
  return out;
}

/** Applies `f` to every element as a float; for functions that take longer than the call. */
export function mapElements(name: string, f: (x: number) => number, x: Tensor): Tensor {
  const loop: UnaryLoop = (n, a, ao, as, out, oo) => {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = f(a[ao]!);
  };
  return unary({ name, loop, result: "float" }, x);
}

/** The loop that applies `f` to every pair of elements; for functions that take longer than the call. */
export function pairLoop(f: (a: number, b: number) => number): BinaryLoop {
  return (n, a, ao, as, b, bo, bs, out, oo) => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = f(a[ao]!, b[bo]!);
  };
}

/** A loop that leaves rows of neighbouring float32 to SIMD where that is worth it. */
function unaryRows(kernel: UnaryKernel, loop: UnaryLoop): UnaryLoop {
  return (n, a, ao, as, out, oo) => {
    const areFloats = as === 1 && a instanceof Float32Array && out instanceof Float32Array;
    if (!(areFloats && unaryKernel(kernel, a, ao, out, oo, n))) loop(n, a, ao, as, out, oo);
  };
}

/** Applies `operation` to two operands after broadcasting and type promotion. */
export function binary(operation: BinaryOperation, a: Operand, b: Operand): Tensor {
  const x = asTensor(operation.name, a, b);
  const y = asTensor(operation.name, b, a);
  return binaryAs(operation, promoteOperands(x.dtype, x.ndim, y.dtype, y.ndim), x, y);
}

/** As {@link binary}, in floating point: float32 for int32 and bool. */
export function floatBinary(operation: BinaryOperation, a: Operand, b: Operand): Tensor {
  const x = asTensor(operation.name, a, b);
  const y = asTensor(operation.name, b, a);
  return binaryAs(operation, floatOf(promoteOperands(x.dtype, x.ndim, y.dtype, y.ndim)), x, y);
}

/** As {@link binary}, computed in the given dtype. */
export function binaryAs(operation: BinaryOperation, dtype: DType, a: Tensor, b: Tensor): Tensor {
  const loop = chooseLoop(operation, dtype);
  const shape = sameShape(a.shape, b.shape) ? a.shape : broadcastPair(operation.name, a.shape, b.shape);
  const out = new Tensor(allocate(operation.result ?? dtype, sizeOf(operation.name, shape)), shape);
  const x = a.dtype === dtype ? a : convert(a, dtype);
  const y = b.dtype === dtype ? b : convert(b, dtype);
  const { kernel } = operation;
  if (kernel === undefined || dtype !== "float32") runBinary(loop, x, y, out);
  else if (!runBinaryKernel(kernel, x, y, out)) runBinary(binaryRows(kernel, loop), x, y, out);
  return out;
}

/** Everything at once, where one operand is whole and the other repeats. */
function runBinaryKernel(kernel: BinaryKernel, a: Tensor, b: Tensor, out: Tensor): boolean {
  if (!(repeatsEvenly(a, out.shape) && repeatsEvenly(b, out.shape))) return false;
  const { data: target, size } = out;
  const { data: x } = a;
  const { data: y } = b;
  if (!(x instanceof Float32Array && y instanceof Float32Array && target instanceof Float32Array))
    return false;
  return binaryKernel(kernel, x, a.offset, a.size, y, b.offset, b.size, target, out.offset, size);
}

/** A loop that leaves rows of neighbouring float32, and a number beside each, to SIMD where that is worth it. */
function binaryRows(kernel: BinaryKernel, loop: BinaryLoop): BinaryLoop {
  return (n, a, ao, as, b, bo, bs, out, oo) => {
    const areRows = (as === 1 && (bs === 1 || bs === 0)) || (as === 0 && bs === 1);
    const areFloats = a instanceof Float32Array && b instanceof Float32Array && out instanceof Float32Array;
    if (areRows && areFloats && binaryKernel(kernel, a, ao, as * n || 1, b, bo, bs * n || 1, out, oo, n))
      return;
    loop(n, a, ao, as, b, bo, bs, out, oo);
  };
}

/** Applies a loop of three operands, whose result has the given dtype, after broadcasting. */
export function ternary(
  name: string,
  loop: TernaryLoop,
  dtype: DType,
  a: Tensor,
  b: Tensor,
  c: Tensor,
): Tensor {
  const shape = broadcastPair(name, broadcastPair(name, a.shape, b.shape), c.shape);
  const out = new Tensor(allocate(dtype, sizeOf(name, shape)), shape);
  runTernary(loop, a, b, c, out);
  return out;
}

function chooseLoop(operation: BinaryOperation, dtype: DType): BinaryLoop {
  if (dtype === "int32") return operation.intLoop ?? operation.loop;
  if (dtype !== "bool" || operation.boolLoop === undefined) return operation.loop;
  if (operation.boolLoop === null) throw notNumbers(operation.name);
  return operation.boolLoop;
}

function notNumbers(where: string): TypeError {
  return new TypeError(`${where}: bool tensors are not numbers; convert with .to("int32") first`);
}

/** Throws unless `x` is a tensor; for callers without a type checker. */
export function checkTensor(where: string, x: Tensor): void {
  if (x instanceof Tensor) return;
  throw new TypeError(`${where}: expected a tensor, got ${describe(x)}${variableAdvice(x)}`);
}

/** The operand itself, or a number as a 0-d tensor of the dtype it takes beside its partner. */
export function asTensor(where: string, operand: Operand, beside: Operand): Tensor {
  if (operand instanceof Tensor) return operand;
  if (typeof operand !== "number") {
    throw new TypeError(
      `${where}: operands must be tensors or numbers, got ${describe(operand)}${variableAdvice(operand)}`,
    );
  }
  return scalar(operand, beside instanceof Tensor ? scalarDType(operand, beside.dtype) : "float32");
}

/** A 0-d tensor. */
export function scalar(value: number, dtype: DType): Tensor {
  const data = allocate(dtype, 1);
  data[0] = value;
  return new Tensor(data, []);
}

/** A row-major tensor of the given dtype with the same values: fractions are cut off for int32, bool is "not 0". */
export function convert(x: Tensor, dtype: DType): Tensor {
  const out = new Tensor(allocate(dtype, x.size), x.shape);
  if (x.isContiguous && x.dtype === dtype) out.data.set(x.data.subarray(x.offset, x.offset + x.size));
  else runUnary(dtype === "bool" ? truthLoop : copyLoop, x, out);
  return out;
}
