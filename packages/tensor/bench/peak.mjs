import { readFile } from "node:fs/promises";
import asc from "assemblyscript/asc";

/** Floating-point operations per step of the loop in assembly/bench/peak.ts. */
const OPERATIONS_PER_STEP = 104;
/** A call takes about as long as a product of 256 x 256 x 256, so that both meet the same noise. */
const STEPS = 300_000;

/**
 * Compiles the register-only loop of multiplications and additions, the limit of SIMD128 without fused multiply-add.
 *
 * @returns a function to time and how many operations one call does.
 */
export async function multiplyAddPeak() {
  const source = await readFile(new URL("../assembly/bench/peak.ts", import.meta.url), "utf8");
  let binary;
  const options = ["peak.ts", "--outFile", "peak.wasm", "--runtime", "stub", "--enable", "simd", "-O3"];
  const { error } = await asc.main(options, {
    readFile: (name) => (name === "peak.ts" ? source : null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw error;
  const { instance } = await WebAssembly.instantiate(binary);
  return { run: () => instance.exports.multiplyAddPeak(STEPS), operations: OPERATIONS_PER_STEP * STEPS };
}
