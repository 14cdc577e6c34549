import { Tensor } from "@rnn/tensor";
import { checkIds, checkInteger } from "./check.ts";

/**
 * Cuts one long stream of ids into `count` parallel lanes of equal length, for truncated backpropagation over a text.
 *
 * @remarks
 * Lane n holds the n-th stretch of the stream, so the state after a chunk belongs to the next chunk of the same lane.
 * The ids left over at the end are dropped. For a language model take steps `0..L-1` as input and `1..L` as target.
 *
 * @param stream - token ids
 * @param count - number of lanes N
 * @returns int32 `[L, N]`, time first
 * @throws TypeError if `stream` is not a list.
 * @throws RangeError if an id is not an int32, `count` is not a whole number of at least 1, or the stream is shorter
 * than that.
 *
 * @example
 * ```ts
 * import { lanes } from "@rnn/train";
 *
 * lanes([1, 2, 3, 4, 5, 6, 7], 2).toArray(); // => [[1, 4], [2, 5], [3, 6]]
 * ```
 *
 * @public
 */
export function lanes(stream: ArrayLike<number>, count: number): Tensor {
  checkInteger("lanes", "count", count, 1);
  return lanesOf("lanes", stream, count);
}

/** {@link lanes} with a checked `count`. */
export function lanesOf(where: string, stream: ArrayLike<number>, count: number): Tensor {
  checkIds(where, "stream", stream);
  const length = Math.floor(stream.length / count);
  if (length === 0) {
    throw new RangeError(`${where}: a stream of ${stream.length} ids cannot be cut into ${count} lanes`);
  }
  const ids = new Int32Array(length * count);
  for (let n = 0; n < count; n++) {
    for (let t = 0; t < length; t++) ids[t * count + n] = stream[n * length + t]!;
  }
  return new Tensor(ids, [length, count]);
}
