import { type Variable, where } from "@rnn/nn";
import { ShapeError, Tensor } from "@rnn/tensor";
import { checkList } from "./check.ts";
import { mapState } from "./map-state.ts";

/**
 * A flag for every lane of a batch, `[N]`.
 *
 * @public
 */
export type LaneMask = Tensor | ArrayLike<boolean | number>;

/**
 * Sets the recurrent state of some lanes of a batch to zero, because a new sequence begins there.
 *
 * @remarks
 * Differentiable: no gradient flows back from the lanes that are reset, and the others are not changed. A state is a
 * variable `[..., N, H]`, or arrays and plain objects of them, as in {@link detachState}. {@link bptt} and
 * {@link tbptt} do this with their option `resets`.
 *
 * @param state - the state; it is not changed
 * @param lanes - which lanes to reset, `[N]`
 * @returns a state of the same form
 * @throws TypeError if `lanes` is not a list.
 * @throws ShapeError if the state has another number of lanes.
 *
 * @example
 * ```ts
 * import { variable } from "@rnn/nn";
 * import { resetState } from "@rnn/train";
 *
 * const state = { h: variable([[1, 2], [3, 4], [5, 6]]) }; // three lanes
 * resetState(state, [false, true, false]).h.value.toArray(); // => [[1, 2], [0, 0], [5, 6]]
 * ```
 *
 * @public
 */
export function resetState<State>(state: State, lanes: LaneMask): State {
  const mask = maskOf("resetState", lanes);
  return mask === null ? state : zeroLanes("resetState", state, mask);
}

/** The lanes as a mask `[N, 1]`, or `null` if there are none to reset. */
export function maskOf(caller: string, lanes: LaneMask | null | undefined): Tensor | null {
  if (lanes === null || lanes === undefined) return null;
  if (!(lanes instanceof Tensor)) checkList(caller, "lanes to reset", lanes, "true or false");
  const list = lanes instanceof Tensor ? (lanes.flatten().toArray() as number[]) : lanes;
  const mask = Uint8Array.from(list as ArrayLike<number>, (isNew) => Number(Boolean(isNew)));
  return mask.includes(1) ? new Tensor(mask, [mask.length, 1], { dtype: "bool" }) : null;
}

/** {@link resetState} with a mask of {@link maskOf}. */
export function zeroLanes<State>(caller: string, state: State, mask: Tensor): State {
  return mapState(state, (variable): Variable => {
    if (variable.shape.at(-2) === mask.size) return where(mask, 0, variable);
    throw new ShapeError(
      `${caller}: ${mask.size} lanes to reset, but the state has shape [${variable.shape.join(",")}]; expected [..., ${mask.size}, hiddenSize]`,
    );
  });
}
