import type { Tensor } from "@rnn/tensor";
import type { Operand } from "../autograd/record.ts";
import { Variable } from "../autograd/variable.ts";

/** What a tensor operation computes with: the value of a variable, or the constant itself. */
export function operandValue(x: Operand): Tensor | number {
  return x instanceof Variable ? x.value : x;
}

/** The tensor of an operand that cannot be a plain number. */
export function tensorOf(x: Variable | Tensor): Tensor {
  return x instanceof Variable ? x.value : x;
}

/** Whether a backward function has to compute the gradient of this operand. */
export function needsGrad(x: Operand): boolean {
  return x instanceof Variable && x.requiresGrad;
}
