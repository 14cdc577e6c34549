import { loadWasm, type WasmBuild, type WasmKernels } from "./wasm.ts";

/**
 * What computes large float32 operations: WASM SIMD with fused multiply-add, WASM SIMD, or plain TypeScript.
 *
 * @public
 */
export type Backend = "wasm-fma" | "wasm-simd" | "js";

/** Fastest first; `null` stands for plain TypeScript. */
const builds: Readonly<Record<Backend, WasmBuild | null>> = {
  "wasm-fma": "fma",
  "wasm-simd": "simd",
  js: null,
};

interface Choice {
  readonly name: Backend;
  /** The SIMD module; none for plain TypeScript. */
  readonly kernels: WasmKernels | undefined;
}

/** Found on first use. */
let fastest: Choice | undefined;
let forced: Choice | undefined;

/**
 * The backend that large float32 operations use: the forced one, or the fastest that runs here.
 *
 * @public
 */
export function backend(): Backend {
  return current().name;
}

/**
 * Forces a backend for float32 operations of every size, or returns to choosing with `"auto"`. For tests and benchmarks.
 *
 * @throws RangeError if the name is unknown, or the backend cannot run here.
 *
 * @example
 * ```ts
 * import { backend, setBackend } from "@rnn/tensor";
 *
 * setBackend("js");
 * backend(); // => "js"
 * setBackend("auto");
 * ```
 *
 * @public
 */
export function setBackend(name: Backend | "auto"): void {
  if (name === "auto") {
    forced = undefined;
    return;
  }
  if (!Object.hasOwn(builds, name)) {
    throw new RangeError(
      `setBackend: "${name}" is not a backend; expected "auto", "wasm-fma", "wasm-simd" or "js"`,
    );
  }
  const choice = load(name);
  if (!choice) {
    throw new RangeError(
      `setBackend: "${name}" cannot run here; the fastest that can is "${findFastest().name}"`,
    );
  }
  forced = choice;
}

/**
 * The SIMD module for an operation, or `undefined` if TypeScript is to compute it: the operation is `small`, so that
 * copying would take longer than computing, or there is no SIMD here. A forced backend serves small operations too.
 */
export function wasmKernels(small: boolean): WasmKernels | undefined {
  return small && !forced ? undefined : current().kernels;
}

function current(): Choice {
  return forced ?? (fastest ??= findFastest());
}

function findFastest(): Choice {
  return load("wasm-fma") ?? load("wasm-simd") ?? { name: "js", kernels: undefined };
}

function load(name: Backend): Choice | undefined {
  const build = builds[name];
  const kernels = build ? loadWasm(build) : undefined;
  return build && !kernels ? undefined : { name, kernels };
}
