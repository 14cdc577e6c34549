import { select, stack, Variable, where } from "@rnn/nn";
import { Tensor, zeros } from "@rnn/tensor";
import type { RecurrentState } from "../nn/recurrent-layers.ts";
import type { CellWeights, Step } from "./composed-cells.ts";

/** How {@link runComposed} runs. */
export interface ComposedOptions {
  /** Absent: zeros, with a cell state if `hasCell`. */
  readonly state?: RecurrentState | undefined;
  readonly hasCell: boolean;
  /** `[N][L]`: false leaves the state as it is. */
  readonly mask?: readonly (readonly boolean[])[] | undefined;
  /** From the last step to the first. */
  readonly reverse?: boolean | undefined;
}

/** A cell over `input` `[N, L, I]`: the h after every step, in order of processing, `[N, L, H]`, and the last state. */
export function runComposed(
  step: Step,
  weights: CellWeights,
  input: Variable,
  { state, hasCell, mask, reverse = false }: ComposedOptions,
): { output: Variable; state: RecurrentState } {
  const [rows, length] = input.shape as [number, number];
  const hiddenSize = weights.weight_hh.shape[1] as number;
  const zero = (): Variable => new Variable(zeros([rows, hiddenSize]));
  let current: RecurrentState = state ?? { h: zero(), ...(hasCell ? { c: zero() } : {}) };
  const outputs: Variable[] = [];
  for (let i = 0; i < length; i++) {
    const t = reverse ? length - 1 - i : i;
    const next = step(select(input, 1, t), current, weights);
    current = mask ? keepMasked(next, current, column(mask, t)) : next;
    outputs.push(current.h);
  }
  return { output: stack(outputs, 1), state: current };
}

/** `[N, 1]`: which rows have a step `t`. */
function column(mask: readonly (readonly boolean[])[], t: number): Tensor {
  return new Tensor(
    Uint8Array.from(mask, (row) => (row[t] ? 1 : 0)),
    [mask.length, 1],
  );
}

/** Masked steps leave h and c alone. */
function keepMasked(next: RecurrentState, before: RecurrentState, isStep: Tensor): RecurrentState {
  const h = where(isStep, next.h, before.h);
  return next.c && before.c ? { h, c: where(isStep, next.c, before.c) } : { h };
}
