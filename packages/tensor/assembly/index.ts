/**
 * The SIMD kernels of @rnn/tensor, compiled to WebAssembly by `scripts/build-wasm.ts`. One module serves hosts with and
 * without relaxed SIMD's fused multiply-add, see `multiply-add.ts`.
 *
 * The memory is imported, so another module can work on the same one. Its static data (a few hundred bytes) starts at 1 KB
 * and ends below 16 KB; 16 KB to 64 KB are free for the static data of such other modules (`--memoryBase`). Everything
 * above is handed out by the TypeScript side.
 */
export { gemm, gemmPack, gemmPacked, gemmPackedBytes, gemmScratchBytes } from "./gemm";
export { exp, sigmoid, tanh } from "./elementwise";
export { abs, add, div, log, maximum, minimum, mul, neg, relu, sqrt, square, sub } from "./pointwise";
export { extremum, extremumColumns, squareSum, sum, sumColumns } from "./reduce";
export { logSoftmax, softmax } from "./softmax";
