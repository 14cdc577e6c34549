import { Tensor } from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { sigmoid } from "./activations.ts";
import { addInto, floatsOf, scratch, zerosLike } from "./buffers.ts";
import type { CellWeights, HiddenAndCellState, SequenceResult } from "./cell.ts";
import { addLinear, linearInputGradient } from "./products.ts";
import { biasGradient, inputGradient, projectInput, weightGradient } from "./projection.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One LSTM layer in one direction over a whole sequence, as one graph node; equals repeated `lstmCell.step`.
 *
 * Per step, with the gate order i f g o in memory:
 *
 *     i, f, o = sigmoid(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh)     g = tanh(...)
 *     c' = f c + i g        h' = o tanh(c')        with projSize: h' = (o tanh(c')) W_hrᵀ
 *
 * Saves the gate values, tanh(c) and all states; with a projection also o tanh(c).
 */
export function lstmSequence(
  x: Variable,
  { h: h0, c: c0 }: HiddenAndCellState,
  weights: CellWeights,
  timeline: Timeline,
): SequenceResult<HiddenAndCellState> {
  const { length: L, batch: N } = timeline;
  const H = c0.shape[1]!;
  const P = h0.shape[1]!; // H, or projSize
  const G = 4 * H;
  const weightHh = floatsOf(weights.weightHh.value);
  const weightHr = weights.weightHr === null ? null : floatsOf(weights.weightHr.value);

  // what enters the gates from the input, for all steps at once; each step turns its rows into gate values
  const gates = projectInput(x, weights, G);
  const h = timeline.slots(floatsOf(h0.value), P);
  const c = timeline.slots(floatsOf(c0.value), H);
  const tanhC = zerosLike(gates, L * N * H);
  const unprojected = weightHr === null ? null : zerosLike(gates, L * N * H);

  timeline.forward((at, before, after, rows) => {
    addLinear(rows, G, P, h, before * P, weightHh, 0, gates, at * G, G);
    if (weightHr === null || unprojected === null) {
      stepForward(rows, H, gates, at * G, c, before * H, after * H, tanhC, at * H, h, after * H);
    } else {
      stepForward(rows, H, gates, at * G, c, before * H, after * H, tanhC, at * H, unprojected, at * H);
      addLinear(rows, P, H, unprojected, at * H, weightHr, 0, h, after * P, P);
    }
    timeline.keep(h, P, before, after, rows);
    timeline.keep(c, H, before, after, rows);
  });

  const biases = weights.biasIh === null || weights.biasHh === null ? [] : [weights.biasIh, weights.biasHh];
  const projection = weights.weightHr === null ? [] : [weights.weightHr];
  const [output, hn, cn] = recordAll(
    "lstmSequence",
    [x, h0, c0, weights.weightIh, weights.weightHh, ...biases, ...projection],
    [
      new Tensor(timeline.output(h, P), [L, N, P]),
      new Tensor(timeline.final(h, P), [N, P]),
      new Tensor(timeline.final(c, H), [N, H]),
    ],
    ([dOutput, dhn, dcn]) => {
      const dy = dOutput ? floatsOf(dOutput) : null;
      // gradients of the state between two steps; at the end, of the initial state
      const dh = dhn ? floatsOf(dhn).slice() : zerosLike(gates, N * P);
      const dc = dcn ? floatsOf(dcn).slice() : zerosLike(gates, N * H);
      const dGates = scratch(gates, L * N * G);
      const dProjected = weightHr === null ? null : zerosLike(gates, L * N * P); // dh of every step
      const dUnprojected = weightHr === null ? null : zerosLike(gates, N * H);

      timeline.backward((at, before, _after, rows) => {
        if (dy !== null) addInto(dh, 0, dy, at * P, rows * P);
        let dm = dh; // gradient of o tanh(c')
        if (weightHr !== null && dProjected !== null && dUnprojected !== null) {
          dProjected.set(dh.subarray(0, rows * P), at * P);
          linearInputGradient(rows, P, H, dh, 0, P, weightHr, 0, dUnprojected, 0, false);
          dm = dUnprojected;
        }
        stepBackward(rows, H, gates, at * G, c, before * H, tanhC, at * H, dm, dc, dGates);
        linearInputGradient(rows, G, P, dGates, at * G, G, weightHh, 0, dh, 0, false);
      });

      timeline.clearPastEnd(dGates, G);
      const rows = L * N;
      return [
        inputGradient(x, weights, dGates),
        new Tensor(dh, [N, P]),
        new Tensor(dc, [N, H]),
        weightGradient(weights.weightIh, dGates, floatsOf(x.value), rows),
        weightGradient(weights.weightHh, dGates, timeline.previous(h, P), rows),
        ...biases.map((bias) => biasGradient(bias, dGates, rows)),
        ...projection.map((weight) =>
          weightGradient(weight, dProjected as FloatArray, unprojected as FloatArray, rows),
        ),
      ];
    },
  ) as [Variable, Variable, Variable];
  return { output, state: { h: hn, c: cn } };
}

/** Turns pre-activations `[rows, 4H]` into gate values in place; writes c', tanh(c') and h' = o tanh(c'). */
function stepForward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  c: FloatArray,
  cBefore: number,
  cAfter: number,
  tanhC: FloatArray,
  tanhCAt: number,
  h: FloatArray,
  hAt: number,
): void {
  for (let n = 0; n < rows; n++) {
    let gate = gatesAt + n * 4 * H;
    for (let unit = n * H; unit < n * H + H; unit++, gate++) {
      const i = sigmoid(gates[gate]!);
      const f = sigmoid(gates[gate + H]!);
      const g = Math.tanh(gates[gate + 2 * H]!);
      const o = sigmoid(gates[gate + 3 * H]!);
      const cNext = f * c[cBefore + unit]! + i * g;
      const tanh = Math.tanh(cNext);
      gates[gate] = i;
      gates[gate + H] = f;
      gates[gate + 2 * H] = g;
      gates[gate + 3 * H] = o;
      c[cAfter + unit] = cNext;
      tanhC[tanhCAt + unit] = tanh;
      h[hAt + unit] = o * tanh;
    }
  }
}

/**
 * Gradients of the pre-activations of one step, from `dh` and `dc` of its results; `dc` becomes that of the state
 * before. Slopes: sigmoid' = s (1 - s), tanh' = 1 - tanh².
 */
function stepBackward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  c: FloatArray,
  cBefore: number,
  tanhC: FloatArray,
  tanhCAt: number,
  dh: FloatArray,
  dc: FloatArray,
  dGates: FloatArray,
): void {
  for (let n = 0; n < rows; n++) {
    let gate = gatesAt + n * 4 * H;
    for (let unit = n * H; unit < n * H + H; unit++, gate++) {
      const i = gates[gate]!;
      const f = gates[gate + H]!;
      const g = gates[gate + 2 * H]!;
      const o = gates[gate + 3 * H]!;
      const tanh = tanhC[tanhCAt + unit]!;
      const dhUnit = dh[unit]!;
      const dcUnit = dc[unit]! + dhUnit * o * (1 - tanh * tanh);
      dGates[gate] = dcUnit * g * i * (1 - i);
      dGates[gate + H] = dcUnit * c[cBefore + unit]! * f * (1 - f);
      dGates[gate + 2 * H] = dcUnit * i * (1 - g * g);
      dGates[gate + 3 * H] = dhUnit * tanh * o * (1 - o);
      dc[unit] = dcUnit * f;
    }
  }
}
