/**
 * A shape that does not fit: dimensions that do not broadcast, align, or hold the given number of elements.
 *
 * The message names the operation, the shapes it was given and the dimensions that disagree.
 *
 * @example
 * ```ts
 * import { ShapeError, add, ones } from "@rnn/tensor";
 *
 * try {
 *   add(ones([2, 3]), ones([4]));
 * } catch (error) {
 *   error instanceof ShapeError; // true
 * }
 * ```
 *
 * @public
 */
export class ShapeError extends Error {
  /** `"ShapeError"`. */
  override readonly name: string = "ShapeError";
}

/** A shape as error messages print it: `[2,3]`. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(",")}]`;
}
