import { Tensor } from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { sigmoidInPlace, tanhInto } from "./activations.ts";
import { addInto, floatsOf, scratch, zerosLike } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenState, type SequenceResult } from "./cell.ts";
import { biasGradients, inputGradient, projectInput, weightGradient } from "./input-projection.ts";
import { addLinear, linearInputGradient, linearWeightGradient } from "./products.ts";
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
  const gates = projectInput(x, weights, G);
  const m = zerosLike(gates, L * N * H);
  const h = timeline.slots(floatsOf(h0.value), H);

  timeline.forward((at, before, after, rows) => {
    addLinear(rows, RZ, H, h, before * H, weightHh, 0, gates, at * G, G);
    resetState(rows, H, gates, at * G, h, before * H, m, at * H);
    addLinear(rows, H, H, m, at * H, weightHh, weightHnAt, gates, at * G + RZ, G);
    nextState(rows, H, gates, at * G, h, before * H, after * H);
    timeline.keep(h, H, before, after, rows);
  });

  const biases = biasesOf(weights);
  const [output, hn] = recordAll(
    "gruResetBeforeSequence",
    [x, h0, weights.weightIh, weights.weightHh, ...biases],
    [new Tensor(timeline.output(h, H), [L, N, H]), new Tensor(timeline.final(h, H), [N, H])],
    ([dOutput, dhn]) => {
      const dy = dOutput ? floatsOf(dOutput) : null;
      // gradient of the state between two steps; at the end, of the initial state
      const dh = dhn ? floatsOf(dhn).slice() : zerosLike(gates, N * H);
      const dm = zerosLike(gates, N * H);
      const dGates = scratch(gates, L * N * G);

      timeline.backward((at, before, _after, rows) => {
        if (dy !== null) addInto(dh, 0, dy, at * H, rows * H);
        nextStateBackward(rows, H, gates, at * G, h, before * H, dh, dGates);
        linearInputGradient(rows, H, H, dGates, at * G + RZ, G, weightHh, weightHnAt, dm, 0, false);
        resetStateBackward(rows, H, gates, at * G, h, before * H, dm, dh, dGates);
        linearInputGradient(rows, RZ, H, dGates, at * G, G, weightHh, 0, dh, 0, true);
      });

      timeline.clearPastEnd(dGates, G);
      const rows = L * N;
      const dWeightHh = zerosLike(gates, G * H);
      linearWeightGradient(rows, RZ, H, dGates, G, timeline.previous(h, H), dWeightHh, 0);
      linearWeightGradient(rows, H, H, dGates.subarray(RZ), G, m, dWeightHh, weightHnAt);
      return [
        inputGradient(x, weights, dGates),
        new Tensor(dh, [N, H]),
        weightGradient(weights.weightIh, dGates, floatsOf(x.value), rows),
        new Tensor(dWeightHh, [G, H]),
        ...biasGradients(biases, dGates, rows),
      ];
    },
  ) as [Variable, Variable];
  return { output, state: { h: hn } };
}

/** Turns the pre-activations of r and z into gate values in place, and writes m = r h. */
function resetState(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  h: FloatArray,
  hBefore: number,
  m: FloatArray,
  mAt: number,
): void {
  for (let row = 0; row < rows; row++) {
    const r = gatesAt + row * 3 * H;
    const first = row * H;
    sigmoidInPlace(gates, r, r + 2 * H);
    for (let j = 0; j < H; j++) m[mAt + first + j] = gates[r + j]! * h[hBefore + first + j]!;
  }
}

/** Turns the pre-activation of n into its value in place, and writes h'. */
function nextState(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  h: FloatArray,
  hBefore: number,
  hAfter: number,
): void {
  for (let row = 0; row < rows; row++) {
    const z = gatesAt + row * 3 * H + H;
    const n = z + H;
    const first = row * H;
    tanhInto(gates, n, gates, n, H);
    for (let j = 0; j < H; j++) {
      const keep = gates[z + j]!;
      h[hAfter + first + j] = (1 - keep) * gates[n + j]! + keep * h[hBefore + first + j]!;
    }
  }
}

/**
 * Gradients of the pre-activations of z and n of one step, from `dh` of its result; `dh` becomes the part that goes
 * straight to the state before, z dh. Slopes: sigmoid' = s (1 - s), tanh' = 1 - tanh².
 */
function nextStateBackward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  h: FloatArray,
  hBefore: number,
  dh: FloatArray,
  dGates: FloatArray,
): void {
  for (let row = 0; row < rows; row++) {
    let z = gatesAt + row * 3 * H + H;
    for (let unit = row * H; unit < row * H + H; unit++, z++) {
      const keep = gates[z]!;
      const n = gates[z + H]!;
      const dhUnit = dh[unit]!;
      dGates[z] = dhUnit * (h[hBefore + unit]! - n) * keep * (1 - keep);
      dGates[z + H] = dhUnit * (1 - keep) * (1 - n * n);
      dh[unit] = dhUnit * keep;
    }
  }
}

/** Gradient of the pre-activation of r of one step, from `dm`; adds r dm to `dh` of the state before. */
function resetStateBackward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  h: FloatArray,
  hBefore: number,
  dm: FloatArray,
  dh: FloatArray,
  dGates: FloatArray,
): void {
  for (let row = 0; row < rows; row++) {
    let gate = gatesAt + row * 3 * H;
    for (let unit = row * H; unit < row * H + H; unit++, gate++) {
      const r = gates[gate]!;
      dGates[gate] = dm[unit]! * h[hBefore + unit]! * r * (1 - r);
      dh[unit]! += dm[unit]! * r;
    }
  }
}
