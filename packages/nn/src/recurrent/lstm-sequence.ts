import { Tensor } from "@rnn/tensor";
import { gradientUse, isRecorded, recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { biasesOf, type CellWeights, type HiddenAndCellState, type SequenceResult } from "./cell.ts";
import { type LSTMSaved, lstmBackward, lstmForward } from "./lstm-plain.ts";
import { lstmBackwardSimd, lstmForwardSimd } from "./lstm-simd.ts";
import { chooseSimd } from "./simd/choose-simd.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One LSTM layer in one direction over a whole sequence, as one graph node; equals repeated `lstmCell.step`.
 *
 * Per step, with the gate order i f g o in memory:
 *
 *     i, f, o = sigmoid(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh)     g = tanh(...)
 *     c' = f c + i g        h' = o tanh(c')        with projSize: h' = (o tanh(c')) W_hrᵀ
 *
 * Saves the gate values, tanh(c) and all states; with a projection also its input, o tanh(c).
 */
export function lstmSequence(
  x: Variable,
  { h: h0, c: c0 }: HiddenAndCellState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null = null,
): SequenceResult<HiddenAndCellState> {
  const { length: L, batch: N } = timeline;
  const [P, H] = [h0.shape[1]!, c0.shape[1]!]; // P is H, or projSize
  const { weightIh, weightHh, weightHr } = weights;
  const inputs = [x, h0, c0, weightIh, weightHh, ...biasesOf(weights), ...(weightHr ? [weightHr] : [])];
  const state = { h: h0, c: c0 };
  const simd = chooseSimd(weights, timeline); // the plain loops compute the same, and are easier to read
  const saved: LSTMSaved =
    (simd && lstmForwardSimd(simd, isRecorded(inputs), x, state, weights, timeline, dropoutMask)) ??
    lstmForward(x, state, weights, timeline, dropoutMask);

  const [output, hn, cn] = recordAll(
    "lstmSequence",
    inputs,
    [
      new Tensor(timeline.output(saved.h, P), [L, N, P]),
      new Tensor(timeline.final(saved.h, P), [N, P]),
      new Tensor(timeline.final(saved.c, H), [N, H]),
    ],
    ([dy = null, dh = null, dc = null]) => {
      const given = { dy, dh, dc };
      const gradients =
        (simd &&
          lstmBackwardSimd(
            simd,
            x,
            weights,
            timeline,
            saved as LSTMSaved<Float32Array>,
            dropoutMask,
            given,
          )) ??
        lstmBackward(x, weights, timeline, saved, dropoutMask, given);
      return [
        gradients.dx,
        gradients.dh,
        gradients.dc,
        gradients.dWeightIh,
        gradients.dWeightHh,
        ...gradients.dBiases,
        ...(weightHr ? [gradients.dWeightHr] : []),
      ];
    },
    saved.release,
  ) as [Variable, Variable, Variable];
  // the backward above only reads the gradient it is given, so its memory may be used again
  gradientUse("read", output);
  return { output, state: { h: hn, c: cn } };
}
