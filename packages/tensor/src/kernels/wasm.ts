import { ResidentBlocks } from "./resident-blocks.ts";
import { hasRelaxedSimd, hasSimd, type LinearMemory, webAssembly } from "./simd.ts";
import type { SimdGemm, SimdKernels, SimdMemory } from "./simd-kernels.ts";
import { wasmModule } from "./wasm-module.ts";
import { decodeModule } from "./wasm-text.ts";

/** What `assembly/index.ts` exports. Addresses and strides are in bytes. */
export interface WasmExports extends SimdGemm, PointwiseExports, RowExports {}

/** Functions of every element, of `count` floats and of up to three behind them. */
interface PointwiseExports {
  // in place
  abs(count: number, x: number): void;
  exp(count: number, x: number): void;
  log(count: number, x: number): void;
  neg(count: number, x: number): void;
  relu(count: number, x: number): void;
  sigmoid(count: number, x: number): void;
  sqrt(count: number, x: number): void;
  square(count: number, x: number): void;
  tanh(count: number, x: number): void;
  // of two operands; `to` may be one of them
  add(count: number, a: number, b: number, to: number): void;
  div(count: number, a: number, b: number, to: number): void;
  maximum(count: number, a: number, b: number, to: number): void;
  minimum(count: number, a: number, b: number, to: number): void;
  mul(count: number, a: number, b: number, to: number): void;
  sub(count: number, a: number, b: number, to: number): void;
}

/** Reductions and softmax; see assembly/reduce.ts and softmax.ts. */
interface RowExports {
  sum(count: number, x: number): number;
  squareSum(count: number, x: number, shift: number): number;
  sumColumns(rows: number, columns: number, x: number, sums: number): void;
  extremum(count: number, x: number, sign: number): number;
  extremumColumns(
    rows: number,
    columns: number,
    x: number,
    sign: number,
    row: number,
    best: number,
    indices: number,
  ): void;
  softmax(rows: number, columns: number, x: number): void;
  logSoftmax(rows: number, columns: number, x: number): void;
}

/** How the SIMD module multiplies and adds: with two instructions, or fused into one. */
export type WasmBuild = "simd" | "fma";

/** The first page belongs to the modules' own data. */
const FIRST_BLOCK = 65_536;

/** Blocks that stay take at most so much; linear memory never shrinks. */
const MOST_RESIDENT = 256 * 2 ** 20;

const PAGE = 65_536;
/** Memory grows by at least so much, since every growth replaces the buffer. */
const GROWTH_PAGES = 16;

/**
 * The linear memory that all SIMD modules share: their own data, blocks that stay until they are freed, and behind them
 * scratch, in which nothing outlives a kernel call.
 */
export class WasmMemory implements SimdMemory {
  readonly linear: LinearMemory;
  readonly #resident = new ResidentBlocks(FIRST_BLOCK);
  /** All of the memory as float32. Growing replaces this view, so read it after `reserve`. */
  floats: Float32Array;

  constructor(linear: LinearMemory) {
    this.linear = linear;
    this.floats = new Float32Array(linear.buffer);
  }

  /** Where scratch starts. It moves when blocks come and go, so read it at every call. */
  get scratchStart(): number {
    return this.#resident.end;
  }

  /** The address of a block that stays until `free`; `undefined` if there is no room. What was in scratch is lost. */
  allocate(bytes: number): number | undefined {
    const address = this.#resident.allocate(bytes);
    const { end } = this.#resident;
    if (end <= MOST_RESIDENT && this.reserve(end)) return address;
    this.#resident.free(address);
    return undefined;
  }

  /** Gives back a block; not while a kernel uses scratch. */
  free(address: number): void {
    this.#resident.free(address);
  }

  /** Makes the memory at least `bytes` long; false if the host refuses. */
  reserve(bytes: number): boolean {
    const missing = Math.ceil((bytes - this.linear.buffer.byteLength) / PAGE);
    if (missing > 0) {
      try {
        this.linear.grow(Math.max(missing, GROWTH_PAGES));
      } catch {
        return false;
      }
      this.floats = new Float32Array(this.linear.buffer);
    }
    return true;
  }
}

/** A running SIMD module and the memory it works on. */
export interface WasmKernels extends SimdKernels {
  readonly exports: WasmExports;
  readonly memory: WasmMemory;
}

let sharedMemory: WasmMemory | undefined;
/** Modules that were asked for; `null` remembers that one cannot run here. */
const loaded = new Map<WasmBuild, WasmKernels | null>();

/**
 * Compiles a build of the SIMD module on first use and remembers it. Returns `undefined` where it cannot run: no
 * WebAssembly, no such instructions, or a content security policy that refuses to compile.
 */
export function loadWasm(build: WasmBuild): WasmKernels | undefined {
  let kernels = loaded.get(build);
  if (kernels === undefined) {
    kernels = compile(build);
    loaded.set(build, kernels);
  }
  return kernels ?? undefined;
}

function compile(build: WasmBuild): WasmKernels | null {
  try {
    const host = webAssembly();
    if (!host || !(build === "fma" ? hasRelaxedSimd() : hasSimd())) return null;
    const memory = (sharedMemory ??= new WasmMemory(new host.Memory({ initial: 1 + GROWTH_PAGES })));
    const isFused = build === "fma";
    const env = { memory: memory.linear, tileRows: isFused ? 6 : 5 };
    const running = new Map<string, unknown>();
    const instantiate = (module: string): unknown => {
      let exports = running.get(module);
      if (exports === undefined) {
        exports = new host.Instance(new host.Module(decodeModule(module, isFused)), { env }).exports;
        running.set(module, exports);
      }
      return exports;
    };
    const exports = instantiate(wasmModule) as WasmExports;
    return {
      exports,
      memory,
      get scratchStart() {
        return memory.scratchStart;
      },
      instantiate,
    };
  } catch {
    // a CSP without 'wasm-unsafe-eval' throws here; plain TypeScript serves as well, only slower
    return null;
  }
}
