import { setFlagsFromString } from "node:v8";
import { type Backend, setBackend } from "@rnn/tensor";
import { UsageError } from "./collect.ts";

/** Every backend of float32 operations. */
export const backends: readonly Backend[] = ["wasm-fma", "wasm-simd", "js"];

/**
 * Does something with one backend forced on operations of every size.
 *
 * @throws UsageError if the name is unknown or the backend cannot run here.
 */
export function withBackend<T>(name: string, run: () => T): T {
  // Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
  if (name === "wasm-fma") setFlagsFromString("--experimental-wasm-relaxed-simd");
  try {
    setBackend(name as Backend);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  try {
    return run();
  } finally {
    setBackend("auto");
  }
}
