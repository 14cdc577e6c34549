import { Variable } from "@rnn/nn";
import { zerosLike } from "@rnn/tensor";
import { checkChoice, checkInteger, checkOptions } from "../check.ts";
import { checkLoss } from "../check-loss.ts";
import { floatData } from "../float-data.ts";
import { normOf } from "../gradients.ts";
import { mapState } from "../map-state.ts";
import { checkProblem, runPiece, type SequenceProblem } from "../sequence-problem.ts";

/**
 * How the gradient of a loss shrinks or grows on its way back through time.
 *
 * @public
 */
export interface GradientFlow {
  /** The loss. */
  readonly loss: number;
  /** Norm of dL/dh_k for k = 0..L-2: of the state that step k hands to step k + 1, all its parts together. */
  readonly norms: readonly number[];
  /** The same for each part of the state by name: `h`, `c`, or `""` if the state is one variable. */
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

/**
 * Measures how much of the gradient arrives at each time step: ‖dL/dh_k‖, the picture of vanishing and exploding gradients.
 *
 * With `lossAt: "last"`, L is the loss of the last step T alone, and dL_T/dh_k = dL_T/dh_T · Π dh_t/dh_(t-1) over t = k + 1 to T; with
 * `"every"` it is the sum over all steps, of which those after k have a part in dL/dh_k.
 *
 * @remarks
 * The network runs one step at a time, so this is slower than `bptt` of `@rnn/train`, and the gradients of the parameters are added up as
 * there: call `optimizer.zeroGrad()` in between. The problem is what `bptt` takes.
 * Source: Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013.
 *
 * @param problem - the network and its loss, of at least two steps
 * @param options - `lossAt`: `"last"` (default) or `"every"`
 * @throws TypeError if `forward` or `loss` is not a function or returns something else, or for an unknown option.
 * @throws RangeError if `length` is not a whole number of at least 2.
 *
 * @example
 * ```ts
 * import { type Variable, variable } from "@rnn/nn";
 * import { gradientFlow } from "@rnn/train/diagnostics";
 *
 * // h_t = h_(t-1) / 2 + 1: every step back halves the gradient
 * const { norms } = gradientFlow({
 *   length: 5,
 *   forward(_start, _end, state: Variable = variable(0)) {
 *     const h = state.mul(0.5).add(1);
 *     return { output: h, state: h };
 *   },
 *   loss: (output) => output,
 * });
 * norms; // => [0.0625, 0.125, 0.25, 0.5]
 * ```
 *
 * @public
 */
export function gradientFlow<State>(
  problem: SequenceProblem<State>,
  options: { lossAt?: "last" | "every" | undefined } = {},
): GradientFlow {
  const where = "gradientFlow";
  checkProblem(where, problem);
  checkOptions(where, options, { lossAt: true });
  const { lossAt = "last" } = options;
  checkChoice(where, "lossAt", lossAt, ["last", "every"]);
  const { length } = problem;
  checkInteger(where, "length", length, 2);

  const probes: Record<string, Variable[]> = {};
  let total: Variable | undefined;
  let state = problem.state;
  for (let t = 0; t < length; t++) {
    const step = runPiece(where, problem, t, t + 1, state);
    if (lossAt === "every" || t === length - 1) {
      const loss = checkLoss(where, problem.loss(step.output, t, t + 1));
      total = total?.add(loss) ?? loss;
    }
    if (t === length - 1) break;
    // a zero is added to the state: its gradient is that of the state
    state = mapState(step.state, (h, path) => {
      const probe = new Variable(zerosLike(h.value), { requiresGrad: true });
      (probes[path] ??= []).push(probe);
      return h.add(probe);
    });
  }
  const loss = total as Variable;
  loss.backward();
  return {
    loss: loss.item(),
    norms: Array.from({ length: length - 1 }, (_, k) =>
      normOfGradients(Object.values(probes).map((of) => of[k]!)),
    ),
    parts: Object.fromEntries(
      Object.entries(probes).map(([path, of]) => [path, of.map((probe) => normOfGradients([probe]))]),
    ),
  };
}

function normOfGradients(variables: readonly Variable[]): number {
  return normOf(
    variables.flatMap(({ grad }) => (grad === null ? [] : [floatData(grad)])),
    2,
  );
}
