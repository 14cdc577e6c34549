import { allocate } from "../dtype.ts";
import { forEachRow, mergeDimensions } from "../loops/strided.ts";
import { broadcastPair, broadcastStrides, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor, scalar, ternary } from "./elementwise.ts";
import { fillValue } from "./fill-value.ts";
import { whereLoop } from "./where.ts";

/**
 * A copy with one number wherever a mask is true.
 *
 * @remarks
 * The two shapes broadcast together; the dtype stays.
 *
 * @throws TypeError if the mask is not bool; {@link ShapeError} if the shapes do not broadcast; RangeError if the
 * number does not fit int32.
 *
 * @example
 * ```ts
 * import { maskedFill, tensor } from "@rnn/tensor";
 *
 * const scores = tensor([[1, 2], [3, 4]]);
 * maskedFill(scores, tensor([false, true]), -Infinity).toArray(); // => [[1, -Infinity], [3, -Infinity]]
 * ```
 *
 * @public
 */
export function maskedFill(x: Tensor, mask: Tensor, value: number): Tensor {
  checkTensor("maskedFill", x);
  checkMask("maskedFill", mask);
  const filling = scalar(fillValue("maskedFill", value, x.dtype), x.dtype);
  return ternary("maskedFill", whereLoop, x.dtype, mask, filling, x);
}

/**
 * The elements where a mask is true, in row-major order, as a vector.
 *
 * @remarks
 * The two shapes broadcast together.
 *
 * @throws TypeError if the mask is not bool; {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { maskedSelect, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, -2], [-3, 4]]);
 * maskedSelect(x, x.gt(0)).toArray(); // => [1, 4]
 * ```
 *
 * @public
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  checkTensor("maskedSelect", x);
  checkMask("maskedSelect", mask);
  const whole = broadcastPair("maskedSelect", x.shape, mask.shape);
  sizeOf("maskedSelect", whole);
  const { shape, strides } = mergeDimensions(whole, [
    broadcastStrides(whole, x.shape, x.strides),
    broadcastStrides(whole, mask.shape, mask.strides),
  ]);
  const inner = shape.length - 1;
  const [step, maskStep] = strides.map((s) => s[inner]!) as [number, number];

  let count = 0;
  forEachRow(shape, strides, [x.offset, mask.offset], (_, at) => {
    for (let i = 0; i < shape[inner]!; i++) if (mask.data[at[1]! + i * maskStep] !== 0) count++;
  });
  const out = allocate(x.dtype, count);
  let to = 0;
  forEachRow(shape, strides, [x.offset, mask.offset], (_, at) => {
    for (let i = 0; i < shape[inner]!; i++) {
      if (mask.data[at[1]! + i * maskStep] !== 0) out[to++] = x.data[at[0]! + i * step]!;
    }
  });
  return new Tensor(out, [count]);
}

function checkMask(where: string, mask: Tensor): void {
  checkTensor(where, mask);
  if (mask.dtype !== "bool") {
    throw new TypeError(
      `${where}: mask has dtype ${mask.dtype}, expected bool; compare it first, as in ne(mask, 0)`,
    );
  }
}
