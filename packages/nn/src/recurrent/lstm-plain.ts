import { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { addRun } from "../memory/copy-run.ts";
import { floatsOf } from "../memory/float-data.ts";
import { internalZeros } from "../memory/small-arrays.ts";
import { sigmoidInPlace, tanhInto } from "./activations.ts";
import { scratch, zerosTogether } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenAndCellState } from "./cell.ts";
import type { InputGradients, OutputGradients } from "./gradients.ts";
import { HiddenProjection, HiddenProjectionGradient } from "./hidden-projection.ts";
import { biasGradients, inputGradient, projectInput, weightGradient } from "./input-projection.ts";
import { MaskedHidden } from "./masked-hidden.ts";
import { addLinear, linearInputGradient } from "./products.ts";
import type { Timeline } from "./timeline.ts";

/** What the forward pass of an LSTM leaves for its results and for the backward pass. */
export interface LSTMSaved<Floats extends FloatArray = FloatArray> {
  /** `[L * N, 4H]`: the values of the gates. */
  readonly gates: Floats;
  /** `[L + 1, N, P]` and `[L + 1, N, H]`: slots of the states, see {@link Timeline}. */
  readonly h: Floats;
  readonly c: Floats;
  /** `[L * N, H]` */
  readonly tanhC: Floats;
  readonly projection: HiddenProjection | null;
  /** Gives the memory of gates, c and tanhC back when nobody needs them any more; not for arrays that are collected. */
  readonly release?: (() => void) | undefined;
}

/** {@link OutputGradients}, and that of the last `c`. */
export interface LSTMOutputGradients extends OutputGradients {
  readonly dc: Tensor | null;
}

/** {@link InputGradients}, and those of the initial `c` and of the projection. */
export interface LSTMInputGradients extends InputGradients {
  readonly dc: Tensor;
  readonly dWeightHr: Tensor | null;
}

/** The forward pass on ordinary arrays, for both float types. */
export function lstmForward(
  x: Variable,
  { h: h0, c: c0 }: HiddenAndCellState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null,
): LSTMSaved {
  const [G, P] = weights.weightHh.shape as [number, number];
  const H = G / 4;
  const rows = timeline.length * timeline.batch;
  const weightHh = floatsOf(weights.weightHh.value);
  const parts = zerosTogether(weightHh, [rows * G, rows * H, timeline.slotRows * H]);
  const [gates, tanhC, cSlots] = parts as [FloatArray, FloatArray, FloatArray];
  const h = timeline.slots(floatsOf(h0.value), P);
  const c = timeline.slots(floatsOf(c0.value), H, cSlots);
  const projection = weights.weightHr && new HiddenProjection(weights.weightHr, rows);
  const maskedHidden = new MaskedHidden(timeline, h, P, dropoutMask);

  // what enters the gates from the input, for all steps at once; each step turns its rows into gate values
  projectInput(x, weights, G, gates);
  timeline.forward((at, before, after, rows) => {
    const masked = maskedHidden.array(before, rows);
    addLinear(rows, G, P, masked, maskedHidden.start(before), weightHh, 0, gates, at * G, G);
    if (projection === null) {
      stepForward(rows, H, gates, at * G, c, before * H, after * H, tanhC, at * H, h, after * H);
    } else {
      stepForward(rows, H, gates, at * G, c, before * H, after * H, tanhC, at * H, projection.input, at * H);
      projection.forward(at, rows, h, after);
    }
    timeline.keep(h, P, before, after, rows);
    timeline.keep(c, H, before, after, rows);
  });
  return { gates, h, c, tanhC, projection };
}

/** The backward pass on ordinary arrays. */
export function lstmBackward(
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  { gates, h, c, tanhC, projection }: LSTMSaved,
  dropoutMask: Tensor | null,
  given: LSTMOutputGradients,
): LSTMInputGradients {
  const { length: L, batch: N } = timeline;
  const [G, P] = weights.weightHh.shape as [number, number];
  const H = G / 4;
  const weightHh = floatsOf(weights.weightHh.value);
  const dy = given.dy && floatsOf(given.dy);
  // gradients of the state between two steps; at the end, of the initial state
  const dh = given.dh ? floatsOf(given.dh).slice() : internalZeros(gates, N * P);
  const dc = given.dc ? floatsOf(given.dc).slice() : internalZeros(gates, N * H);
  const dGates = scratch(gates, L * N * G);
  const maskedHidden = new MaskedHidden(timeline, h, P, dropoutMask);
  const unproject = projection && new HiddenProjectionGradient(projection, N);

  timeline.backward((at, before, _after, rows) => {
    if (dy !== null) addRun(dy, at * P, dh, 0, rows * P);
    const dHidden = unproject ? unproject.backward(at, rows, dh) : dh; // of o tanh(c')
    stepBackward(rows, H, gates, at * G, c, before * H, tanhC, at * H, dHidden, dc, dGates);
    linearInputGradient(rows, G, P, dGates, at * G, G, weightHh, 0, dh, 0, false);
    maskedHidden.backward(dh, rows);
  });

  timeline.clearPastEnd(dGates, G);
  return {
    dx: inputGradient(x, weights, dGates),
    dh: new Tensor(dh, [N, P]),
    dc: new Tensor(dc, [N, H]),
    dWeightIh: weightGradient(weights.weightIh, dGates, floatsOf(x.value), L * N),
    dWeightHh: weightGradient(weights.weightHh, dGates, maskedHidden.all(), L * N),
    dBiases: biasGradients(biasesOf(weights), dGates, L * N),
    dWeightHr: unproject?.weightGradient() ?? null,
  };
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
