import { wasmKernels } from "./backend.ts";

/**
 * Float32 matrix products over linear memory. Addresses and strides are in bytes; `a`, `b` and `c` are as in
 * {@link gemm}, except that one stride of `b` is 4 and that up to 28 bytes behind it may be read.
 *
 * @public
 */
export interface SimdGemm {
  /** `c[m, n] (+)= a[m, k] b[k, n]`; `scratch` has `gemmScratchBytes(n, k)` bytes. */
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aCol: number,
    b: number,
    bRow: number,
    bCol: number,
    c: number,
    cRow: number,
    accumulate: boolean,
    scratch: number,
  ): void;
  /** Bytes of scratch that a product needs. */
  gemmScratchBytes(n: number, k: number): number;
  /** Writes `b[k, n]` to `packed`, `gemmPackedBytes(n, k)` bytes, in the order in which products read it. */
  gemmPack(n: number, k: number, b: number, bRow: number, bCol: number, packed: number): void;
  /** Bytes of a packed `b[k, n]`. */
  gemmPackedBytes(n: number, k: number): number;
  /** `gemm` with a packed `b`: for a matrix that is used again and again. */
  gemmPacked(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aCol: number,
    packed: number,
    c: number,
    cRow: number,
    accumulate: boolean,
    scratch: number,
  ): void;
}

/**
 * The linear memory that all SIMD modules share: blocks that stay until they are freed, and behind them scratch, where what
 * a function puts is gone once it has returned.
 *
 * @public
 */
export interface SimdMemory {
  /** All of the memory as float32. Growing replaces this view, so read it after `reserve`. */
  readonly floats: Float32Array;
  /** Makes the memory at least `bytes` long; false if the host refuses. */
  reserve(bytes: number): boolean;
  /** The address of a block that stays until `free`; `undefined` if there is no room. What was in scratch is lost. */
  allocate(bytes: number): number | undefined;
  /** Gives back a block; not while a kernel uses scratch. */
  free(address: number): void;
}

/**
 * The SIMD kernels of this package, and the way to run other modules beside them.
 *
 * @public
 */
export interface SimdKernels {
  readonly exports: SimdGemm;
  readonly memory: SimdMemory;
  /** Scratch starts at this address; below lie what stays and the static data of the modules. Read it at every call. */
  readonly scratchStart: number;
  /**
   * The exports of a module that imports this memory as `env.memory` and has its static data from 16 to 64 KB; it is compiled
   * the first time. It is given as text, as the scripts of this repository write it: bytes, and the multiplications and additions
   * that are fused where the host can.
   */
  instantiate(module: string): unknown;
}

/**
 * The SIMD kernels in use, or `undefined` where plain TypeScript is: for packages that bring kernels of their own
 * for whole layers, such as `@rnn/nn`. Models have no use for it.
 *
 * @param isSmall - whether the work is too small to be worth a copy into linear memory: then `undefined`, unless
 * {@link setBackend} forces the kernels
 *
 * @public
 */
export function simdKernels(isSmall: boolean): SimdKernels | undefined {
  return wasmKernels(isSmall);
}
