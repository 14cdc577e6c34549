import type { SimdKernels } from "@rnn/tensor";
import { gruKernels, gruResetBeforeKernels, lstmKernels, rnnKernels } from "../../kernels/layer-kernels.ts";
import { blockBytes } from "../../kernels/memory-blocks.ts";
import { floats32Of } from "../../memory/float-data.ts";
import { biasesOf, type CellWeights } from "../cell.ts";
import type { Nonlinearity } from "../nonlinearity.ts";
import type { StreamedCell } from "./stream-source.ts";
import type { StreamBias, StreamWeights } from "./stream-weights.ts";

// One step of a layer whose weights and state stay in linear memory. All addresses are in bytes.

/** A layer of a stream. */
export interface StreamLayer {
  /** Bytes of working memory for a step of so many rows. */
  workBytes(simd: SimdKernels, rows: number): number;
  /** Runs a step of `x` `[rows, I]`: h `[rows, P]` and c `[rows, H]` become the next ones. */
  step(simd: SimdKernels, rows: number, x: number, h: number, c: number, work: number): void;
}

/** Makes a layer, and declares its weights. */
type StreamCell = (weights: CellWeights, store: StreamWeights) => StreamLayer;

/** The biases added up; of `b_hh` only the first `shared`. */
function biasSum(weights: CellWeights, shared: number, store: StreamWeights): StreamBias {
  return store.bias(weights.weightIh.shape[0]!, biasesOf(weights), (row) => {
    const [biasIh, biasHh] = biasesOf(weights);
    if (biasIh === undefined || biasHh === undefined) return;
    row.set(floats32Of(biasIh.value));
    const hidden = floats32Of(biasHh.value);
    for (let j = 0; j < shared; j++) row[j]! += hidden[j]!;
  });
}

/** The working memory of a product. */
function productBytes({ exports }: SimdKernels, { weightIh, weightHh, weightHr }: CellWeights): number {
  return Math.max(
    ...[weightIh, weightHh, weightHr ?? weightHh].map(({ shape: [n, k] }) =>
      exports.gemmScratchBytes(n!, k!),
    ),
  );
}

/** As `rnnSequence`. */
function rnnStream(nonlinearity: Nonlinearity): StreamCell {
  return (weights, store) => {
    const H = weights.weightHh.shape[0]!;
    const bias = biasSum(weights, H, store);
    const input = store.operand(weights.weightIh);
    const recurrent = store.operand(weights.weightHh);
    return {
      workBytes: (simd, rows) => blockBytes(rows * H) + productBytes(simd, weights),
      step(simd, rows, x, h, _c, sums) {
        const scratch = sums + blockBytes(rows * H);
        bias.fill(simd, rows, sums);
        input.multiply(simd, rows, x, sums, H, true, scratch);
        recurrent.multiply(simd, rows, h, sums, H, true, scratch);
        const kernels = rnnKernels(simd);
        if (nonlinearity === "tanh") kernels.tanhForward(rows * H, sums, h);
        else kernels.reluForward(rows * H, sums, h);
      },
    };
  };
}

/** As `lstmSequence`. */
const lstmStream: StreamCell = (weights, store) => {
  const G = weights.weightHh.shape[0]!;
  const H = G / 4;
  const bias = biasSum(weights, G, store);
  const input = store.operand(weights.weightIh);
  const recurrent = store.operand(weights.weightHh);
  const projection = weights.weightHr && store.operand(weights.weightHr);
  return {
    workBytes: (simd, rows) => blockBytes(rows * G) + 2 * blockBytes(rows * H) + productBytes(simd, weights),
    step(simd, rows, x, h, c, gates) {
      const tanhC = gates + blockBytes(rows * G);
      const unprojected = tanhC + blockBytes(rows * H);
      const scratch = unprojected + blockBytes(rows * H);
      bias.fill(simd, rows, gates);
      input.multiply(simd, rows, x, gates, G, true, scratch);
      recurrent.multiply(simd, rows, h, gates, G, true, scratch);
      lstmKernels(simd).lstmForward(rows, H, gates, c, c, tanhC, projection ? unprojected : h);
      projection?.multiply(simd, rows, unprojected, h, projection.n, false, scratch);
    },
  };
};

/** As `gruSequence`. */
const gruStream: StreamCell = (weights, store) => {
  const [G, H] = weights.weightHh.shape as [number, number];
  const bias = biasSum(weights, 2 * H, store);
  const input = store.operand(weights.weightIh);
  const recurrentRz = store.operand(weights.weightHh, 0, 2 * H);
  const recurrentN = store.operand(weights.weightHh, 2 * H);
  const { biasHh } = weights;
  const biasN = store.bias(H, [], (row) => {
    if (biasHh !== null) row.set(floats32Of(biasHh.value).subarray(2 * H));
  });
  return {
    workBytes: (simd, rows) => blockBytes(rows * G) + blockBytes(rows * H) + productBytes(simd, weights),
    step(simd, rows, x, h, _c, gates) {
      const q = gates + blockBytes(rows * G);
      const scratch = q + blockBytes(rows * H);
      bias.fill(simd, rows, gates);
      biasN.fill(simd, rows, q);
      input.multiply(simd, rows, x, gates, G, true, scratch);
      recurrentRz.multiply(simd, rows, h, gates, G, true, scratch);
      recurrentN.multiply(simd, rows, h, q, H, true, scratch);
      gruKernels(simd).gruForward(rows, H, gates, q, h, h);
    },
  };
};

/** As `gruResetBeforeSequence`. */
const gruResetBeforeStream: StreamCell = (weights, store) => {
  const [G, H] = weights.weightHh.shape as [number, number];
  const RZ = 2 * H;
  const bias = biasSum(weights, G, store);
  const input = store.operand(weights.weightIh);
  const recurrentRz = store.operand(weights.weightHh, 0, RZ);
  const recurrentN = store.operand(weights.weightHh, RZ);
  return {
    workBytes: (simd, rows) => blockBytes(rows * G) + blockBytes(rows * H) + productBytes(simd, weights),
    step(simd, rows, x, h, _c, gates) {
      const m = gates + blockBytes(rows * G);
      const scratch = m + blockBytes(rows * H);
      const kernels = gruResetBeforeKernels(simd);
      bias.fill(simd, rows, gates);
      input.multiply(simd, rows, x, gates, G, true, scratch);
      recurrentRz.multiply(simd, rows, h, gates, G, true, scratch);
      kernels.resetForward(rows, H, gates, h, m);
      recurrentN.multiply(simd, rows, m, gates + 4 * RZ, G, true, scratch);
      kernels.nextForward(rows, H, gates, h, h);
    },
  };
};

export function streamCell(cell: StreamedCell): StreamCell {
  if (cell === "lstm") return lstmStream;
  if (cell === "gru") return gruStream;
  return cell === "gru-reset-before" ? gruResetBeforeStream : rnnStream(cell);
}
