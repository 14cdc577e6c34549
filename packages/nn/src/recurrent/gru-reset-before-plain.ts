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
import { biasGradients, inputGradient, projectInput, weightGradient } from "./input-projection.ts";
import { MaskedHidden } from "./masked-hidden.ts";
import { addLinear, linearInputGradient, linearWeightGradient } from "./products.ts";
import type { Timeline } from "./timeline.ts";

/** What the forward pass leaves for its results and for the backward pass. */
export interface GRUResetBeforeSaved<Floats extends FloatArray = FloatArray> {
  /** `[L * N, 3H]`: the values of the gates. */
  readonly gates: Floats;
  /** `[L * N, H]`: r h, what the product of n reads. */
  readonly m: Floats;
  /** `[L + 1, N, H]`: slots of the states, see {@link Timeline}. */
  readonly h: Floats;
  /** Gives the memory of gates and m back when nobody needs them any more; not for arrays that are collected. */
  readonly release?: (() => void) | undefined;
}

/** The forward pass on ordinary arrays, for both float types. */
export function gruResetBeforeForward(
  x: Variable,
  { h: h0 }: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null,
): GRUResetBeforeSaved {
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H; // width of the r and z gates together
  const weightHh = floatsOf(weights.weightHh.value);
  const steps = timeline.length * timeline.batch;
  const [gates, m] = zerosTogether(weightHh, [steps * G, steps * H]) as [FloatArray, FloatArray];
  const h = timeline.slots(floatsOf(h0.value), H);
  const maskedHidden = new MaskedHidden(timeline, h, H, dropoutMask);

  // what enters the gates from the input, for all steps at once; each step turns its rows into gate values
  projectInput(x, weights, G, gates);
  timeline.forward((at, before, after, rows) => {
    const masked = maskedHidden.array(before, rows);
    const maskedAt = maskedHidden.start(before);
    addLinear(rows, RZ, H, masked, maskedAt, weightHh, 0, gates, at * G, G);
    resetState(rows, H, gates, at * G, masked, maskedAt, m, at * H);
    addLinear(rows, H, H, m, at * H, weightHh, RZ * H, gates, at * G + RZ, G);
    nextState(rows, H, gates, at * G, h, before * H, after * H);
    timeline.keep(h, H, before, after, rows);
  });
  return { gates, m, h };
}

/** The backward pass on ordinary arrays. */
export function gruResetBeforeBackward(
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  { gates, m, h }: GRUResetBeforeSaved,
  dropoutMask: Tensor | null,
  given: OutputGradients,
): InputGradients {
  const { length: L, batch: N } = timeline;
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const weightHh = floatsOf(weights.weightHh.value);
  const dy = given.dy && floatsOf(given.dy);
  // gradient of the state between two steps; at the end, of the initial state
  const dh = given.dh ? floatsOf(given.dh).slice() : internalZeros(gates, N * H);
  const dMasked = internalZeros(gates, N * H);
  const dGates = scratch(gates, L * N * G);
  const maskedHidden = new MaskedHidden(timeline, h, H, dropoutMask);

  timeline.backward((at, before, _after, rows) => {
    if (dy !== null) addRun(dy, at * H, dh, 0, rows * H);
    nextStateBackward(rows, H, gates, at * G, h, before * H, dh, dGates);
    linearInputGradient(rows, H, H, dGates, at * G + RZ, G, weightHh, RZ * H, dMasked, 0, false); // of m, so far
    const masked = maskedHidden.array(before, rows);
    resetStateBackward(rows, H, gates, at * G, masked, maskedHidden.start(before), dMasked, dGates);
    linearInputGradient(rows, RZ, H, dGates, at * G, G, weightHh, 0, dMasked, 0, true);
    maskedHidden.backward(dMasked, rows);
    addRun(dMasked, 0, dh, 0, rows * H);
  });

  timeline.clearPastEnd(dGates, G);
  timeline.clearPastEnd(m, H);
  return {
    dx: inputGradient(x, weights, dGates),
    dh: new Tensor(dh, [N, H]),
    dWeightIh: weightGradient(weights.weightIh, dGates, floatsOf(x.value), L * N),
    dWeightHh: recurrentWeightGradient(weights.weightHh, dGates, m, maskedHidden, L * N),
    dBiases: biasGradients(biasesOf(weights), dGates, L * N),
  };
}

/** Rows of W_hh for r and z multiply h, those for n multiply m; `null` if nobody wants it. */
function recurrentWeightGradient(
  { shape, requiresGrad }: Variable,
  dGates: FloatArray,
  m: FloatArray,
  maskedHidden: MaskedHidden,
  rows: number,
): Tensor | null {
  if (!requiresGrad) return null;
  const [G, H] = shape as [number, number];
  const RZ = 2 * H;
  const dWeight = zerosLike(m, G * H);
  linearWeightGradient(rows, RZ, H, dGates, G, maskedHidden.all(), dWeight, 0);
  linearWeightGradient(rows, H, H, dGates.subarray(RZ), G, m, dWeight, RZ * H);
  return new Tensor(dWeight, shape);
}

/** Turns the pre-activations of r and z into gate values in place, and writes m = r h, with the masked h. */
function resetState(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  masked: FloatArray,
  maskedAt: number,
  m: FloatArray,
  mAt: number,
): void {
  for (let row = 0; row < rows; row++) {
    const r = gatesAt + row * 3 * H;
    const first = row * H;
    sigmoidInPlace(gates, r, r + 2 * H);
    for (let j = 0; j < H; j++) m[mAt + first + j] = gates[r + j]! * masked[maskedAt + first + j]!;
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

/** Gradient of the pre-activation of r of one step, from `dm`, which becomes r dm: that of the masked h. */
function resetStateBackward(
  rows: number,
  H: number,
  gates: FloatArray,
  gatesAt: number,
  masked: FloatArray,
  maskedAt: number,
  dm: FloatArray,
  dGates: FloatArray,
): void {
  for (let row = 0; row < rows; row++) {
    let gate = gatesAt + row * 3 * H;
    for (let unit = row * H; unit < row * H + H; unit++, gate++) {
      const r = gates[gate]!;
      dGates[gate] = dm[unit]! * masked[maskedAt + unit]! * r * (1 - r);
      dm[unit]! *= r;
    }
  }
}
