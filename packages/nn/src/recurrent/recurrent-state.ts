import type { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { select } from "../functional/select.ts";
import type { PackedState } from "./state.ts";

/** Which way a direction of a layer reads the sequence. */
export type Direction = "forward" | "backward";

/**
 * What RNN, LSTM and GRU return as the state after a sequence: its parts, and `layer(i)` to take one layer's out of them.
 *
 * @remarks
 * `layer(0)` is the first layer, `layer(-1)` the last.
 *
 * Functions that return a state of the same form, such as `detachState` of `@rnn/train`, keep `layer`. An object of one's
 * own, such as `{ h }`, has none, and may be passed to a layer as its state just as well.
 *
 * @example
 * ```ts
 * import { LSTM } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const lstm = new LSTM({ inputSize: 4, hiddenSize: 8, numLayers: 2, bidirectional: true });
 * const { state } = lstm.forward(randn([5, 3, 4]));
 * state.h.shape; // => [4, 3, 8]
 * const { h, c } = state.layer(0).backward;
 * h.shape; // => [3, 8]
 * c.shape; // => [3, 8]
 * ```
 *
 * @public
 */
export type FinalState<State> = State & {
  /** The state of one layer: 0 is the first, -1 the last. */
  layer(index: number): LayerState<State>;
};

/**
 * The state of one layer after a sequence, by direction; each part is `[N, size]`, `[size]` without a batch.
 *
 * @remarks
 * PyTorch's `h_n.view(numLayers, D, N, H)[layer, direction]`. Asking for a direction that the layer does not have is a
 * RangeError.
 *
 * @public
 */
export interface LayerState<State> {
  /** Of the direction from the first step to the last: after the last step of each row. */
  readonly forward: { readonly [Part in keyof State]: Variable };
  /** Of the direction from the last step to the first, with `bidirectional` or `goBackwards`: after the first step. */
  readonly backward: { readonly [Part in keyof State]: Variable };
}

/** A {@link FinalState}: the parts are its properties. */
export class RecurrentState {
  readonly #numLayers: number;
  readonly #directions: readonly Direction[];

  constructor(parts: PackedState, numLayers: number, directions: readonly Direction[]) {
    Object.assign(this, parts);
    this.#numLayers = numLayers;
    this.#directions = directions;
  }

  layer(index: number): LayerState<PackedState> {
    const layers = this.#numLayers;
    if (!Number.isInteger(index) || index < -layers || index >= layers) {
      const plural = layers === 1 ? "1 layer" : `${layers} layers`;
      throw new RangeError(
        `state.layer: index must be an integer from ${-layers} to ${layers - 1} (${plural}), got ${describe(index)}`,
      );
    }
    const at = index < 0 ? index + layers : index;
    const take = (direction: Direction) => this.#take(at, direction);
    return {
      get forward() {
        return take("forward");
      },
      get backward() {
        return take("backward");
      },
    };
  }

  #take(layer: number, direction: Direction): Record<string, Variable> {
    const directions = this.#directions;
    const d = directions.indexOf(direction);
    if (d < 0) {
      const advice =
        direction === "backward"
          ? "make it with bidirectional: true"
          : "made with goBackwards: true it has only state.layer(i).backward";
      throw new RangeError(
        `state.layer(${layer}).${direction}: the layer does not read ${direction}s; ${advice}`,
      );
    }
    const parts: Record<string, Variable> = {};
    for (const [name, part] of Object.entries(this) as [string, Variable | readonly Variable[]][]) {
      parts[name] = Array.isArray(part)
        ? select(part[layer]!, 0, d)
        : select(part as Variable, 0, layer * directions.length + d);
    }
    return parts;
  }

  /** @internal The same layers with other parts: what makes a state from a state goes through here. */
  _with(parts: PackedState): RecurrentState {
    return new RecurrentState(parts, this.#numLayers, this.#directions);
  }
}
