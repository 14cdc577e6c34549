import { Generator } from "./generator.ts";

let shared: Generator | undefined;

/**
 * The generator that random functions use when they are given none; made when first asked for.
 *
 * @example
 * ```ts
 * import { defaultGenerator, manualSeed, rand } from "@rnn/tensor";
 *
 * manualSeed(7);
 * const saved = defaultGenerator().getState();
 * const first = rand([2]).toArray();
 * defaultGenerator().setState(saved);
 * rand([2]).toArray().toString() === first.toString(); // => true
 * ```
 *
 * @public
 */
export function defaultGenerator(): Generator {
  shared ??= new Generator();
  return shared;
}

/**
 * Seeds the default generator, as `torch.manual_seed` does, and returns it.
 *
 * @throws RangeError if the seed is not a safe integer.
 *
 * @example
 * ```ts
 * import { manualSeed, randn } from "@rnn/tensor";
 *
 * manualSeed(0);
 * randn([3]).toArray(); // => [1.540996, -0.293429, -2.178789]
 * ```
 *
 * @public
 */
export function manualSeed(seed: number): Generator {
  return defaultGenerator().manualSeed(seed);
}
