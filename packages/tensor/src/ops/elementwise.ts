import { allocate, type DType, promoteOperands, scalarDType } from "../dtype.ts";
import { copyLoop, truthLoop } from "../loops/copy.ts";
import { type BinaryLoop, forEachRow, mergeDimensions, type UnaryLoop } from "../loops/strided.ts";
import { broadcastPair, broadcastStrides, describe, sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";

/**
 * What elementwise functions take: a tensor, or a number that behaves like a 0-d tensor fitting its partner's dtype.
 *
 * @public
 */
export type Operand = Tensor | number;

/** An elementwise function of two operands: its name in errors and one inner loop per kind of element. */
export interface BinaryOperation {
  readonly name: string;
  /** For float32, float64 and every dtype without a loop of its own. */
  readonly loop: BinaryLoop;
  readonly intLoop?: BinaryLoop;
  /** For two bool operands; `null` refuses them. */
  readonly boolLoop?: BinaryLoop | null;
  /** The dtype of the result when it is not that of the promoted operands. */
  readonly result?: "bool";
}

/** Applies `operation` to two operands after broadcasting and type promotion. */
export function binary(operation: BinaryOperation, a: Operand, b: Operand): Tensor {
  const x = asTensor(operation.name, a, b);
  const y = asTensor(operation.name, b, a);
  return binaryAs(operation, promoteOperands(x.dtype, x.ndim, y.dtype, y.ndim), x, y);
}

/** As {@link binary}, computed in the given dtype. */
export function binaryAs(operation: BinaryOperation, dtype: DType, a: Tensor, b: Tensor): Tensor {
  const x = a.dtype === dtype ? a : convert(a, dtype);
  const y = b.dtype === dtype ? b : convert(b, dtype);
  const loop = chooseLoop(operation, dtype);
  const shape = sameShape(x.shape, y.shape) ? x.shape : broadcastPair(operation.name, x.shape, y.shape);
  const out = new Tensor(allocate(operation.result ?? dtype, sizeOfTrusted(shape)), shape);
  runBinary(loop, x, y, out);
  return out;
}

function chooseLoop(operation: BinaryOperation, dtype: DType): BinaryLoop {
  if (dtype === "int32") return operation.intLoop ?? operation.loop;
  if (dtype !== "bool" || operation.boolLoop === undefined) return operation.loop;
  if (operation.boolLoop) return operation.boolLoop;
  throw new TypeError(`${operation.name}: bool tensors are not numbers; convert one with .to("int32") first`);
}

/** The operand itself, or a number as a 0-d tensor of the dtype it takes beside its partner. */
export function asTensor(where: string, operand: Operand, beside: Operand): Tensor {
  if (operand instanceof Tensor) return operand;
  if (typeof operand !== "number") {
    throw new TypeError(`${where}: operands must be tensors or numbers, got ${describe(operand)}`);
  }
  const data = allocate(beside instanceof Tensor ? scalarDType(operand, beside.dtype) : "float32", 1);
  data[0] = operand;
  return new Tensor(data, []);
}

/** A row-major tensor of another dtype with the same values. */
export function convert(x: Tensor, dtype: DType): Tensor {
  const out = new Tensor(allocate(dtype, x.size), x.shape);
  runUnary(dtype === "bool" ? truthLoop : copyLoop, x, out);
  return out;
}

/** `out = loop(x)`: `out` is row-major and has the shape of `x`. */
export function runUnary(loop: UnaryLoop, x: Tensor, out: Tensor): void {
  if (x.isContiguous) {
    loop(x.size, x.data, x.offset, 1, out.data, out.offset);
    return;
  }
  const walk = mergeDimensions(x.shape, [x.strides]);
  const inner = walk.shape.length - 1;
  const n = walk.shape[inner]!;
  const step = walk.strides[0]![inner]!;
  const offsets = [x.offset];
  forEachRow(walk, offsets, (row) => loop(n, x.data, offsets[0]!, step, out.data, out.offset + row));
}

/** `out = loop(a, b)`: `out` is row-major and has the shape that `a` and `b` broadcast to. */
export function runBinary(loop: BinaryLoop, a: Tensor, b: Tensor, out: Tensor): void {
  const size = out.size;
  if (a.isContiguous && b.isContiguous) {
    if (a.size === size && b.size === size) {
      loop(size, a.data, a.offset, 1, b.data, b.offset, 1, out.data, out.offset);
      return;
    }
    if (a.size === size && b.size === 1) {
      loop(size, a.data, a.offset, 1, b.data, b.offset, 0, out.data, out.offset);
      return;
    }
    if (b.size === size && a.size === 1) {
      loop(size, a.data, a.offset, 0, b.data, b.offset, 1, out.data, out.offset);
      return;
    }
  }
  const walk = mergeDimensions(out.shape, [
    broadcastStrides(out.shape, a.shape, a.strides),
    broadcastStrides(out.shape, b.shape, b.strides),
  ]);
  const inner = walk.shape.length - 1;
  const n = walk.shape[inner]!;
  const stepA = walk.strides[0]![inner]!;
  const stepB = walk.strides[1]![inner]!;
  const offsets = [a.offset, b.offset];
  forEachRow(walk, offsets, (row) =>
    loop(n, a.data, offsets[0]!, stepA, b.data, offsets[1]!, stepB, out.data, out.offset + row),
  );
}

function sizeOfTrusted(shape: readonly number[]): number {
  let size = 1;
  for (let d = 0; d < shape.length; d++) size *= shape[d]!;
  return size;
}
