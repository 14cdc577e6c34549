import { Tensor } from "@rnn/tensor";
import { gradientUse, isRecorded, recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { biasesOf, type CellWeights, type HiddenState, type SequenceResult } from "./cell.ts";
import {
  type GRUResetBeforeSaved,
  gruResetBeforeBackward,
  gruResetBeforeForward,
} from "./gru-reset-before-plain.ts";
import { gruResetBeforeBackwardSimd, gruResetBeforeForwardSimd } from "./gru-reset-before-simd.ts";
import { chooseSimd } from "./simd/choose-simd.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One layer of the paper's GRU in one direction over a whole sequence, as one graph node; equals repeated
 * `gruResetBeforeCell.step`.
 *
 * Per step, with the gate order r z n in memory:
 *
 *     r, z = sigmoid(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh)
 *     n = tanh(x W_inᵀ + b_in + m W_hnᵀ + b_hn)  with  m = r h
 *     h' = (1 - z) n + z h
 *
 * n needs r, so the step has two products: rows [0, 2H) of W_hh with h, then rows [2H, 3H) with m. Saves the gate
 * values, m and all states.
 */
export function gruResetBeforeSequence(
  x: Variable,
  state: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null = null,
): SequenceResult<HiddenState> {
  const { length: L, batch: N } = timeline;
  const H = state.h.shape[1]!;
  const inputs = [x, state.h, weights.weightIh, weights.weightHh, ...biasesOf(weights)];
  const simd = chooseSimd(weights, timeline);
  const saved: GRUResetBeforeSaved =
    (simd && gruResetBeforeForwardSimd(simd, isRecorded(inputs), x, state, weights, timeline, dropoutMask)) ??
    gruResetBeforeForward(x, state, weights, timeline, dropoutMask);

  const [output, hn] = recordAll(
    "gruResetBeforeSequence",
    inputs,
    [new Tensor(timeline.output(saved.h, H), [L, N, H]), new Tensor(timeline.final(saved.h, H), [N, H])],
    ([dy = null, dh = null]) => {
      const given = { dy, dh };
      const floats32 = saved as GRUResetBeforeSaved<Float32Array>;
      const gradients =
        (simd && gruResetBeforeBackwardSimd(simd, x, weights, timeline, floats32, dropoutMask, given)) ??
        gruResetBeforeBackward(x, weights, timeline, saved, dropoutMask, given);
      const { dx, dh: dh0, dWeightIh, dWeightHh, dBiases } = gradients;
      return [dx, dh0, dWeightIh, dWeightHh, ...dBiases];
    },
    saved.release,
  ) as [Variable, Variable];
  gradientUse("read", output);
  return { output, state: { h: hn } };
}
