import { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { addRun } from "../memory/copy-run.ts";
import { floatsOf } from "../memory/float-data.ts";
import { internalZeros } from "../memory/small-arrays.ts";
import { tanhInto } from "./activations.ts";
import { scratch } from "./buffers.ts";
import { biasesOf, type CellWeights } from "./cell.ts";
import type { InputGradients, OutputGradients } from "./gradients.ts";
import { biasGradients, inputGradient, projectInput, weightGradient } from "./input-projection.ts";
import { MaskedHidden } from "./masked-hidden.ts";
import type { Nonlinearity } from "./nonlinearity.ts";
import { addLinear, linearInputGradient } from "./products.ts";
import type { Timeline } from "./timeline.ts";

/** The forward pass of an RNN on ordinary arrays, for both float types; `h` are the slots of the states. */
export function rnnForward(
  nonlinearity: Nonlinearity,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  h: FloatArray,
  dropoutMask: Tensor | null,
): void {
  const H = weights.weightHh.shape[1]!;
  const weightHh = floatsOf(weights.weightHh.value);
  const activate = nonlinearity === "tanh" ? tanhInto : reluInto;

  const maskedHidden = new MaskedHidden(timeline, h, H, dropoutMask);
  const projected = projectInput(x, weights, H);
  timeline.forward((at, before, after, rows) => {
    const masked = maskedHidden.array(before, rows);
    addLinear(rows, H, H, masked, maskedHidden.start(before), weightHh, 0, projected, at * H, H);
    activate(projected, at * H, h, after * H, rows * H);
    timeline.keep(h, H, before, after, rows);
  });
}

/** The backward pass on ordinary arrays. */
export function rnnBackward(
  nonlinearity: Nonlinearity,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  h: FloatArray,
  dropoutMask: Tensor | null,
  given: OutputGradients,
): InputGradients {
  const { length: L, batch: N } = timeline;
  const H = weights.weightHh.shape[1]!;
  const weightHh = floatsOf(weights.weightHh.value);
  const activateBackward = nonlinearity === "tanh" ? tanhBackward : reluBackward;
  const dy = given.dy && floatsOf(given.dy);
  // gradient of the state between two steps; at the end, of the initial state
  const dh = given.dh ? floatsOf(given.dh).slice() : internalZeros(h, N * H);
  const dProjected = scratch(h, L * N * H);
  const maskedHidden = new MaskedHidden(timeline, h, H, dropoutMask);

  timeline.backward((at, _before, after, rows) => {
    if (dy !== null) addRun(dy, at * H, dh, 0, rows * H);
    activateBackward(rows * H, h, after * H, dh, dProjected, at * H);
    linearInputGradient(rows, H, H, dProjected, at * H, H, weightHh, 0, dh, 0, false);
    maskedHidden.backward(dh, rows);
  });

  timeline.clearPastEnd(dProjected, H);
  return {
    dx: inputGradient(x, weights, dProjected),
    dh: new Tensor(dh, [N, H]),
    dWeightIh: weightGradient(weights.weightIh, dProjected, floatsOf(x.value), L * N),
    dWeightHh: weightGradient(weights.weightHh, dProjected, maskedHidden.all(), L * N),
    dBiases: biasGradients(biasesOf(weights), dProjected, L * N),
  };
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
