import { Tensor } from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { sigmoidInPlace, tanhInto } from "./activations.ts";
import { addInto, floatsOf, scratch, zerosLike } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenState, type SequenceResult } from "./cell.ts";
import {
  biasGradients,
  inputGradient,
  projectInput,
  repeatFirstRow,
  weightGradient,
} from "./input-projection.ts";
import { addLinear, columnSums, linearInputGradient, linearWeightGradient } from "./products.ts";
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
): SequenceResult<HiddenState> {
  const { length: L, batch: N } = timeline;
  const H = h0.shape[1]!;
  const G = 3 * H;
  const RZ = 2 * H; // width of the r and z gates together
  const weightHh = floatsOf(weights.weightHh.value);
  const weightHnAt = RZ * H;

  // what enters the gates from the input, for all steps at once; each step turns its rows into gate values
  const gates = projectInput(x, weights, RZ);
  const q = zerosLike(gates, L * N * H);
  if (weights.biasHh !== null && q.length > 0) {
    q.set(floatsOf(weights.biasHh.value).subarray(RZ));
    repeatFirstRow(q, L * N, H);
  }
  const h = timeline.slots(floatsOf(h0.value), H);

  timeline.forward((at, before, after, rows) => {
    addLinear(rows, RZ, H, h, before * H, weightHh, 0, gates, at * G, G);
    addLinear(rows, H, H, h, before * H, weightHh, weightHnAt, q, at * H, H);
    stepForward(rows, H, gates, at * G, q, at * H, h, before * H, after * H);
    timeline.keep(h, H, before, after, rows);
  });

  const biases = biasesOf(weights);
  const [output, hn] = recordAll(
    "gruSequence",
    [x, h0, weights.weightIh, weights.weightHh, ...biases],
    [new Tensor(timeline.output(h, H), [L, N, H]), new Tensor(timeline.final(h, H), [N, H])],
    ([dOutput, dhn]) => {
      const dy = dOutput ? floatsOf(dOutput) : null;
      // gradient of the state between two steps; at the end, of the initial state
      const dh = dhn ? floatsOf(dhn).slice() : zerosLike(gates, N * H);
      const dGates = scratch(gates, L * N * G);
      const dq = zerosLike(gates, L * N * H);

      timeline.backward((at, before, _after, rows) => {
        if (dy !== null) addInto(dh, 0, dy, at * H, rows * H);
        stepBackward(rows, H, gates, at * G, q, at * H, h, before * H, dh, dGates, dq);
        linearInputGradient(rows, RZ, H, dGates, at * G, G, weightHh, 0, dh, 0, true);
        linearInputGradient(rows, H, H, dq, at * H, H, weightHh, weightHnAt, dh, 0, true);
      });

      timeline.clearPastEnd(dGates, G);
      const rows = L * N;
      const previous = timeline.previous(h, H);
      const dWeightHh = zerosLike(gates, G * H);
      linearWeightGradient(rows, RZ, H, dGates, G, previous, dWeightHh, 0);
      linearWeightGradient(rows, H, H, dq, H, previous, dWeightHh, weightHnAt);
      return [
        inputGradient(x, weights, dGates),
        new Tensor(dh, [N, H]),
        weightGradient(weights.weightIh, dGates, floatsOf(x.value), rows),
        new Tensor(dWeightHh, [G, H]),
        ...recurrentBiasGradients(biases, dGates, dq, rows),
      ];
    },
  ) as [Variable, Variable];
  return { output, state: { h: hn } };
}

/** The biases of r and z are added to the same thing; that of q is inside the product with r. */
function recurrentBiasGradients(
  biases: readonly Variable[],
  dGates: FloatArray,
  dq: FloatArray,
  rows: number,
): Tensor[] {
  const [dBiasIh] = biasGradients(biases, dGates, rows);
  if (dBiasIh === undefined) return [];
  const H = dBiasIh.size / 3;
  const dBiasHh = floatsOf(dBiasIh).slice();
  columnSums(rows, H, dq, dBiasHh, 2 * H);
  return [dBiasIh, new Tensor(dBiasHh, dBiasIh.shape)];
}

/** Turns the pre-activations of r and z, and the input's part of n, into gate values in place; writes h'. */
function stepForward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  q: FloatArray,
  qAt: number,
  h: FloatArray,
  hBefore: number,
  hAfter: number,
): void {
  for (let row = 0; row < rows; row++) {
    const r = gatesAt + row * 3 * H;
    const z = r + H;
    const n = z + H;
    sigmoidInPlace(gates, r, n);
    const first = row * H;
    for (let j = 0; j < H; j++) gates[n + j]! += gates[r + j]! * q[qAt + first + j]!;
    tanhInto(gates, n, gates, n, H);
    for (let j = 0; j < H; j++) {
      const keep = gates[z + j]!;
      h[hAfter + first + j] = (1 - keep) * gates[n + j]! + keep * h[hBefore + first + j]!;
    }
  }
}

/**
 * Gradients of the pre-activations of one step and of q, from `dh` of its result; `dh` becomes the part that goes
 * straight to the state before, z dh. Slopes: sigmoid' = s (1 - s), tanh' = 1 - tanh².
 */
function stepBackward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  q: FloatArray,
  qAt: number,
  h: FloatArray,
  hBefore: number,
  dh: FloatArray,
  dGates: FloatArray,
  dq: FloatArray,
): void {
  for (let row = 0; row < rows; row++) {
    let gate = gatesAt + row * 3 * H;
    for (let unit = row * H; unit < row * H + H; unit++, gate++) {
      const r = gates[gate]!;
      const z = gates[gate + H]!;
      const n = gates[gate + 2 * H]!;
      const dhUnit = dh[unit]!;
      const dn = dhUnit * (1 - z) * (1 - n * n);
      dGates[gate] = dn * q[qAt + unit]! * r * (1 - r);
      dGates[gate + H] = dhUnit * (h[hBefore + unit]! - n) * z * (1 - z);
      dGates[gate + 2 * H] = dn;
      dq[qAt + unit] = dn * r;
      dh[unit] = dhUnit * z;
    }
  }
}
