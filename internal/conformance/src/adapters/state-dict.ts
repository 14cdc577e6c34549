import type { Tensor } from "@rnn/tensor";
import type { StoredTensors, Tolerance } from "../cases.ts";
import type { Judge } from "../judge.ts";
import { toNumbers } from "../tensors.ts";

/** The same names, in the same order, with the same numbers. */
export function compareStateDict(
  judge: Judge,
  got: ReadonlyMap<string, Tensor>,
  want: StoredTensors,
  tolerance?: Tolerance,
): void {
  judge.same("names", [...got.keys()], Object.keys(want));
  for (const [name, wanted] of Object.entries(want)) {
    const tensor = got.get(name);
    if (tensor) judge.tensor(name, toNumbers(tensor), wanted, tolerance);
  }
}
