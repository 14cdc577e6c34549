/** Words of state, and the distance of the word that each new one is mixed with. */
const words = 624;
const shift = 397;

/**
 * MT19937: 32-bit random numbers with a period of 2^19937 - 1.
 *
 * Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); the generator of NumPy and PyTorch.
 */
export class MersenneTwister {
  readonly state: Uint32Array = new Uint32Array(words);
  /** The next word to give out; at the end all are renewed. */
  position: number = words;

  constructor(seed: number) {
    this.seed(seed);
  }

  /** Starts over from the low 32 bits of `seed`. */
  seed(seed: number): void {
    let word = seed >>> 0;
    this.state[0] = word;
    for (let i = 1; i < words; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) >>> 0;
      this.state[i] = word;
    }
    this.position = words;
  }

  /** The next number, 0..2^32 - 1. */
  next(): number {
    if (this.position >= words) this.renew();
    let y = this.state[this.position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  private renew(): void {
    const { state } = this;
    for (let i = 0; i < words; i++) {
      const next = state[i + 1 < words ? i + 1 : 0]!;
      const far = state[i + shift < words ? i + shift : i + shift - words]!;
      // the highest bit of this word and the rest of the next
      const mixed = (state[i]! & 0x80000000) | (next & 0x7fffffff);
      state[i] = far ^ (mixed >>> 1) ^ (-(mixed & 1) & 0x9908b0df); // a condition on a random bit costs twice the rest
    }
    this.position = 0;
  }
}

/** How many words a saved state has. */
export const stateLength: number = words;
