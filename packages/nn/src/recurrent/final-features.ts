import { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { cat } from "../functional/cat.ts";
import { select } from "../functional/select.ts";
import type { PackedSequence } from "./packed/packed-sequence.ts";

/**
 * What `forward` of RNN, LSTM and GRU returns. The width of the output beside that of `h` tells the number of directions.
 *
 * @public
 */
export interface RecurrentResult {
  /** `[L, N, D * size]`, or packed. */
  readonly output: Variable | PackedSequence;
  /** `h` is `[numLayers * D, N, size]`, or one `[D, N, size]` per layer. */
  readonly state: { readonly h: Variable | readonly Variable[] };
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
export function finalFeatures(result: RecurrentResult): Variable {
  const { output, state } = result ?? {};
  const rows = output instanceof Variable ? output : output?.data;
  if (!(rows instanceof Variable) || state?.h === undefined) {
    throw new TypeError(
      `finalFeatures: result must be what forward of RNN, LSTM or GRU returned, { output, state }, got ${describe(result)}`,
    );
  }
  const h = (Array.isArray(state.h) ? state.h.at(-1) : state.h) as Variable;
  const directions = rows.shape[rows.ndim - 1]! / h.shape[h.ndim - 1]!;
  const last = select(h, 0, -1);
  return directions === 1 ? last : cat([select(h, 0, -2), last], -1);
}
