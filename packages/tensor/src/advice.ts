import { Tensor } from "./tensor.ts";

/** What to do about a variable of `@rnn/nn` where a tensor is expected, for the end of a message; `""` for all else. */
export function variableAdvice(value: unknown): string {
  return isVariable(value)
    ? "; pass its .value, or use the functions of @rnn/nn, which keep its gradient"
    : "";
}

/** What to do about a value that `tensor` takes for an element, for the end of a message. */
export function elementAdvice(value: unknown, isInside: boolean): string {
  if (value instanceof Tensor) return isInside ? "; join tensors with stack" : "; copy a tensor with clone()";
  if (ArrayBuffer.isView(value)) return "; use stack(rows.map((row) => tensor(row)))";
  if (!isVariable(value)) return "";
  return isInside ? "; join variables with stack of @rnn/nn" : "; its .value is a tensor already";
}

/** Known by its looks: this package knows nothing of the ones that build on it. */
function isVariable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "value" in value && value.value instanceof Tensor;
}
