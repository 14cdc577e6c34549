import { Tensor } from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { sigmoidInPlace, tanhInto } from "./activations.ts";
import { addInto, floatsOf, scratch, zerosLike } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenAndCellState, type SequenceResult } from "./cell.ts";
import { HiddenProjection, HiddenProjectionGradient } from "./hidden-projection.ts";
import { biasGradients, inputGradient, projectInput, weightGradient } from "./input-projection.ts";
import { addLinear, linearInputGradient } from "./products.ts";
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
): SequenceResult<HiddenAndCellState> {
  const { length: L, batch: N } = timeline;
  const H = c0.shape[1]!;
  const P = h0.shape[1]!; // H, or projSize
  const G = 4 * H;
  const weightHh = floatsOf(weights.weightHh.value);

  // what enters the gates from the input, for all steps at once; each step turns its rows into gate values
  const gates = projectInput(x, weights, G);
  const h = timeline.slots(floatsOf(h0.value), P);
  const c = timeline.slots(floatsOf(c0.value), H);
  const tanhC = zerosLike(gates, L * N * H);
  const projection = weights.weightHr && new HiddenProjection(weights.weightHr, L * N);

  timeline.forward((at, before, after, rows) => {
    addLinear(rows, G, P, h, before * P, weightHh, 0, gates, at * G, G);
    if (projection === null) {
      stepForward(rows, H, gates, at * G, c, before * H, after * H, tanhC, at * H, h, after * H);
    } else {
      stepForward(rows, H, gates, at * G, c, before * H, after * H, tanhC, at * H, projection.input, at * H);
      projection.forward(at, rows, h, after);
    }
    timeline.keep(h, P, before, after, rows);
    timeline.keep(c, H, before, after, rows);
  });

  const biases = biasesOf(weights);
  const [output, hn, cn] = recordAll(
    "lstmSequence",
    [x, h0, c0, weights.weightIh, weights.weightHh, ...biases, ...(projection ? [projection.weight] : [])],
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
      const unproject = projection && new HiddenProjectionGradient(projection, N);

      timeline.backward((at, before, _after, rows) => {
        if (dy !== null) addInto(dh, 0, dy, at * P, rows * P);
        const dHidden = unproject ? unproject.backward(at, rows, dh) : dh; // of o tanh(c')
        stepBackward(rows, H, gates, at * G, c, before * H, tanhC, at * H, dHidden, dc, dGates);
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
        ...biasGradients(biases, dGates, rows),
        ...(unproject ? [unproject.weightGradient()] : []),
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
    const i = gatesAt + n * 4 * H;
    const f = i + H;
    const g = f + H;
    const o = g + H;
    sigmoidInPlace(gates, i, g);
    tanhInto(gates, g, gates, g, H);
    sigmoidInPlace(gates, o, o + H);
    const row = n * H;
    for (let j = 0; j < H; j++) {
      c[cAfter + row + j] = gates[f + j]! * c[cBefore + row + j]! + gates[i + j]! * gates[g + j]!;
    }
    tanhInto(c, cAfter + row, tanhC, tanhCAt + row, H);
    for (let j = 0; j < H; j++) h[hAt + row + j] = gates[o + j]! * tanhC[tanhCAt + row + j]!;
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
