import { type SimdKernels, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { floats32Of } from "./buffers.ts";
import { biasesOf, type CellWeights, type HiddenAndCellState } from "./cell.ts";
import type { LSTMInputGradients, LSTMOutputGradients, LSTMSaved } from "./lstm-plain.ts";
import { SimdInputGradients, SimdInputProjection, WeightGradient } from "./simd-products.ts";
import { SimdRun } from "./simd-run.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The forward pass of an LSTM without projection in linear memory; `null` if it does not fit.
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
): LSTMSaved<Float32Array> | null {
  const run = new SimdRun(simd, timeline);
  const { batch: N } = timeline;
  const H = weights.weightHh.shape[1]!;
  const G = 4 * H;
  const kept = isRecorded ? run.rowCount : 0;
  const saved = {
    gates: new Float32Array(kept * G),
    tanhC: new Float32Array(kept * H),
    h: timeline.slots(floats32Of(h0.value), H),
    c: timeline.slots(floats32Of(c0.value), H),
    projection: null,
  };
  const input = new SimdInputProjection(run, x, weights, G);
  const recurrent = run.weight(N, G, H, floats32Of(weights.weightHh.value), 0, 1, H);
  const gates = run.rows(G, isRecorded ? saved.gates : null);
  const tanhC = run.rows(H, isRecorded ? saved.tanhC : null);
  const h = run.slots(H, saved.h);
  const c = run.slots(H, saved.c);
  if (!run.open()) return null;

  input.open();
  run.forward(
    (from, to) => {
      input.write(gates, from, to);
      h.loadFirst(from, to);
      c.loadFirst(from, to);
    },
    (at, before, after, rows) => {
      run.multiply(rows, h.at(before), H, recurrent, gates.at(at), G, true);
      // biome-ignore format: one operand per group
      run.gates.lstmForward(
        rows, H, gates.at(at),
        c.at(before), c.at(after), tanhC.at(at), h.at(after),
      );
      h.keep(before, after, rows);
      c.keep(before, after, rows);
    },
    () => {
      gates.store();
      tanhC.store();
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
  given: LSTMOutputGradients,
): LSTMInputGradients | null {
  const run = new SimdRun(simd, timeline);
  const { batch: N } = timeline;
  const H = weights.weightHh.shape[1]!;
  const G = 4 * H;
  const input = new SimdInputGradients(run, x, weights, biasesOf(weights));
  const recurrent = run.weight(N, H, G, floats32Of(weights.weightHh.value), 0, H, 1);
  const gates = run.rows(G, saved.gates); // become their own gradients
  const tanhC = run.rows(H, saved.tanhC);
  const h = run.slots(H, saved.h);
  const c = run.slots(H, saved.c);
  const dy = run.rows(H, given.dy && floats32Of(given.dy));
  const dh = run.block(N * H);
  const dc = run.block(N * H);
  const dWeightHh = weights.weightHh.requiresGrad ? new WeightGradient(run, G, h) : null;
  if (!run.open()) return null;

  dh.set(given.dh);
  dc.set(given.dc);
  run.backward(
    () => {
      gates.load();
      tanhC.load();
      h.load();
      c.load();
      dy.loadOrClear();
    },
    (at, before, _after, rows) => {
      // biome-ignore format: one operand per group
      run.gates.lstmBackward(
        rows, H, gates.at(at),
        c.at(before), tanhC.at(at), dy.at(at), dh.address, dc.address,
      );
      run.multiply(rows, gates.at(at), G, recurrent, dh.address, H, false);
    },
    (from, to) => {
      timeline.clearPastEnd(gates.view(), G, from, to);
      input.add(gates, from, to);
      dWeightHh?.add(gates, from * N, timeline.before(from * N), (to - from) * N);
    },
  );
  return {
    dx: input.dInput(),
    dh: new Tensor(dh.view().slice(), [N, H]),
    dc: new Tensor(dc.view().slice(), [N, H]),
    dWeightIh: input.dWeight(),
    dWeightHh: dWeightHh && new Tensor(dWeightHh.view().slice(), [G, H]),
    dBiases: input.dBiases(),
    dWeightHr: null,
  };
}
