import { add, mul, sum, Variable } from "@rnn/nn";
import type { Context } from "../adapter.ts";
import type { GoldenCase, StoredTensor, StoredTensors } from "../cases.ts";
import { toNumbers, toTensor, type Value } from "../tensors.ts";
import { compareOutputs } from "./outputs.ts";

/** What an adapter computed: the outputs, and the leaves whose gradients the case may ask for. */
export interface Computed {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly inputs?: Readonly<Record<string, Value>>;
  readonly params?: Readonly<Record<string, Value>>;
}

/** The parts of a golden case that say what is wanted, whatever its kind. */
export type Wanted = Pick<GoldenCase, "outputs" | "cotangents" | "grads">;

/** Hands every output of a case to the judge and, if it records gradients, those as well. */
export function compare(
  c: Wanted,
  { judge }: Context,
  { outputs, inputs = {}, params = {} }: Computed,
): void {
  compareOutputs(judge, outputs, c.outputs);
  if (Object.keys(c.cotangents).length === 0) return;
  backward(outputs, c.cotangents);
  compareGradients(c, { judge }, "inputs", inputs);
  compareGradients(c, { judge }, "params", params);
}

/** Differentiates the sum over the outputs of output times cotangent. */
export function backward(outputs: Readonly<Record<string, Value>>, cotangents: StoredTensors): void {
  const terms = Object.entries(cotangents).map(([name, cotangent]) => {
    const output = outputs[name];
    if (!(output instanceof Variable))
      throw new TypeError(`output ${name} is no Variable, so it has no gradient`);
    return sum(mul(output, toTensor(cotangent)));
  });
  const loss = terms.reduce((total, term) => add(total, term));
  // a loss that depends on no leaf has zero gradients, which null stands for as well
  if (loss.requiresGrad) loss.backward();
}

function compareGradients(
  c: Wanted,
  { judge }: Pick<Context, "judge">,
  group: "inputs" | "params",
  leaves: Readonly<Record<string, Value>>,
): void {
  for (const [name, want] of Object.entries(c.grads[group])) {
    const what = `gradient of ${name}`;
    const leaf = leaves[name];
    const grad = leaf instanceof Variable ? leaf.grad : undefined;
    if (grad) judge.tensor(what, toNumbers(grad), want);
    else judge.holds(what, grad === null && isZero(want), "no gradient", want.data.slice(0, 8));
  }
}

/** No gradient at all is a zero gradient. */
function isZero(want: StoredTensor): boolean {
  return want.data.every((n) => n === 0);
}
