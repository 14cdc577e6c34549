import { ShapeError, Tensor, zerosLike } from "@rnn/tensor";
import { Variable, variable } from "../autograd/variable.ts";
import { during } from "../autograd/watch.ts";
import { describe } from "../describe.ts";
import { checkTensor } from "../functional/operand.ts";
import { stack } from "../functional/stack.ts";
import { unbind } from "../functional/unbind.ts";
import { where } from "../functional/where.ts";
import type { Lengths } from "../lengths.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { type IsStep, type StepChoice, validSteps } from "./valid-steps.ts";

/**
 * What {@link scan} runs: one step from an input and the state before it (absent at the first step if none was given)
 * to the state after it. A module with such a `forward`, or the function itself.
 *
 * @public
 */
export type ScanCell<State> =
  | { forward(x: Variable, state?: State): State }
  | ((x: Variable, state?: State) => State);

/**
 * The state of a {@link ScanCell}: variables by name, with the batch as their first dimension. `h` is what the cell puts
 * out.
 *
 * @public
 */
export type ScanState<State> = { readonly h: Variable } & { readonly [Part in keyof State]: Variable };

/**
 * Options of {@link scan}.
 *
 * @public
 */
export interface ScanOptions {
  /** How many steps each row of the batch has, in any order, zero included. Default: all of them. */
  lengths?: Lengths | undefined;
  /** Which steps count: bool `[L, N]`. The state passes the others unchanged, and their output is zero. Default: all. */
  mask?: Tensor | undefined;
  /** Whether to run from the last step of each row to the first. Default `false`. */
  reverse?: boolean | undefined;
}

const optionNames: OptionNames<ScanOptions> = { lengths: true, mask: true, reverse: true };

/**
 * Runs a cell of your own over a sequence.
 *
 * For each step: state' = cell(x[t], state), output[t] = state'.h
 *
 * @remarks
 * Shapes: input `[L, N, ...]`, of which the cell gets `[N, ...]` at each step; output `[L, N, ...]`, the `h` of every
 * step. Without `lengths` the batch dimension may be missing.
 *
 * With `lengths`, row n is a sequence of `lengths[n]` steps: its output is zero after them, its final state is that of
 * its last step, with `reverse` it starts there, and the padding reads as zeros. A row without steps keeps the state
 * given; zeros if none was given. With `mask`, the steps of a row are those that it picks.
 *
 * `RNNCell`, `LSTMCell` and `GRUCell` are such cells. The layers `RNN`, `LSTM` and `GRU` compute the same faster.
 *
 * @param cell - makes one step
 * @param input - the sequence
 * @param state - the state to start from; left to the cell if absent
 * @returns the `h` of every step, and the state to carry on with
 *
 * @throws {@link @rnn/tensor#ShapeError} if the input has no time steps, or `lengths` or `mask` do not fit the batch.
 * @throws RangeError if a length is out of its range.
 * @throws TypeError if `cell` cannot be called, returns no `h`, or `input` is not a tensor.
 *
 * @example
 * The minimal gated unit of Zhou et al. 2016: f = sigmoid(W_f [x, h]), h' = (1 - f) h + f tanh(W_h [x, f h])
 *
 * ```ts
 * import { cat, Linear, Module, scan, type Variable, variable } from "@rnn/nn";
 * import { randn, zeros } from "@rnn/tensor";
 *
 * class MinimalGatedCell extends Module {
 *   readonly #hiddenSize: number;
 *   readonly #forget: Linear;
 *   readonly #candidate: Linear;
 *
 *   constructor(inputSize: number, hiddenSize: number) {
 *     super();
 *     this.#hiddenSize = hiddenSize;
 *     const sizes = { inFeatures: inputSize + hiddenSize, outFeatures: hiddenSize };
 *     this.#forget = this.child("forget", new Linear(sizes));
 *     this.#candidate = this.child("candidate", new Linear(sizes));
 *   }
 *
 *   override forward(x: Variable, state?: { h: Variable }): { h: Variable } {
 *     const h = state?.h ?? variable(zeros([x.shape[0] ?? 1, this.#hiddenSize]));
 *     const f = this.#forget.forward(cat([x, h], 1)).sigmoid();
 *     const candidate = this.#candidate.forward(cat([x, f.mul(h)], 1)).tanh();
 *     return { h: h.add(f.mul(candidate.sub(h))) };
 *   }
 * }
 *
 * const cell = new MinimalGatedCell(4, 8);
 * const { output, state } = scan(cell, randn([5, 2, 4]), undefined, { lengths: [5, 3] });
 * output.shape; // => [5, 2, 8]
 * state.h.shape; // => [2, 8]
 * ```
 *
 * @public
 */
export function scan<State extends ScanState<State>>(
  cell: ScanCell<State>,
  input: Variable | Tensor,
  state?: State,
  options: ScanOptions = {},
): { output: Variable; state: State } {
  const { reverse = false, ...choice } = checkOptions("scan", options, optionNames);
  checkFlag("scan", "reverse", reverse);
  if (typeof cell !== "function" && typeof cell?.forward !== "function") {
    throw new TypeError(`scan: cell must be a function or have a method forward, got ${describe(cell)}`);
  }
  checkTensor("scan", "input", input);
  const x = variable(input);
  const isStep = checkSequence(x, choice);
  const steps = during({ step: "of result" }, () => unbind(isStep === null ? x : clearOthers(x, isStep), 0));
  const outputs = new Array<Variable>(steps.length);
  for (let k = 0; k < steps.length; k++) {
    const t = reverse ? steps.length - 1 - k : k;
    const next = during({ step: t }, () =>
      typeof cell === "function" ? cell(steps[t]!, state) : cell.forward(steps[t]!, state),
    );
    checkState(next);
    const runs = isStep && Uint8Array.from({ length: x.shape[1]! }, (_, row) => Number(isStep(t, row)));
    if (runs === null || runs.every((one) => one === 1)) {
      state = next;
      outputs[t] = next.h;
    } else {
      state = keepOthers(runs, next, state);
      outputs[t] = whereRuns(runs, next.h, 0);
    }
  }
  return { output: stack(outputs, 0), state: state as State };
}

/** Zeros in the steps that do not count: whatever stands there, NaN included, must not be computed with. */
function clearOthers(x: Variable, isStep: IsStep): Variable {
  const [L, N] = x.shape as [number, number];
  const counts = Uint8Array.from({ length: L * N }, (_, at) => Number(isStep(Math.floor(at / N), at % N)));
  if (counts.every((one) => one === 1)) return x;
  return where(new Tensor(counts, [L, N, ...x.shape.slice(2).fill(1)]), x, 0);
}

/** The next state of rows that run, the state before of the others. */
function keepOthers<State extends ScanState<State>>(
  runs: Uint8Array,
  next: State,
  before: State | undefined,
): State {
  const kept = {} as Record<keyof State, Variable>;
  for (const part in next) {
    kept[part] = whereRuns(runs, next[part], before?.[part] ?? zerosLike(next[part].value));
  }
  return kept as unknown as State;
}

/** Rows of `a` `[N, ...]` that run, `b` in the others. */
function whereRuns(runs: Uint8Array, a: Variable, b: Variable | Tensor | number): Variable {
  return where(new Tensor(runs, [runs.length, ...a.shape.slice(1).fill(1)]), a, b);
}

function checkSequence(x: Variable, choice: StepChoice): IsStep | null {
  const { shape } = x;
  const [steps, batch] = shape;
  if (steps === undefined) throw new ShapeError("scan: input has no time dimension (input shape [])");
  if (steps === 0) throw new ShapeError(`scan: input has no time steps (input shape ${printShape(shape)})`);
  if (choice.lengths === undefined && choice.mask === undefined) return null;
  if (batch === undefined) {
    const name = choice.lengths === undefined ? "mask needs" : "lengths need";
    throw new ShapeError(`scan: ${name} an input [L, N, ...], got shape ${printShape(shape)}`);
  }
  return validSteps("scan", choice, { steps, batch, dims: "[L, N]", shape });
}

function checkState(state: { readonly h: Variable } | undefined): void {
  if (state?.h instanceof Variable) return;
  throw new TypeError("scan: the cell must return a state with a variable h: { h } or { h, ... }");
}
