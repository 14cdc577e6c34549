import { defaultGenerator, Generator } from "@rnn/tensor";
import { type OptionNames, wrongKind } from "./check.ts";

/**
 * Where random numbers come from: a seed, a generator to draw from, or (neither given) the default generator.
 *
 * @public
 */
export interface RandomSource {
  /** Start a generator of its own from this seed: the same draws every time. */
  seed?: number | undefined;
  /** Draw from this generator. */
  generator?: Generator | undefined;
}

/** The names of the options of a {@link RandomSource}. */
export const RANDOM_SOURCE: OptionNames<RandomSource> = { seed: true, generator: true };

/** The generator that a {@link RandomSource} means. */
export function generatorOf(where: string, { seed, generator }: RandomSource): Generator {
  if (seed !== undefined && generator !== undefined) {
    throw new TypeError(`${where}: got both seed and generator; pass one of them`);
  }
  if (generator !== undefined && !(generator instanceof Generator)) {
    throw wrongKind(where, "generator", "a Generator", generator, "a number is passed as seed");
  }
  return generator ?? (seed === undefined ? defaultGenerator() : new Generator(seed));
}
