/**
 * Compiles assembly/ to src/kernels/wasm-module.ts: modules as text, and the hash of what they were made from.
 * With `--check` it writes nothing and fails if the committed file differs.
 */
import { fileURLToPath } from "node:url";
import { buildWasm, type Compiler, type WasmPackage } from "../../../scripts/wasm-build.ts";

const specifier: string = "assemblyscript/asc";

export const wasmPackage: WasmPackage = {
  assembly: new URL("../assembly/", import.meta.url),
  target: new URL("../src/kernels/wasm-module.ts", import.meta.url),
  modules: {
    lstmModule: "lstm.ts",
    gruModule: "gru.ts",
    gruResetBeforeModule: "gru-reset-before.ts",
    rnnModule: "rnn.ts",
    softmaxModule: "softmax.ts",
    sumsModule: "sums.ts",
  },
  memoryBase: 16_384,
  compiler: () => import(specifier) as Promise<{ default: Compiler }>,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm(wasmPackage, process.argv);
