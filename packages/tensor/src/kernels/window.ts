import type { WasmKernels } from "./wasm.ts";
import { copyRun } from "./wasm-copy.ts";

/** Elements in a window: 64 KB stay in the second-level cache. */
export const WINDOW = 16_384;

/** Contiguous float32 numbers, of which a part is in linear memory at a time. */
export class Window {
  readonly #floats: Float32Array;
  readonly #address: number;
  readonly #x: Float32Array;
  readonly #offset: number;
  readonly #length: number;
  #from = 0;
  #to = 0;

  /** `length` numbers from `x[offset]` on; the scratch memory from its start is reserved for `WINDOW` of them. */
  constructor({ memory, scratchStart }: WasmKernels, x: Float32Array, offset: number, length: number) {
    this.#floats = memory.floats;
    this.#address = scratchStart;
    this.#x = x;
    this.#offset = offset;
    this.#length = length;
  }

  /** The address of number `at`; the next `count` ones, at most `WINDOW`, are behind it. Valid until the next call. */
  addressOf(at: number, count: number): number {
    if (at < this.#from || at + count > this.#to) {
      this.#from = at;
      this.#to = Math.min(at + WINDOW, this.#length);
      copyRun(this.#floats, this.#address / 4, this.#x, this.#offset + at, this.#to - at);
    }
    return this.#address + 4 * (at - this.#from);
  }
}
