import { checkChoice, checkOptions, type OptionNames } from "./check.ts";
import { checkLoss } from "./check-loss.ts";
import { detachState } from "./detach-state.ts";
import { checkProblem, runPiece, type SequenceProblem } from "./sequence-problem.ts";

/**
 * Options of {@link bptt}.
 *
 * @public
 */
export interface BPTTOptions {
  /** Which steps have a loss: `"every"` one (summed over time) or only the `"last"`. Default `"every"`. */
  lossAt?: "every" | "last" | undefined;
}

const OPTIONS: OptionNames<BPTTOptions> = { lossAt: true };

/**
 * Backpropagation through time: runs the whole sequence and adds the gradient of its loss to every parameter.
 *
 * L = Σ_t L_t, and dL/dW = Σ_t Σ_(k≤t) dL_t/dy_t · dy_t/dh_t · dh_t/dh_k · dh_k/dW, where dh_t/dh_k is the product of
 * the steps between. With `lossAt: "last"`, L is the last L_t alone, as in classification.
 *
 * @remarks
 * The graph of all L steps is in memory at once; {@link tbptt} bounds it. Gradients are added to what is already
 * there: call `optimizer.zeroGrad()` in between. Source: Werbos 1990.
 *
 * @returns the loss, and the state after the last step, detached
 * @throws TypeError if `forward` or `loss` is not a function or returns something else, or for an unknown option.
 * @throws RangeError if `length` is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { Parameter, type Variable, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { bptt } from "@rnn/train";
 *
 * // h_t = w h_(t-1) + 1 from h = 0: 1, 3, 7 for w = 2; the loss is their sum
 * const w = new Parameter(tensor(2));
 * const { loss } = bptt({
 *   length: 3,
 *   forward(start, end, state: Variable = variable(0)) {
 *     let sum = variable(0);
 *     for (let t = start; t < end; t++) {
 *       state = state.mul(w).add(1);
 *       sum = sum.add(state);
 *     }
 *     return { output: sum, state };
 *   },
 *   loss: (output) => output,
 * });
 * loss; // => 11
 * w.grad?.item(); // d/dw (1 + (w + 1) + (w² + w + 1)) => 6
 * ```
 *
 * @public
 */
export function bptt<State>(
  problem: SequenceProblem<State>,
  options: BPTTOptions = {},
): { loss: number; state: State } {
  const where = "bptt";
  checkProblem(where, problem);
  checkOptions(where, options, OPTIONS);
  const { lossAt = "every" } = options;
  checkChoice(where, "lossAt", lossAt, ["every", "last"]);
  const { length } = problem;
  const lossStart = lossAt === "last" ? length - 1 : 0;
  let state = problem.state;
  if (lossStart > 0) state = runPiece(where, problem, 0, lossStart, state).state;
  const end = runPiece(where, problem, lossStart, length, state);
  const loss = checkLoss(where, problem.loss(end.output, lossStart, length));
  loss.backward();
  return { loss: loss.item(), state: detachState(end.state) };
}
