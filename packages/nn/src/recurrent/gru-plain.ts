import { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { addRun } from "../memory/copy-run.ts";
import { floatsOf } from "../memory/float-data.ts";
import { internalZeros } from "../memory/small-arrays.ts";
import { sigmoidInPlace, tanhInto } from "./activations.ts";
import { scratch, zerosLike, zerosTogether } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenState } from "./cell.ts";
import type { InputGradients, OutputGradients } from "./gradients.ts";
import {
  biasGradients,
  inputGradient,
  projectInput,
  repeatFirstRow,
  weightGradient,
} from "./input-projection.ts";
import { MaskedHidden } from "./masked-hidden.ts";
import { addLinear, columnSums, linearInputGradient, linearWeightGradient } from "./products.ts";
import type { Timeline } from "./timeline.ts";

/** What the forward pass of a GRU leaves for its results and for the backward pass. */
export interface GRUSaved<Floats extends FloatArray = FloatArray> {
  /** `[L * N, 3H]`: the values of the gates. */
  readonly gates: Floats;
  /** `[L * N, H]` */
  readonly q: Floats;
  /** `[L + 1, N, H]`: slots of the states, see {@link Timeline}. */
  readonly h: Floats;
  /** Gives the memory of gates and q back when nobody needs them any more; not for arrays that are collected. */
  readonly release?: (() => void) | undefined;
}

/** The forward pass on ordinary arrays, for both float types. */
export function gruForward(
  x: Variable,
  { h: h0 }: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null,
): GRUSaved {
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H; // width of the r and z gates together
  const weightHh = floatsOf(weights.weightHh.value);
  const weightHnAt = RZ * H;
  const rows = timeline.length * timeline.batch;
  const [gates, q] = zerosTogether(weightHh, [rows * G, rows * H]) as [FloatArray, FloatArray];
  const h = timeline.slots(floatsOf(h0.value), H);

  // what enters the gates from the input, for all steps at once; each step turns its rows into gate values
  projectInput(x, weights, RZ, gates);
  if (weights.biasHh !== null && q.length > 0) {
    q.set(floatsOf(weights.biasHh.value).subarray(RZ));
    repeatFirstRow(q, rows, H);
  }
  const maskedHidden = new MaskedHidden(timeline, h, H, dropoutMask);
  timeline.forward((at, before, after, rows) => {
    const masked = maskedHidden.array(before, rows);
    const maskedAt = maskedHidden.start(before);
    addLinear(rows, RZ, H, masked, maskedAt, weightHh, 0, gates, at * G, G);
    addLinear(rows, H, H, masked, maskedAt, weightHh, weightHnAt, q, at * H, H);
    stepForward(rows, H, gates, at * G, q, at * H, h, before * H, after * H);
    timeline.keep(h, H, before, after, rows);
  });
  return { gates, q, h };
}

/** The backward pass on ordinary arrays. */
export function gruBackward(
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  { gates, q, h }: GRUSaved,
  dropoutMask: Tensor | null,
  given: OutputGradients,
): InputGradients {
  const { length: L, batch: N } = timeline;
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const weightHh = floatsOf(weights.weightHh.value);
  const weightHnAt = RZ * H;
  const dy = given.dy && floatsOf(given.dy);
  // gradient of the state between two steps; at the end, of the initial state
  const dh = given.dh ? floatsOf(given.dh).slice() : internalZeros(gates, N * H);
  const dGates = scratch(gates, L * N * G);
  const dq = internalZeros(gates, L * N * H);
  const maskedHidden = new MaskedHidden(timeline, h, H, dropoutMask);
  const dMasked = internalZeros(gates, N * H);

  timeline.backward((at, before, _after, rows) => {
    if (dy !== null) addRun(dy, at * H, dh, 0, rows * H);
    stepBackward(rows, H, gates, at * G, q, at * H, h, before * H, dh, dGates, dq);
    linearInputGradient(rows, RZ, H, dGates, at * G, G, weightHh, 0, dMasked, 0, false);
    linearInputGradient(rows, H, H, dq, at * H, H, weightHh, weightHnAt, dMasked, 0, true);
    maskedHidden.backward(dMasked, rows);
    addRun(dMasked, 0, dh, 0, rows * H);
  });

  timeline.clearPastEnd(dGates, G);
  const rows = L * N;
  return {
    dx: inputGradient(x, weights, dGates),
    dh: new Tensor(dh, [N, H]),
    dWeightIh: weightGradient(weights.weightIh, dGates, floatsOf(x.value), rows),
    dWeightHh: recurrentWeightGradient(weights.weightHh, dGates, dq, maskedHidden, rows),
    dBiases: recurrentBiasGradients(biasesOf(weights), dGates, dq, rows),
  };
}

/** Rows of W_hh for r and z belong to the gates' gradients, those for n to that of q; `null` if nobody wants it. */
function recurrentWeightGradient(
  { shape, requiresGrad }: Variable,
  dGates: FloatArray,
  dq: FloatArray,
  maskedHidden: MaskedHidden,
  rows: number,
): Tensor | null {
  if (!requiresGrad) return null;
  const [G, H] = shape as [number, number];
  const RZ = 2 * H;
  const previous = maskedHidden.all();
  const dWeight = zerosLike(dq, G * H);
  linearWeightGradient(rows, RZ, H, dGates, G, previous, dWeight, 0);
  linearWeightGradient(rows, H, H, dq, H, previous, dWeight, RZ * H);
  return new Tensor(dWeight, shape);
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
