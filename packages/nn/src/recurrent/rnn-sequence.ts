import { Tensor } from "@rnn/tensor";
import { gradientUse, recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { floatsOf } from "../memory/float-data.ts";
import { biasesOf, type CellWeights, type HiddenState, type SequenceResult } from "./cell.ts";
import type { Nonlinearity } from "./nonlinearity.ts";
import { rnnBackward, rnnForward } from "./rnn-plain.ts";
import { rnnBackwardSimd, rnnForwardSimd } from "./rnn-simd.ts";
import { chooseSimd } from "./simd/choose-simd.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One RNN layer in one direction over a whole sequence, as one graph node; equals repeated `rnnCell(...).step`.
 *
 * Per step: h' = tanh(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh), or relu in place of tanh. Saves the states.
 */
export function rnnSequence(
  nonlinearity: Nonlinearity,
  x: Variable,
  { h: h0 }: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null = null,
): SequenceResult<HiddenState> {
  const { length: L, batch: N } = timeline;
  const H = h0.shape[1]!;
  const h = timeline.slots(floatsOf(h0.value), H);

  const simd = chooseSimd(weights, timeline);
  if (!(simd && rnnForwardSimd(simd, nonlinearity, x, weights, timeline, h as Float32Array, dropoutMask))) {
    rnnForward(nonlinearity, x, weights, timeline, h, dropoutMask);
  }

  const [output, hn] = recordAll(
    "rnnSequence",
    [x, h0, weights.weightIh, weights.weightHh, ...biasesOf(weights)],
    [new Tensor(timeline.output(h, H), [L, N, H]), new Tensor(timeline.final(h, H), [N, H])],
    ([dy = null, dh = null]) => {
      const given = { dy, dh };
      const gradients =
        (simd &&
          rnnBackwardSimd(simd, nonlinearity, x, weights, timeline, h as Float32Array, dropoutMask, given)) ??
        rnnBackward(nonlinearity, x, weights, timeline, h, dropoutMask, given);
      const { dx, dh: dh0, dWeightIh, dWeightHh, dBiases } = gradients;
      return [dx, dh0, dWeightIh, dWeightHh, ...dBiases];
    },
  ) as [Variable, Variable];
  gradientUse("read", output);
  return { output, state: { h: hn } };
}
