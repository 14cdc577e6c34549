import { Tensor } from "@rnn/tensor";
import { gradientUse, isRecorded, recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { biasesOf, type CellWeights, type HiddenState, type SequenceResult } from "./cell.ts";
import { type GRUSaved, gruBackward, gruForward } from "./gru-plain.ts";
import { gruBackwardSimd, gruForwardSimd } from "./gru-simd.ts";
import { chooseSimd } from "./simd/choose-simd.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One GRU layer in one direction over a whole sequence, as one graph node; equals repeated `gruCell.step`.
 *
 * Per step, with the gate order r z n in memory:
 *
 *     r, z = sigmoid(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh)
 *     n = tanh(x W_inᵀ + b_in + r q)  with  q = h W_hnᵀ + b_hn
 *     h' = (1 - z) n + z h
 *
 * The reset gate multiplies q, so q is kept apart from what the other gates add up: rows of W_hh are used in two
 * parts, [0, 2H) for r and z, [2H, 3H) for q. Saves the gate values, q and all states.
 */
export function gruSequence(
  x: Variable,
  { h: h0 }: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null = null,
): SequenceResult<HiddenState> {
  const { length: L, batch: N } = timeline;
  const H = h0.shape[1]!;
  const inputs = [x, h0, weights.weightIh, weights.weightHh, ...biasesOf(weights)];
  const simd = chooseSimd(weights, timeline);
  const saved: GRUSaved =
    (simd && gruForwardSimd(simd, isRecorded(inputs), x, { h: h0 }, weights, timeline, dropoutMask)) ??
    gruForward(x, { h: h0 }, weights, timeline, dropoutMask);

  const [output, hn] = recordAll(
    "gruSequence",
    inputs,
    [new Tensor(timeline.output(saved.h, H), [L, N, H]), new Tensor(timeline.final(saved.h, H), [N, H])],
    ([dy = null, dh = null]) => {
      const given = { dy, dh };
      const gradients =
        (simd &&
          gruBackwardSimd(simd, x, weights, timeline, saved as GRUSaved<Float32Array>, dropoutMask, given)) ??
        gruBackward(x, weights, timeline, saved, dropoutMask, given);
      const { dx, dh: dh0, dWeightIh, dWeightHh, dBiases } = gradients;
      return [dx, dh0, dWeightIh, dWeightHh, ...dBiases];
    },
    saved.release,
  ) as [Variable, Variable];
  gradientUse("read", output);
  return { output, state: { h: hn } };
}
