import { type SimdKernels, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { lstmKernels } from "../kernels/layer-kernels.ts";
import { takeTogether } from "../memory/buffer-pool.ts";
import { floats32Of } from "../memory/float-data.ts";
import { biasesOf, type CellWeights, type HiddenAndCellState } from "./cell.ts";
import { HiddenProjection } from "./hidden-projection.ts";
import type { LSTMInputGradients, LSTMOutputGradients, LSTMSaved } from "./lstm-plain.ts";
import { SimdHiddenProjection, SimdHiddenProjectionGradient } from "./simd/simd-hidden-projection.ts";
import { SimdMaskedHidden, SimdMaskedHiddenGradients } from "./simd/simd-masked-hidden.ts";
import { SimdInputGradients, SimdInputProjection } from "./simd/simd-products.ts";
import { SimdRun } from "./simd/simd-run.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The forward pass of an LSTM in linear memory; `null` if it does not fit.
 *
 * @param isRecorded - whether a backward pass may come; if not, the values of the gates are not kept
 */
export function lstmForwardSimd(
  simd: SimdKernels,
  isRecorded: boolean,
  x: Variable,
  { h: h0, c: c0 }: HiddenAndCellState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null,
): LSTMSaved<Float32Array> | null {
  const run = new SimdRun(simd, timeline);
  const kernels = lstmKernels(simd);
  const [G, P] = weights.weightHh.shape as [number, number];
  const H = G / 4;
  const savedRows = isRecorded ? run.rowCount : 0;
  const { parts, release } = takeTogether(isRecorded, [savedRows * G, savedRows * H, timeline.slotRows * H]);
  const saved = {
    gates: parts[0]!,
    tanhC: parts[1]!,
    h: timeline.slots(floats32Of(h0.value), P),
    c: timeline.slots(floats32Of(c0.value), H, parts[2]!),
    release,
    projection: weights.weightHr && new HiddenProjection(weights.weightHr, run.rowCount),
  };
  const input = new SimdInputProjection(run, x, weights, G);
  const recurrent = run.weight(G, P, floats32Of(weights.weightHh.value), 0, 1, P);
  const gates = run.rows(G, isRecorded ? saved.gates : null);
  const tanhC = run.rows(H, isRecorded ? saved.tanhC : null);
  const h = run.slots(P, saved.h);
  const c = run.slots(H, saved.c);
  const maskedHidden = new SimdMaskedHidden(run, h, dropoutMask);
  const projection = saved.projection && new SimdHiddenProjection(run, saved.projection);
  if (!run.open()) return null;

  input.open();
  maskedHidden.open();
  run.forward(
    (from, to) => {
      input.write(gates, from, to);
      h.loadFirst(from, to);
      c.loadFirst(from, to);
    },
    (at, before, after, rows) => {
      run.multiply(rows, maskedHidden.at(before, rows), P, recurrent, gates.at(at), G, true);
      const hidden = projection ? projection.input.at(at) : h.at(after);
      // biome-ignore format: one operand per group
      kernels.lstmForward(
        rows, H, gates.at(at),
        c.at(before), c.at(after), tanhC.at(at), hidden,
      );
      projection?.forward(at, rows, h, after);
      h.keep(before, after, rows);
      c.keep(before, after, rows);
    },
    (from, to) => {
      gates.store();
      tanhC.store();
      projection?.store(from, to);
      h.store();
      c.store();
    },
  );
  return saved;
}

/** The backward pass; `null` if it does not fit. */
export function lstmBackwardSimd(
  simd: SimdKernels,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  saved: LSTMSaved<Float32Array>,
  dropoutMask: Tensor | null,
  given: LSTMOutputGradients,
): LSTMInputGradients | null {
  const run = new SimdRun(simd, timeline);
  const kernels = lstmKernels(simd);
  const { batch: N } = timeline;
  const [G, P] = weights.weightHh.shape as [number, number];
  const H = G / 4;
  const input = new SimdInputGradients(run, x, weights, biasesOf(weights));
  const recurrent = run.weight(P, G, floats32Of(weights.weightHh.value), 0, P, 1);
  const gates = run.rows(G, saved.gates); // become their own gradients
  const tanhC = run.rows(H, saved.tanhC);
  const h = run.slots(P, saved.h);
  const c = run.slots(H, saved.c);
  const dy = run.tensorRows(given.dy, P);
  const dh = run.block(N * P);
  const dc = run.block(N * H);
  const maskedHidden = new SimdMaskedHiddenGradients(run, h, dropoutMask);
  const dWeightHh = weights.weightHh.requiresGrad ? maskedHidden.weight(G) : null;
  const projection = saved.projection && new SimdHiddenProjectionGradient(run, saved.projection);
  if (!run.open()) return null;

  dh.set(given.dh);
  dc.set(given.dc);
  maskedHidden.open();
  projection?.open();
  run.backward(
    (from, to) => {
      gates.load();
      tanhC.load();
      h.load();
      maskedHidden.load(from, to);
      c.load();
      dy.loadOrClear();
      projection?.load();
    },
    (at, before, _after, rows) => {
      projection?.backward(at, rows, dy, dh);
      // the gradient of o tanh(c') is the sum of these two
      const [dHidden, dHiddenNext] = projection
        ? [projection.dInput.address, projection.zeros.address]
        : [dy.at(at), dh.address];
      // biome-ignore format: one operand per group
      kernels.lstmBackward(
        rows, H, gates.at(at),
        c.at(before), tanhC.at(at), dHidden, dHiddenNext, dc.address,
      );
      run.multiply(rows, gates.at(at), G, recurrent, dh.address, P, false);
      maskedHidden.backward(dh, rows);
    },
    (from, to) => {
      timeline.clearPastEnd(gates.view(), G, from, to);
      input.add(gates, from, to);
      if (projection) {
        timeline.clearPastEnd(dy.view(), P, from, to);
        projection.add(dy, from * N, (to - from) * N);
      }
      dWeightHh?.add(gates, from * N, maskedHidden.rowOf(from * N), (to - from) * N);
    },
  );
  return {
    dx: input.dInput(),
    dh: new Tensor(dh.view().slice(), [N, P]),
    dc: new Tensor(dc.view().slice(), [N, H]),
    dWeightIh: input.dWeight(),
    dWeightHh: dWeightHh && new Tensor(dWeightHh.view().slice(), [G, P]),
    dBiases: input.dBiases(),
    dWeightHr: projection?.weightGradient() ?? null,
  };
}
