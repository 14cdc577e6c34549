import { Tensor } from "@rnn/tensor";
import type { Operand } from "../autograd/record.ts";
import { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";

/** What a tensor operation computes with: the value of a variable, or the constant itself. */
export function operandValue(x: Operand): Tensor | number {
  return x instanceof Variable ? x.value : x;
}

/** The tensor of an operand that cannot be a plain number. */
export function tensorOf(x: Variable | Tensor): Tensor {
  return x instanceof Variable ? x.value : x;
}

/** {@link tensorOf} for what a user passed in: throws if `x` is neither, and calls it `what`. */
export function checkTensor(where: string, what: string, x: Variable | Tensor): Tensor {
  if (x instanceof Variable) return x.value;
  if (x instanceof Tensor) return x;
  const hint = Array.isArray(x) ? "; make a tensor of it with tensor(…)" : "";
  throw new TypeError(`${where}: ${what} must be a Tensor or a Variable, got ${describe(x)}${hint}`);
}

/** {@link checkTensor} for each tensor of a list. */
export function checkTensors(where: string, what: string, list: readonly (Variable | Tensor)[]): Tensor[] {
  if (!Array.isArray(list)) {
    throw new TypeError(`${where}: ${what} must be an array of tensors, got ${describe(list)}`);
  }
  return (list as readonly (Variable | Tensor)[]).map((x, i) => checkTensor(where, `${what}[${i}]`, x));
}

/** Whether a backward function has to compute the gradient of this operand. */
export function needsGrad(x: Operand): boolean {
  return x instanceof Variable && x.requiresGrad;
}
