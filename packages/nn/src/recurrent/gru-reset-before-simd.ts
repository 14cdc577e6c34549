import { type SimdKernels, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { gruResetBeforeKernels, sumKernels } from "../kernels/layer-kernels.ts";
import { takeTogether } from "../memory/buffer-pool.ts";
import { floats32Of } from "../memory/float-data.ts";
import { biasesOf, type CellWeights, type HiddenState } from "./cell.ts";
import type { InputGradients, OutputGradients } from "./gradients.ts";
import type { GRUResetBeforeSaved } from "./gru-reset-before-plain.ts";
import { SimdMaskedHidden, SimdMaskedHiddenGradients } from "./simd/simd-masked-hidden.ts";
import { joinedRows, SimdInputGradients, SimdInputProjection, WeightGradient } from "./simd/simd-products.ts";
import { SimdRun } from "./simd/simd-run.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The forward pass in linear memory; `null` if it does not fit.
 *
 * @param isRecorded - whether a backward pass may come; if not, gates and m are not kept
 */
export function gruResetBeforeForwardSimd(
  simd: SimdKernels,
  isRecorded: boolean,
  x: Variable,
  { h: h0 }: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null,
): GRUResetBeforeSaved<Float32Array> | null {
  const run = new SimdRun(simd, timeline);
  const kernels = gruResetBeforeKernels(simd);
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const weightHh = floats32Of(weights.weightHh.value);
  const savedRows = isRecorded ? run.rowCount : 0;
  const { parts, release } = takeTogether(isRecorded, [savedRows * G, savedRows * H]);
  const saved = {
    gates: parts[0]!,
    m: parts[1]!,
    h: timeline.slots(floats32Of(h0.value), H),
    release,
  };
  const input = new SimdInputProjection(run, x, weights, G);
  const recurrentRz = run.weight(RZ, H, weightHh, 0, 1, H);
  const recurrentN = run.weight(H, H, weightHh, RZ * H, 1, H);
  const gates = run.rows(G, isRecorded ? saved.gates : null);
  const m = run.rows(H, isRecorded ? saved.m : null);
  const h = run.slots(H, saved.h);
  const maskedHidden = new SimdMaskedHidden(run, h, dropoutMask);
  if (!run.open()) return null;

  input.open();
  maskedHidden.open();
  run.forward(
    (from, to) => {
      input.write(gates, from, to);
      h.loadFirst(from, to);
    },
    (at, before, after, rows) => {
      const masked = maskedHidden.at(before, rows);
      run.multiply(rows, masked, H, recurrentRz, gates.at(at), G, true);
      kernels.resetForward(rows, H, gates.at(at), masked, m.at(at));
      run.multiply(rows, m.at(at), H, recurrentN, gates.at(at) + 4 * RZ, G, true);
      kernels.nextForward(rows, H, gates.at(at), h.at(before), h.at(after));
      h.keep(before, after, rows);
    },
    () => {
      gates.store();
      m.store();
      h.store();
    },
  );
  return saved;
}

/** The backward pass; `null` if it does not fit. */
export function gruResetBeforeBackwardSimd(
  simd: SimdKernels,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  saved: GRUResetBeforeSaved<Float32Array>,
  dropoutMask: Tensor | null,
  given: OutputGradients,
): InputGradients | null {
  const run = new SimdRun(simd, timeline);
  const kernels = gruResetBeforeKernels(simd);
  const sums = sumKernels(simd);
  const { batch: N } = timeline;
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const weightHh = floats32Of(weights.weightHh.value);
  const input = new SimdInputGradients(run, x, weights, biasesOf(weights));
  const recurrentRz = run.weight(H, RZ, weightHh, 0, H, 1);
  const recurrentN = run.weight(H, H, weightHh, RZ * H, H, 1);
  const gates = run.rows(G, saved.gates); // become their own gradients
  const m = run.rows(H, saved.m);
  const h = run.slots(H, saved.h);
  const dy = run.tensorRows(given.dy, H);
  const dh = run.block(N * H);
  const dMasked = run.block(N * H);
  const maskedHidden = new SimdMaskedHiddenGradients(run, h, dropoutMask);
  const isWanted = weights.weightHh.requiresGrad;
  const dWeightRz = isWanted ? maskedHidden.weight(RZ) : null;
  const dWeightN = isWanted ? new WeightGradient(run, H, m) : null;
  if (!run.open()) return null;

  dh.set(given.dh);
  maskedHidden.open();
  run.backward(
    (from, to) => {
      gates.load();
      m.load();
      h.load();
      maskedHidden.load(from, to);
      dy.loadOrClear();
    },
    (at, before, _after, rows) => {
      kernels.nextBackward(rows, H, gates.at(at), h.at(before), dy.at(at), dh.address);
      run.multiply(rows, gates.at(at) + 4 * RZ, G, recurrentN, dMasked.address, H, false); // of m, so far
      kernels.resetBackward(rows, H, gates.at(at), maskedHidden.at(at, before), dMasked.address);
      run.multiply(rows, gates.at(at), G, recurrentRz, dMasked.address, H, true);
      maskedHidden.backward(dMasked, rows);
      sums.addInto(rows * H, dMasked.address, dh.address);
    },
    (from, to) => {
      const at = from * N;
      const rows = (to - from) * N;
      timeline.clearPastEnd(gates.view(), G, from, to);
      timeline.clearPastEnd(m.view(), H, from, to);
      input.add(gates, from, to);
      dWeightRz?.add(gates, at, maskedHidden.rowOf(at), rows);
      dWeightN?.add(gates, at, at, rows, RZ);
    },
  );

  return {
    dx: input.dInput(),
    dh: new Tensor(dh.view().slice(), [N, H]),
    dWeightIh: input.dWeight(),
    dWeightHh: dWeightRz && dWeightN && joinedRows([dWeightRz, dWeightN], [G, H]),
    dBiases: input.dBiases(),
  };
}
