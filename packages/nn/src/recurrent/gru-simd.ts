import { type SimdKernels, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { gruKernels, sumKernels } from "../kernels/layer-kernels.ts";
import { takeTogether } from "../memory/buffer-pool.ts";
import { floats32Of } from "../memory/float-data.ts";
import { biasesOf, type CellWeights, type HiddenState } from "./cell.ts";
import type { InputGradients, OutputGradients } from "./gradients.ts";
import type { GRUSaved } from "./gru-plain.ts";
import { SimdMaskedHidden, SimdMaskedHiddenGradients } from "./simd/simd-masked-hidden.ts";
import { ColumnSums, joinedRows, SimdInputGradients, SimdInputProjection } from "./simd/simd-products.ts";
import { SimdRun } from "./simd/simd-run.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The forward pass of a GRU in linear memory; `null` if it does not fit.
 *
 * @param isRecorded - whether a backward pass may come; if not, the values of the gates are not kept
 */
export function gruForwardSimd(
  simd: SimdKernels,
  isRecorded: boolean,
  x: Variable,
  { h: h0 }: HiddenState,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor | null,
): GRUSaved<Float32Array> | null {
  const run = new SimdRun(simd, timeline);
  const kernels = gruKernels(simd);
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const weightHh = floats32Of(weights.weightHh.value);
  const savedRows = isRecorded ? run.rowCount : 0;
  const { parts, release } = takeTogether(isRecorded, [savedRows * G, savedRows * H]);
  const saved = {
    gates: parts[0]!,
    q: parts[1]!,
    h: timeline.slots(floats32Of(h0.value), H),
    release,
  };
  const input = new SimdInputProjection(run, x, weights, RZ);
  const recurrentRz = run.weight(RZ, H, weightHh, 0, 1, H);
  const recurrentN = run.weight(H, H, weightHh, RZ * H, 1, H);
  const biasN = weights.biasHh && run.block(H);
  const gates = run.rows(G, isRecorded ? saved.gates : null);
  const q = run.rows(H, isRecorded ? saved.q : null);
  const h = run.slots(H, saved.h);
  const maskedHidden = new SimdMaskedHidden(run, h, dropoutMask);
  if (!run.open()) return null;

  input.open();
  maskedHidden.open();
  if (weights.biasHh) biasN?.view().set(floats32Of(weights.biasHh.value).subarray(RZ));
  run.forward(
    (from, to) => {
      input.write(gates, from, to);
      if (biasN) q.fill(biasN);
      h.loadFirst(from, to);
    },
    (at, before, after, rows) => {
      const masked = maskedHidden.at(before, rows);
      run.multiply(rows, masked, H, recurrentRz, gates.at(at), G, true);
      run.multiply(rows, masked, H, recurrentN, q.at(at), H, biasN !== null);
      kernels.gruForward(rows, H, gates.at(at), q.at(at), h.at(before), h.at(after));
      h.keep(before, after, rows);
    },
    () => {
      gates.store();
      q.store();
      h.store();
    },
  );
  return saved;
}

/** The backward pass; `null` if it does not fit. */
export function gruBackwardSimd(
  simd: SimdKernels,
  x: Variable,
  weights: CellWeights,
  timeline: Timeline,
  saved: GRUSaved<Float32Array>,
  dropoutMask: Tensor | null,
  given: OutputGradients,
): InputGradients | null {
  const run = new SimdRun(simd, timeline);
  const kernels = gruKernels(simd);
  const sums = sumKernels(simd);
  const { batch: N } = timeline;
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const weightHh = floats32Of(weights.weightHh.value);
  const biases = biasesOf(weights);
  const input = new SimdInputGradients(run, x, weights, biases);
  const recurrentRz = run.weight(H, RZ, weightHh, 0, H, 1);
  const recurrentN = run.weight(H, H, weightHh, RZ * H, H, 1);
  const gates = run.rows(G, saved.gates); // become their own gradients
  const q = run.rows(H, saved.q); // likewise
  const h = run.slots(H, saved.h);
  const dy = run.tensorRows(given.dy, H);
  const dh = run.block(N * H);
  const dMasked = dropoutMask === null ? dh : run.block(N * H); // without dropout the products add to dh
  const maskedHidden = new SimdMaskedHiddenGradients(run, h, dropoutMask);
  const isWanted = weights.weightHh.requiresGrad;
  const dWeightRz = isWanted ? maskedHidden.weight(RZ) : null;
  const dWeightN = isWanted ? maskedHidden.weight(H) : null;
  const dBiasN = biases.length > 0 ? new ColumnSums(run, H) : null;
  if (!run.open()) return null;

  dh.set(given.dh);
  maskedHidden.open();
  run.backward(
    (from, to) => {
      gates.load();
      q.load();
      h.load();
      maskedHidden.load(from, to);
      dy.loadOrClear();
    },
    (at, before, _after, rows) => {
      kernels.gruBackward(rows, H, gates.at(at), q.at(at), h.at(before), dy.at(at), dh.address);
      run.multiply(rows, gates.at(at), G, recurrentRz, dMasked.address, H, dMasked === dh);
      run.multiply(rows, q.at(at), H, recurrentN, dMasked.address, H, true);
      if (dMasked === dh) return;
      maskedHidden.backward(dMasked, rows);
      sums.addInto(rows * H, dMasked.address, dh.address);
    },
    (from, to) => {
      const at = from * N;
      const rows = (to - from) * N;
      timeline.clearPastEnd(gates.view(), G, from, to);
      timeline.clearPastEnd(q.view(), H, from, to);
      input.add(gates, from, to);
      dWeightRz?.add(gates, at, maskedHidden.rowOf(at), rows);
      dWeightN?.add(q, at, maskedHidden.rowOf(at), rows);
      dBiasN?.add(q, at, rows);
    },
  );

  return {
    dx: input.dInput(),
    dh: new Tensor(dh.view().slice(), [N, H]),
    dWeightIh: input.dWeight(),
    dWeightHh: dWeightRz && dWeightN && joinedRows([dWeightRz, dWeightN], [G, H]),
    dBiases: withRecurrentBias(input.dBiases(), dBiasN),
  };
}

/** The biases of r and z are added to the same thing; that of q is inside the product with r. */
function withRecurrentBias([dBiasIh]: readonly Tensor[], dBiasN: ColumnSums | null): Tensor[] {
  if (dBiasIh === undefined || dBiasN === null) return [];
  const dBiasHh = floats32Of(dBiasIh).slice();
  const sums = dBiasN.result();
  dBiasHh.set(sums, dBiasHh.length - sums.length);
  return [dBiasIh, new Tensor(dBiasHh, dBiasIh.shape)];
}
