import type { SimdKernels } from "@rnn/tensor";
import {
  gruModule,
  gruResetBeforeModule,
  lstmModule,
  rnnModule,
  softmaxModule,
  sumsModule,
} from "./wasm-module.ts";

// What layers do between matrix products, four float32 at a time: the kernels of assembly/, where they are documented. All
// but counts and sizes are addresses in bytes, in the memory of `simd`. Matrices are dense and row-major, so an operand is an
// address; up to 12 bytes behind each may be read, and written as they were.
//
// Each module is a constant of its own, so that a program holds those of the layers that it uses.

/** lstm.ts */
export interface LSTMKernels {
  lstmForward(
    rows: number,
    size: number,
    gates: number,
    c: number,
    cNext: number,
    tanhC: number,
    hNext: number,
  ): void;
  lstmBackward(
    rows: number,
    size: number,
    gates: number,
    c: number,
    tanhC: number,
    dy: number,
    dh: number,
    dc: number,
  ): void;
}

export function lstmKernels(simd: SimdKernels): LSTMKernels {
  return simd.instantiate(lstmModule) as LSTMKernels;
}

/** gru.ts */
export interface GRUKernels {
  gruForward(rows: number, size: number, gates: number, q: number, h: number, hNext: number): void;
  gruBackward(rows: number, size: number, gates: number, q: number, h: number, dy: number, dh: number): void;
}

export function gruKernels(simd: SimdKernels): GRUKernels {
  return simd.instantiate(gruModule) as GRUKernels;
}

/** gru-reset-before.ts */
export interface GRUResetBeforeKernels {
  resetForward(rows: number, size: number, gates: number, read: number, m: number): void;
  nextForward(rows: number, size: number, gates: number, h: number, hNext: number): void;
  nextBackward(rows: number, size: number, gates: number, h: number, dy: number, dh: number): void;
  resetBackward(rows: number, size: number, gates: number, read: number, dm: number): void;
}

export function gruResetBeforeKernels(simd: SimdKernels): GRUResetBeforeKernels {
  return simd.instantiate(gruResetBeforeModule) as GRUResetBeforeKernels;
}

/** rnn.ts */
export interface RNNKernels {
  tanhForward(count: number, x: number, h: number): void;
  tanhBackward(count: number, h: number, dy: number, dh: number, dx: number): void;
  reluForward(count: number, x: number, h: number): void;
  reluBackward(count: number, h: number, dy: number, dh: number, dx: number): void;
}

export function rnnKernels(simd: SimdKernels): RNNKernels {
  return simd.instantiate(rnnModule) as RNNKernels;
}

/** softmax.ts */
export interface SoftmaxKernels {
  softmaxStatistics(rows: number, columns: number, x: number, statistics: number): void;
  softmaxScaled(rows: number, columns: number, x: number, scales: number): void;
}

export function softmaxKernels(simd: SimdKernels): SoftmaxKernels {
  return simd.instantiate(softmaxModule) as SoftmaxKernels;
}

/** sums.ts */
export interface SumKernels {
  addInto(count: number, x: number, sum: number): void;
  multiplyInto(count: number, x: number, y: number, product: number): void;
  columnSums(rows: number, columns: number, matrix: number, sums: number): void;
  swapRows(rows: number, columns: number, width: number, from: number, to: number): void;
}

export function sumKernels(simd: SimdKernels): SumKernels {
  return simd.instantiate(sumsModule) as SumKernels;
}
