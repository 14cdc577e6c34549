/**
 * The update loops of optimizers and the scaling of gradients; compiled to WebAssembly by `scripts/build-wasm.ts`.
 *
 * The memory is that of @rnn/tensor. Parameters, gradients and buffers are float32; all arithmetic is float64, and what is
 * stored is rounded once: results are bit for bit those of the plain loops. All addresses are in bytes; counts are rounded
 * up to whole vectors.
 */
export { adagrad } from "./adagrad";
export { adam } from "./adam";
export { scale, squareSum } from "./gradients";
export { rmsprop } from "./rmsprop";
export { momentum, sgd } from "./sgd";
