import { show } from "./show.ts";

/**
 * A step of {@link sequential}: a tokenizer, a transform, or any function of one argument.
 *
 * @public
 */
export type Step<From, To> = (input: From) => To;

/**
 * Chains steps: each works on the result of the one before.
 *
 * @remarks
 * Types are checked from step to step, for up to eight; chains are steps themselves. As torchtext's `Sequential`.
 *
 * @throws TypeError if a step is not a function.
 *
 * @example
 * ```ts
 * import { addToken, basicEnglish, sequential, toTypedArray, truncate, Vocab, vocabTransform } from "@rnn/text";
 *
 * const vocab = new Vocab(["<unk>", "<bos>", "a", "film"], { defaultIndex: 0 });
 * const toIds = sequential(basicEnglish, truncate(3), addToken("<bos>"), vocabTransform(vocab), toTypedArray());
 * toIds("A good film, mostly"); // => [1, 2, 0, 3]
 * ```
 *
 * @public
 */
export function sequential<A, B>(a: Step<A, B>): Step<A, B>;
/** @public */
export function sequential<A, B, C>(a: Step<A, B>, b: Step<B, C>): Step<A, C>;
/** @public */
export function sequential<A, B, C, D>(a: Step<A, B>, b: Step<B, C>, c: Step<C, D>): Step<A, D>;
/** @public */
export function sequential<A, B, C, D, E>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
): Step<A, E>;
/** @public */
export function sequential<A, B, C, D, E, F>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
): Step<A, F>;
/** @public */
export function sequential<A, B, C, D, E, F, G>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
  f: Step<F, G>,
): Step<A, G>;
/** @public */
export function sequential<A, B, C, D, E, F, G, H>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
  f: Step<F, G>,
  g: Step<G, H>,
): Step<A, H>;
/** @public */
export function sequential<A, B, C, D, E, F, G, H, I>(
  a: Step<A, B>,
  b: Step<B, C>,
  c: Step<C, D>,
  d: Step<D, E>,
  e: Step<E, F>,
  f: Step<F, G>,
  g: Step<G, H>,
  h: Step<H, I>,
): Step<A, I>;
export function sequential(...steps: readonly Step<unknown, unknown>[]): Step<unknown, unknown> {
  steps.forEach((step, i) => {
    if (typeof step !== "function") {
      throw new TypeError(`sequential: step ${i} must be a function, got ${show(step)}`);
    }
  });
  return (input) => steps.reduce((value, step) => step(value), input);
}
