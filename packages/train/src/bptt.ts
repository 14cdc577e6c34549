import { noGrad, type Variable } from "@rnn/nn";
import { checkChoice, checkInteger, checkList, checkOptions, describe, type OptionNames } from "./check.ts";
import { checkLoss } from "./check-loss.ts";
import { detachState } from "./detach-state.ts";
import { checkProblem, runPiece, type SequenceProblem } from "./sequence-problem.ts";

/**
 * Options of {@link bptt}.
 *
 * @public
 */
export interface BPTTOptions {
  /**
   * Which steps have a loss: `"every"` one (summed over time), only the `"last"`, or those listed, in increasing order.
   * Default `"every"`.
   */
  lossAt?: "every" | "last" | readonly number[] | undefined;
}

const OPTIONS: OptionNames<BPTTOptions> = { lossAt: true };

/**
 * Backpropagation through time: runs the whole sequence and adds the gradient of its loss to every parameter.
 *
 * L = Σ_t L_t, and dL/dW = Σ_t Σ_(k≤t) dL_t/dy_t · dy_t/dh_t · dh_t/dh_k · dh_k/dW, where dh_t/dh_k is the product of
 * the steps between. With `lossAt: "last"`, L is the last L_t alone, as in classification; with a list of steps, their sum.
 *
 * @remarks
 * `loss` is called once for each run of consecutive steps that have one. Where sequences of a batch end at different steps, let it
 * leave out what is padding: by `ignoreIndex`, or by the mask of {@link @rnn/nn#sequenceMask}.
 *
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
  const { length } = problem;
  let total: Variable | undefined;
  let state = problem.state;
  let done = 0;
  for (const [start, end] of lossRuns(options.lossAt ?? "every", length)) {
    if (done < start) state = runPiece(where, problem, done, start, state).state;
    const piece = runPiece(where, problem, start, end, state);
    const loss = checkLoss(where, problem.loss(piece.output, start, end));
    total = total?.add(loss) ?? loss;
    state = piece.state;
    done = end;
  }
  const loss = total as Variable;
  loss.backward();
  state = detachState(state as State);
  if (done < length) state = noGrad(() => runPiece(where, problem, done, length, state).state);
  return { loss: loss.item(), state };
}

/** The runs [start, end) of consecutive steps that have a loss. */
function lossRuns(lossAt: "every" | "last" | readonly number[], length: number): [number, number][] {
  if (typeof lossAt === "string") {
    checkChoice("bptt", "lossAt", lossAt, ["every", "last"]);
    return [[lossAt === "last" ? length - 1 : 0, length]];
  }
  checkList("bptt", "lossAt", lossAt, "steps");
  const found: [number, number][] = [];
  lossAt.forEach((step, position) => {
    checkInteger("bptt", `lossAt[${position}]`, step, 0);
    const last = found.at(-1);
    if (step >= length || (last !== undefined && step < last[1])) {
      throw new RangeError(
        `bptt: lossAt must be increasing steps less than ${length}, got ${describe([...lossAt])}`,
      );
    }
    if (last?.[1] === step) last[1]++;
    else found.push([step, step + 1]);
  });
  if (found.length === 0) throw new RangeError("bptt: lossAt has no steps");
  return found;
}
