import { ShapeError, Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import { printShape, sameShape } from "../shape.ts";

/** Throws unless `gradient` may be the `grad` of a variable whose value is `value`. */
export function checkGradient(value: Tensor, gradient: Tensor | null): void {
  if (gradient === null) return;
  if (!(gradient instanceof Tensor)) {
    throw new TypeError(`Variable: grad must be a Tensor or null, got ${describe(gradient)}`);
  }
  if (!sameShape(gradient.shape, value.shape)) {
    throw new ShapeError(
      `Variable: grad has shape ${printShape(gradient.shape)}, but the value has ${printShape(value.shape)}`,
    );
  }
  if (gradient.dtype === value.dtype) return;
  throw new TypeError(
    `Variable: grad is ${gradient.dtype}, but the value is ${value.dtype}; convert it with .to("${value.dtype}")`,
  );
}
