import { Variable } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import type { StoredTensor, StoredTensors, Tolerance } from "../cases.ts";
import type { Judge, Numbers } from "../judge.ts";
import { toNumbers, type Value } from "../tensors.ts";

/** Results by the names of the case; more of them than the case asks for are no harm. */
export type Outputs = Readonly<Record<string, Value | Numbers>>;

/** Every output that a case wants, against the one of that name. */
export function compareOutputs(judge: Judge, got: Outputs, want: StoredTensors, tolerance?: Tolerance): void {
  for (const [name, wanted] of Object.entries(want)) {
    const output = got[name];
    if (output) judge.tensor(name, isValue(output) ? toNumbers(output) : output, wanted, tolerance);
    else judge.holds(name, false, "no such output", "a tensor");
  }
}

/** As many outputs as wanted, one by one. */
export function compareList(
  judge: Judge,
  what: string,
  got: readonly (Value | Numbers | undefined)[],
  want: readonly StoredTensor[],
  tolerance?: Tolerance,
): void {
  judge.same(`number of ${what}s`, got.length, want.length);
  const named = <T>(list: readonly T[]): [string, T][] => list.map((value, i) => [`${what} ${i}`, value]);
  const results = named(got).filter((entry): entry is [string, Value | Numbers] => entry[1] !== undefined);
  compareOutputs(judge, Object.fromEntries(results), Object.fromEntries(named(want)), tolerance);
}

function isValue(output: Value | Numbers): output is Value {
  return output instanceof Tensor || output instanceof Variable;
}

/** Plain numbers as a float32 vector. */
export function vector(values: readonly number[]): Numbers {
  return { dtype: "float32", shape: [values.length], data: values };
}

/** A plain number as a float32 scalar. */
export function scalar(value: number): Numbers {
  return { dtype: "float32", shape: [], data: [value] };
}

/**
 * A stored tensor that the kind of case always has.
 *
 * @throws Error if the case is malformed.
 */
export function required(stored: StoredTensors, name: string): StoredTensor {
  const found = stored[name];
  if (!found) throw new Error(`the case has no ${name}`);
  return found;
}
