import type { SimdKernels, SimdMemory } from "@rnn/tensor";
import type { FloatArray } from "../float-data.ts";

/** From this many elements on, copying in and out at every step costs more than managing a block that stays. */
const RESIDENT_FROM = 4096;

/** Frees the blocks of buffers that nobody can reach any more. */
let unreachable: FinalizationRegistry<() => void> | undefined;

/**
 * The float32 buffers of one parameter while they stay in linear memory from one update to the next, so that only the
 * parameter and its gradient are copied.
 */
export class ResidentBuffers {
  readonly #length: number;
  readonly #addresses = new Map<string, number>();
  #memory: SimdMemory | undefined;

  constructor(length: number) {
    this.#length = length;
  }

  /**
   * The address of a buffer, with the elements of `array`, or zeros, if it comes new; 0 if it is too short or there is no room.
   * Kernels may write up to 12 bytes beyond its end.
   */
  address({ memory }: SimdKernels, name: string, array: Float32Array | undefined): number {
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    if (this.#length < RESIDENT_FROM) return 0;
    const address = memory.allocate(4 * this.#length + 12);
    if (address === undefined) return 0;
    if (this.#memory === undefined) {
      this.#memory = memory;
      const addresses = this.#addresses;
      unreachable ??= new FinalizationRegistry((free) => free());
      unreachable.register(this, () => freeAll(memory, addresses));
    }
    this.#addresses.set(name, address);
    if (array === undefined) this.#view(address).fill(0);
    else this.#view(address).set(array);
    return address;
  }

  has(name: string): boolean {
    return this.#addresses.has(name);
  }

  /** Copies all buffers into arrays of their own and frees their blocks. */
  moveTo(arrays: Map<string, FloatArray>): void {
    if (this.#memory === undefined) return;
    for (const [name, address] of this.#addresses) arrays.set(name, this.#view(address).slice());
    freeAll(this.#memory, this.#addresses);
  }

  #view(address: number): Float32Array {
    return (this.#memory as SimdMemory).floats.subarray(address / 4, address / 4 + this.#length);
  }
}

function freeAll(memory: SimdMemory, addresses: Map<string, number>): void {
  for (const address of addresses.values()) memory.free(address);
  addresses.clear();
}
