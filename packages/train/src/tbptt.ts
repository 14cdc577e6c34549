import { noGrad } from "@rnn/nn";
import { checkInteger, type OptionNames } from "./check.ts";
import { checkLoss } from "./check-loss.ts";
import { detachState } from "./detach-state.ts";
import { checkProblem, PROBLEM, runPiece, type SequenceProblem } from "./sequence-problem.ts";

/**
 * A {@link SequenceProblem} with its truncation.
 *
 * @public
 */
export interface TBPTTOptions<State> extends SequenceProblem<State> {
  /** Steps between two backward passes: every step's loss is differentiated once, in its chunk of `k1` steps. */
  readonly k1: number;
  /** Steps that a gradient flows back at most, at least `k1`. Default `k1`. */
  readonly k2?: number | undefined;
}

const TBPTT: OptionNames<TBPTTOptions<unknown>> = { ...PROBLEM, k1: true, k2: true };

/**
 * What one backward pass of {@link tbptt} was about.
 *
 * @public
 */
export interface TBPTTChunk<State> {
  /** First step whose loss is in the chunk. */
  readonly start: number;
  /** Step after its last one. */
  readonly end: number;
  /** Loss of the chunk. */
  readonly loss: number;
  /** State after the chunk, detached: pass it on as `state` to continue with the stream's next sequence. */
  readonly state: State;
}

/**
 * Truncated backpropagation through time: forward through the whole sequence, back through a few steps only.
 *
 * After every `k1` steps the loss of those `k1` steps is differentiated with the state detached `k2` steps back, and
 * the gradients are added to the parameters. The state itself is carried through the whole sequence, by
 * {@link detachState}.
 *
 * @remarks
 * A generator: each turn of the loop finds fresh gradients, so clip, step and zero them there, or leave them to add
 * up. Nothing happens unless it is iterated. The last chunk may be shorter than `k1`. With `k1 = k2 = length` the one
 * chunk is {@link bptt}.
 *
 * At most the graph of `k2` steps is in memory. With `k2 > k1` a chunk's window reaches `k2 - k1` steps back before the
 * chunk, and these are computed again, so a sequence costs about k2 / k1 times one pass.
 * The initial `state` may hold parameters, to be learned; detach one that is the result of other operations.
 * Source: Williams & Peng 1990, BPTT(h; h′) with h = k2 and h′ = k1.
 *
 * @throws TypeError if `forward` or `loss` is not a function or returns something else, or for an unknown option.
 * @throws RangeError if `length`, `k1` or `k2` is not a whole number of at least 1, or `k2` is less than `k1`.
 *
 * @example
 * ```ts
 * import { Parameter, type Variable, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { tbptt } from "@rnn/train";
 *
 * // h_t = w h_(t-1) + 1 over 100 steps; each loss is the last state of its chunk of 20
 * const w = new Parameter(tensor(0.5));
 * const ends: number[] = [];
 * for (const chunk of tbptt({
 *   length: 100,
 *   k1: 20,
 *   forward(start, end, state: Variable = variable(0)) {
 *     for (let t = start; t < end; t++) state = state.mul(w).add(1);
 *     return { output: state, state };
 *   },
 *   loss: (output) => output,
 * })) {
 *   ends.push(chunk.end); // here: clipGradNorm, optimizer.step(), optimizer.zeroGrad()
 * }
 * ends; // => [20, 40, 60, 80, 100]
 * ```
 *
 * @public
 */
export function* tbptt<State>(options: TBPTTOptions<State>): Generator<TBPTTChunk<State>, void, undefined> {
  checkProblem("tbptt", options, TBPTT);
  const { length, k1, k2 = k1 } = options;
  checkInteger("tbptt", "k1", k1, 1);
  checkInteger("tbptt", "k2", k2, 1);
  if (k2 < k1) throw new RangeError(`tbptt: k2 must be at least k1 (${k1}), got ${k2}`);

  // `state` is the state before step `from`; the window of a chunk is from..end, its loss that of start..end
  let from = 0;
  let state = options.state;
  for (let start = 0; start < length; start += k1) {
    const end = Math.min(start + k1, length);
    const nextFrom = Math.max(0, end - (k2 - k1));
    const window = runWindow(options, { from, nextFrom, start, end }, state);
    yield { start, end, loss: window.loss, state: window.end };
    from = nextFrom;
    state = window.next;
  }
}

interface Window {
  readonly from: number;
  readonly nextFrom: number;
  readonly start: number;
  readonly end: number;
}

/** Runs one window, differentiates its loss, and returns the states to carry on, detached. */
function runWindow<State>(
  problem: SequenceProblem<State>,
  { from, nextFrom, start, end }: Window,
  initial: State | undefined,
): { loss: number; end: State; next: State | undefined } {
  const advance = (a: number, b: number, state: State | undefined): State | undefined =>
    a < b ? runPiece("tbptt", problem, a, b, state).state : state;
  // steps before the chunk come in two pieces if the next window begins among them
  const cut = Math.min(nextFrom, start);
  const atCut = advance(from, cut, initial);
  const before = advance(cut, start, atCut);
  const { output, state } = runPiece("tbptt", problem, start, end, before);
  const loss = checkLoss("tbptt", problem.loss(output, start, end));
  loss.backward();

  let next = atCut;
  if (nextFrom === end) next = state;
  // if it begins inside the chunk, whose loss is not to be divided, run up to there once more
  else if (nextFrom > start) next = noGrad(() => advance(start, nextFrom, detachState(before)));
  // the state before step 0 is the caller's, and may be learned
  return { loss: loss.item(), end: detachState(state), next: nextFrom === 0 ? initial : detachState(next) };
}
