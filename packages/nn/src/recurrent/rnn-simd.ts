import { type SimdKernels, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { rnnKernels } from "../kernels/layer-kernels.ts";
import { floats32Of } from "../memory/float-data.ts";
import { biasesOf, type CellWeights } from "./cell.ts";
import type { InputGradients, OutputGradients } from "./gradients.ts";
import type { Nonlinearity } from "./nonlinearity.ts";
import { SimdMaskedHidden, SimdMaskedHiddenGradients } from "./simd/simd-masked-hidden.ts";
import { SimdInputGradients, SimdInputProjection } from "./simd/simd-products.ts";
import { SimdRun } from "./simd/simd-run.ts";
import type { Timeline } from "./timeline.ts";

/** The forward pass of an RNN in linear memory; false, and nothing written, if it does not fit. */
export function rnnForwardSimd(
  simd: SimdKernels,
  nonlinearity: Nonlinearity,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  slots: Float32Array,
  dropoutMask: Tensor | null,
): boolean {
  const run = new SimdRun(simd, timeline);
  const kernels = rnnKernels(simd);
  const H = weights.weightHh.shape[1]!;
  const input = new SimdInputProjection(run, x, weights, H);
  const recurrent = run.weight(H, H, floats32Of(weights.weightHh.value), 0, 1, H);
  const projected = run.rows(H, null);
  const h = run.slots(H, slots);
  const maskedHidden = new SimdMaskedHidden(run, h, dropoutMask);
  if (!run.open()) return false;

  input.open();
  maskedHidden.open();
  const activate = nonlinearity === "tanh" ? kernels.tanhForward : kernels.reluForward;
  run.forward(
    (from, to) => {
      input.write(projected, from, to);
      h.loadFirst(from, to);
    },
    (at, before, after, rows) => {
      run.multiply(rows, maskedHidden.at(before, rows), H, recurrent, projected.at(at), H, true);
      activate(rows * H, projected.at(at), h.at(after));
      h.keep(before, after, rows);
    },
    () => h.store(),
  );
  return true;
}

/** The backward pass; `null` if it does not fit. */
export function rnnBackwardSimd(
  simd: SimdKernels,
  nonlinearity: Nonlinearity,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  slots: Float32Array,
  dropoutMask: Tensor | null,
  given: OutputGradients,
): InputGradients | null {
  const run = new SimdRun(simd, timeline);
  const kernels = rnnKernels(simd);
  const { batch: N } = timeline;
  const H = weights.weightHh.shape[1]!;
  const input = new SimdInputGradients(run, x, weights, biasesOf(weights));
  const recurrent = run.weight(H, H, floats32Of(weights.weightHh.value), 0, H, 1);
  const h = run.slots(H, slots);
  const dy = run.tensorRows(given.dy, H);
  const dProjected = run.rows(H, null);
  const dh = run.block(N * H);
  const maskedHidden = new SimdMaskedHiddenGradients(run, h, dropoutMask);
  const dWeightHh = weights.weightHh.requiresGrad ? maskedHidden.weight(H) : null;
  if (!run.open()) return null;

  dh.set(given.dh);
  maskedHidden.open();
  const activateBackward = nonlinearity === "tanh" ? kernels.tanhBackward : kernels.reluBackward;
  run.backward(
    (from, to) => {
      h.load();
      maskedHidden.load(from, to);
      dy.loadOrClear();
    },
    (at, _before, after, rows) => {
      activateBackward(rows * H, h.at(after), dy.at(at), dh.address, dProjected.at(at));
      run.multiply(rows, dProjected.at(at), H, recurrent, dh.address, H, false);
      maskedHidden.backward(dh, rows);
    },
    (from, to) => {
      timeline.clearPastEnd(dProjected.view(), H, from, to);
      input.add(dProjected, from, to);
      dWeightHh?.add(dProjected, from * N, maskedHidden.rowOf(from * N), (to - from) * N);
    },
  );
  return {
    dx: input.dInput(),
    dh: new Tensor(dh.view().slice(), [N, H]),
    dWeightIh: input.dWeight(),
    dWeightHh: dWeightHh && new Tensor(dWeightHh.view().slice(), [H, H]),
    dBiases: input.dBiases(),
  };
}
