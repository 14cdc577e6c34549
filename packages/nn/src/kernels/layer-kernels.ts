import type { SimdKernels } from "@rnn/tensor";
import { wasmModule } from "./wasm-module.ts";

/** What `assembly/index.ts` exports: see there. All but counts and sizes are addresses in bytes. */
export interface LayerKernels {
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
  gruForward(rows: number, size: number, gates: number, q: number, h: number, hNext: number): void;
  gruBackward(rows: number, size: number, gates: number, q: number, h: number, dy: number, dh: number): void;
  tanhForward(count: number, x: number, h: number): void;
  tanhBackward(count: number, h: number, dy: number, dh: number, dx: number): void;
  reluForward(count: number, x: number, h: number): void;
  reluBackward(count: number, h: number, dy: number, dh: number, dx: number): void;
  addInto(count: number, x: number, sum: number): void;
  columnSums(rows: number, columns: number, matrix: number, sums: number): void;
  softmaxStatistics(rows: number, columns: number, x: number, statistics: number): void;
  softmaxScaled(rows: number, columns: number, x: number, scales: number): void;
}

/** The running modules, one for each of tensor's that was met. */
const loaded = new WeakMap<SimdKernels, LayerKernels>();

/** The kernels on the memory of `simd`; compiled on first use. */
export function layerKernels(simd: SimdKernels): LayerKernels {
  let kernels = loaded.get(simd);
  if (kernels === undefined) {
    kernels = simd.instantiate(wasmModule) as LayerKernels;
    loaded.set(simd, kernels);
  }
  return kernels;
}
