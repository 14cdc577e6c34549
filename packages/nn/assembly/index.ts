/**
 * What layers do between matrix products, four float32 at a time; compiled to WebAssembly by
 * `scripts/build-wasm.ts`.
 *
 * The memory is that of @rnn/tensor, whose module multiplies the matrices; static data start at 16 KB. All addresses are
 * in bytes. Matrices are dense and row-major, so an operand is an address; up to 12 bytes behind each may be read, and
 * written as they were.
 */
export { gruBackward, gruForward } from "./gru";
export { lstmBackward, lstmForward } from "./lstm";
export { reluBackward, reluForward, tanhBackward, tanhForward } from "./rnn";
export { softmaxScaled, softmaxStatistics } from "./softmax";
export { addInto, columnSums } from "./sums";
