import { checkIds, checkInteger, checkSize } from "./checks.ts";
import { show } from "./show.ts";

/**
 * Ids as rows that are 1 at the id and 0 elsewhere.
 *
 * @remarks
 * Shapes: `ids` `[N]`; result row-major `[N, numClasses]`. A row times an embedding matrix
 * `[numClasses, E]` is the matrix's row of that id, which is why an embedding layer looks rows up instead.
 *
 * @throws TypeError if `ids` is not an array or typed array.
 * @throws RangeError if an id is not an integer in `0..numClasses - 1`, or `numClasses` not a positive one.
 *
 * @example
 * ```ts
 * import { oneHot } from "@rnn/text";
 *
 * oneHot([2, 0], 3); // => [0, 0, 1, 1, 0, 0]
 * ```
 *
 * @public
 */
export function oneHot(ids: ArrayLike<number>, numClasses: number): Float32Array {
  checkIds("oneHot", "ids", ids);
  checkInteger("oneHot", "numClasses", numClasses, 1);
  checkSize("oneHot", ids.length * numClasses);
  const rows = new Float32Array(ids.length * numClasses);
  for (let n = 0; n < ids.length; n++) {
    const id = ids[n] as number;
    if (!Number.isInteger(id) || id < 0 || id >= numClasses) {
      throw new RangeError(`oneHot: ids[${n}] must be an integer in 0..${numClasses - 1}, got ${show(id)}`);
    }
    rows[n * numClasses + id] = 1;
  }
  return rows;
}
