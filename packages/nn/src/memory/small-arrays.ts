import type { FloatArray } from "../dtype.ts";

// Arrays of a few dozen numbers that only the library sees. V8 keeps typed arrays of up to 64 bytes in its own heap; any
// longer one costs about 0.4 us, for memory from outside and for giving it back. A part of an array costs 0.03 us.

/** Longer arrays than this are not worth it. */
const LONGEST = 512;

/** Up to so many bytes V8 needs no memory from outside. */
const IN_HEAP = 64;

const SLAB_LENGTH = 8192;

/** Zeros to hand out parts of; no part is used again. */
class Slab<Floats extends FloatArray> {
  readonly #make: (length: number) => Floats;
  #zeros: Floats;
  #used = 0;

  constructor(make: (length: number) => Floats) {
    this.#make = make;
    this.#zeros = make(0);
  }

  take(length: number): Floats {
    if (this.#used + length > this.#zeros.length) {
      this.#zeros = this.#make(SLAB_LENGTH);
      this.#used = 1; // a part never starts where its buffer does, so that it can be told from an array of its own
    }
    const start = this.#used;
    this.#used += length;
    return this.#zeros.subarray(start, this.#used) as Floats;
  }
}

let slab32: Slab<Float32Array> | undefined;
let slab64: Slab<Float64Array> | undefined;

/** `length` zeros of the type of `like`, which may share their buffer with others: not for arrays that users keep. */
export function internalZeros(like: FloatArray, length: number): FloatArray {
  const isOwn = length > LONGEST || length * like.BYTES_PER_ELEMENT <= IN_HEAP;
  if (like instanceof Float32Array) {
    if (isOwn) return new Float32Array(length);
    return (slab32 ??= new Slab((n) => new Float32Array(n))).take(length);
  }
  if (isOwn) return new Float64Array(length);
  return (slab64 ??= new Slab((n) => new Float64Array(n))).take(length);
}
