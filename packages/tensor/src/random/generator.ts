import { describe } from "../shape.ts";
import { MersenneTwister, stateLength } from "./mersenne-twister.ts";

/**
 * Everything that decides which numbers a {@link Generator} gives next; plain JSON.
 *
 * @public
 */
export interface GeneratorState {
  /** The last seed; it has no influence on what comes next. */
  readonly seed: number;
  /** The 624 words of the Mersenne Twister, each 0..2³² - 1. */
  readonly words: readonly number[];
  /** How many of the words were given out, 0..624. */
  readonly position: number;
  /** The second number of the last pair from the normal distribution, if nobody took it yet. */
  readonly nextNormal: number | null;
}

/** The seed of generators that are given none, as of `torch.Generator()`. */
const defaultSeed = 67280421310721;

/**
 * A source of random numbers that can be seeded, saved and restored: MT19937 with the draws of PyTorch on the CPU.
 *
 * @remarks
 * The same seed gives the same numbers as `torch.manual_seed`. Without a seed every generator starts alike.
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), and the rules by which PyTorch turns
 * its words into floats.
 *
 * @example
 * ```ts
 * import { Generator, rand } from "@rnn/tensor";
 *
 * const generator = new Generator(0);
 * rand([3], { generator }).toArray(); // => [0.496257, 0.768222, 0.088477]
 * ```
 *
 * @public
 */
export class Generator {
  private readonly twister: MersenneTwister;
  private seed: number;
  private nextNormal: number | null = null;

  /**
   * @param seed - any safe integer; its low 32 bits count.
   *
   * @throws RangeError if the seed is not a safe integer.
   */
  constructor(seed: number = defaultSeed) {
    this.seed = checkSeed(seed);
    this.twister = new MersenneTwister(seed);
  }

  /** The seed that was set last. */
  get initialSeed(): number {
    return this.seed;
  }

  /**
   * Starts over from a seed, and forgets a half-used pair of normal numbers.
   *
   * @throws RangeError if the seed is not a safe integer.
   */
  manualSeed(seed: number): this {
    this.seed = checkSeed(seed);
    this.twister.seed(seed);
    this.nextNormal = null;
    return this;
  }

  /** What {@link Generator.setState} needs to continue from here. */
  getState(): GeneratorState {
    const { seed, twister, nextNormal } = this;
    return { seed, words: Array.from(twister.state), position: twister.position, nextNormal };
  }

  /**
   * Continues where another generator, or this one, was when the state was taken.
   *
   * @throws TypeError if it is not a state; nothing is changed then.
   */
  setState(state: GeneratorState): this {
    checkState(state);
    this.seed = state.seed;
    this.twister.state.set(state.words);
    this.twister.position = state.position;
    this.nextNormal = state.nextNormal;
    return this;
  }

  /** What `JSON.stringify(generator)` writes: its {@link Generator.getState | state}, for {@link Generator.setState}. */
  toJSON(): GeneratorState {
    return this.getState();
  }

  /** A whole number, 0..2³² - 1. */
  uint32(): number {
    return this.twister.next();
  }

  /** A whole number, 0..2⁶⁴ - 1. */
  uint64(): bigint {
    const high = this.twister.next();
    return (BigInt(high) << 32n) | BigInt(this.twister.next());
  }

  /** A number in [0, 1), a multiple of 2⁻²⁴. */
  float32(): number {
    return (this.twister.next() & 0xffffff) * 2 ** -24;
  }

  /** A number in [0, 1), a multiple of 2⁻⁵³. */
  float64(): number {
    const high = this.twister.next() & 0x1fffff;
    return (high * 2 ** 32 + this.twister.next()) * 2 ** -53;
  }

  /** A number from the standard normal distribution, by the Box-Muller transform of two uniform ones. */
  normal(): number {
    if (this.nextNormal !== null) {
      const saved = this.nextNormal;
      this.nextNormal = null;
      return saved;
    }
    const angle = 2 * Math.PI * this.float64();
    const radius = Math.sqrt(-2 * Math.log1p(-this.float64()));
    this.nextNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

function checkSeed(seed: number): number {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`Generator: seed is ${describe(seed)}, expected a safe integer`);
  return seed;
}

function checkState(state: GeneratorState): void {
  const isWord = (word: unknown): boolean => typeof word === "number" && word === word >>> 0;
  const valid =
    Number.isSafeInteger(state?.seed) &&
    Array.isArray(state.words) &&
    state.words.length === stateLength &&
    state.words.every(isWord) &&
    isWord(state.position) &&
    state.position <= stateLength &&
    (state.nextNormal === null || Number.isFinite(state.nextNormal));
  if (!valid) throw new TypeError("Generator.setState: this is not what getState() returned");
}
