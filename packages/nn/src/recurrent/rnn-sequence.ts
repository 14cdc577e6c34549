import { Tensor } from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { tanhInto } from "./activations.ts";
import { addInto, floatsOf, scratch, zerosLike } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenState, type SequenceResult } from "./cell.ts";
import { biasGradients, inputGradient, projectInput, weightGradient } from "./input-projection.ts";
import type { Nonlinearity } from "./nonlinearity.ts";
import { addLinear, linearInputGradient } from "./products.ts";
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
): SequenceResult<HiddenState> {
  const { length: L, batch: N } = timeline;
  const H = h0.shape[1]!;
  const weightHh = floatsOf(weights.weightHh.value);
  const activate = nonlinearity === "tanh" ? tanhInto : reluInto;
  const activateBackward = nonlinearity === "tanh" ? tanhBackward : reluBackward;

  const projected = projectInput(x, weights, H);
  const h = timeline.slots(floatsOf(h0.value), H);

  timeline.forward((at, before, after, rows) => {
    addLinear(rows, H, H, h, before * H, weightHh, 0, projected, at * H, H);
    activate(projected, at * H, h, after * H, rows * H);
    timeline.keep(h, H, before, after, rows);
  });

  const biases = biasesOf(weights);
  const [output, hn] = recordAll(
    "rnnSequence",
    [x, h0, weights.weightIh, weights.weightHh, ...biases],
    [new Tensor(timeline.output(h, H), [L, N, H]), new Tensor(timeline.final(h, H), [N, H])],
    ([dOutput, dhn]) => {
      const dy = dOutput ? floatsOf(dOutput) : null;
      // gradient of the state between two steps; at the end, of the initial state
      const dh = dhn ? floatsOf(dhn).slice() : zerosLike(h, N * H);
      const dProjected = scratch(h, L * N * H);

      timeline.backward((at, _before, after, rows) => {
        if (dy !== null) addInto(dh, 0, dy, at * H, rows * H);
        activateBackward(rows * H, h, after * H, dh, dProjected, at * H);
        linearInputGradient(rows, H, H, dProjected, at * H, H, weightHh, 0, dh, 0, false);
      });

      timeline.clearPastEnd(dProjected, H);
      const rows = L * N;
      return [
        inputGradient(x, weights, dProjected),
        new Tensor(dh, [N, H]),
        weightGradient(weights.weightIh, dProjected, floatsOf(x.value), rows),
        weightGradient(weights.weightHh, dProjected, timeline.previous(h, H), rows),
        ...biasGradients(biases, dProjected, rows),
      ];
    },
  ) as [Variable, Variable];
  return { output, state: { h: hn } };
}

function reluInto(x: FloatArray, xAt: number, h: FloatArray, hAt: number, count: number): void {
  for (let i = 0; i < count; i++) h[hAt + i] = Math.max(x[xAt + i]!, 0);
}

/** `dx = dh (1 - h²)` */
function tanhBackward(
  count: number,
  h: FloatArray,
  hAt: number,
  dh: FloatArray,
  dx: FloatArray,
  dxAt: number,
): void {
  for (let i = 0; i < count; i++) dx[dxAt + i] = dh[i]! * (1 - h[hAt + i]! * h[hAt + i]!);
}

/** `dx = dh` where the unit was on, 0 where it was off. */
function reluBackward(
  count: number,
  h: FloatArray,
  hAt: number,
  dh: FloatArray,
  dx: FloatArray,
  dxAt: number,
): void {
  for (let i = 0; i < count; i++) dx[dxAt + i] = h[hAt + i]! <= 0 ? 0 : dh[i]!;
}
