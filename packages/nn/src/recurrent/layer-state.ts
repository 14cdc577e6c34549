import { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { cat } from "../functional/cat.ts";
import { select } from "../functional/select.ts";

/**
 * Which way a recurrent layer reads the sequence.
 *
 * @public
 */
export type Direction = "forward" | "backward";

/**
 * What `forward` of RNN, LSTM and GRU returns. The width of the output beside that of `h` tells the number of directions.
 *
 * @public
 */
export interface RecurrentResult<State extends { h: Variable | readonly Variable[] }> {
  /** `[L, N, D * size]`. */
  readonly output: Variable;
  /** `[numLayers * D, N, size]` of each part, or one `[D, N, size]` per layer. */
  readonly state: State;
}

/**
 * The final state of one layer in one direction.
 *
 * @remarks
 * Shapes: each part `[N, size]`, `[size]` without a batch. PyTorch's `h_n.view(numLayers, D, N, H)[layer, direction]`.
 *
 * @param result - what `forward` returned
 * @param layer - 0 is the first layer, -1 the last
 * @param direction - default `"forward"`
 *
 * @throws RangeError if there is no such layer or direction.
 * @throws TypeError if `result` is not what `forward` returned.
 *
 * @example
 * ```ts
 * import { LSTM, layerState } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const lstm = new LSTM({ inputSize: 4, hiddenSize: 8, numLayers: 2, bidirectional: true });
 * const result = lstm.forward(randn([5, 3, 4]));
 * const { h, c } = layerState(result, 0, "backward");
 * h.shape; // => [3, 8]
 * c.shape; // => [3, 8]
 * ```
 *
 * @public
 */
export function layerState<State extends { h: Variable | readonly Variable[] }>(
  result: RecurrentResult<State>,
  layer: number,
  direction: Direction = "forward",
): { [Part in keyof State]: Variable } {
  checkResult("layerState", result);
  if (direction !== "forward" && direction !== "backward") {
    throw new RangeError(`layerState: direction must be "forward" or "backward", got ${describe(direction)}`);
  }
  const { output, state } = result;
  const { layers, directions } = formOf(output, state.h);
  if (!Number.isInteger(layer) || layer < -layers || layer >= layers) {
    const plural = layers === 1 ? "1 layer" : `${layers} layers`;
    throw new RangeError(
      `layerState: layer must be an integer from ${-layers} to ${layers - 1} (${plural}), got ${layer}`,
    );
  }
  if (direction === "backward" && directions === 1) {
    throw new RangeError(
      "layerState: there is no backward direction; make the layer with bidirectional: true",
    );
  }
  const at = layer < 0 ? layer + layers : layer;
  const d = direction === "backward" ? 1 : 0;
  const parts = {} as { [Part in keyof State]: Variable };
  for (const part in state) {
    const packed = state[part] as Variable | readonly Variable[];
    parts[part] = isPerLayer(packed) ? select(packed[at]!, 0, d) : select(packed, 0, at * directions + d);
  }
  return parts;
}

/**
 * What a classifier of whole sequences reads: the final `h` of the last layer, of both directions side by side.
 *
 * @remarks
 * Shape `[N, D * hiddenSize]` (`projSize` with a projection), `[D * hiddenSize]` without a batch. With `lengths` it is
 * that of each row's own last step, and of its first step for the backward direction; the last step of the output has
 * neither. PyTorch's `torch.cat([h_n[-2], h_n[-1]], dim=1)` with two directions, `h_n[-1]` with one.
 *
 * @param result - what `forward` returned
 *
 * @throws TypeError if `result` is not that.
 *
 * @example
 * ```ts
 * import { finalFeatures, GRU, Linear } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const gru = new GRU({ inputSize: 4, hiddenSize: 8, bidirectional: true });
 * const head = new Linear({ inFeatures: 16, outFeatures: 2 });
 * const features = finalFeatures(gru.forward(randn([5, 3, 4]), { lengths: [5, 2, 4] }));
 * features.shape; // => [3, 16]
 * head.forward(features).shape; // => [3, 2]
 * ```
 *
 * @public
 */
export function finalFeatures(result: RecurrentResult<{ h: Variable | readonly Variable[] }>): Variable {
  checkResult("finalFeatures", result);
  const forward = layerState(result, -1).h;
  if (formOf(result.output, result.state.h).directions === 1) return forward;
  return cat([forward, layerState(result, -1, "backward").h], -1);
}

function checkResult(where: string, result: RecurrentResult<{ h: Variable | readonly Variable[] }>): void {
  if (result?.output instanceof Variable && result.state?.h !== undefined) return;
  throw new TypeError(
    `${where}: result must be what forward of RNN, LSTM or GRU returned, { output, state }, got ${describe(result)}`,
  );
}

function formOf(output: Variable, h: Variable | readonly Variable[]): { layers: number; directions: number } {
  if (isPerLayer(h)) return { layers: h.length, directions: h[0]!.shape[0]! };
  const directions = output.shape[output.ndim - 1]! / h.shape[h.ndim - 1]!;
  return { layers: h.shape[0]! / directions, directions };
}

function isPerLayer(packed: Variable | readonly Variable[]): packed is readonly Variable[] {
  return Array.isArray(packed);
}
