import { Tensor } from "@rnn/tensor";
import { describe } from "../check.ts";
import { weightOf } from "../fit/source.ts";
import { isPlainObject } from "./plain-object.ts";
import { rangeOf } from "./range.ts";

/** What one replica gets of a batch. */
export interface Shard {
  readonly content: unknown;
  /** Weight of its mean loss: its number of samples. */
  readonly weight: number;
}

/** A function of the caller's that makes part `index` of `count` of a batch. */
export type Divide<Batch> = (batch: Batch, index: number, count: number) => unknown;

/** Shard `index` of `count`, by the caller's function if there is one; `null` for a shard without samples. */
export function shardOf<Batch>(
  batch: Batch,
  index: number,
  count: number,
  divide: Divide<Batch> | undefined,
): Shard | null {
  if (divide !== undefined) {
    const content = divide(batch, index, count) ?? null;
    return content === null ? null : { content, weight: weightOf(content) };
  }
  const size = sizeOf(batch);
  const range = rangeOf(size, index, count);
  const weight = range[1] - range[0];
  return weight === 0 ? null : { content: rowsOf(batch, size, range, "batch"), weight };
}

/** Number of samples in a batch: the length of a list or first dimension, or the `size` of an object of these. */
function sizeOf(batch: unknown): number {
  const size = lengthOf(batch) ?? (isPlainObject(batch) ? batch.size : undefined);
  if (Number.isSafeInteger(size)) return size as number;
  throw new TypeError(
    `fit: to be divided, a batch must be a tensor, a list or an object with its size, got ${describe(batch)}; ${ADVICE}`,
  );
}

/** The samples of a range, of a list or of all lists in an object; anything else goes to every replica as it is. */
function rowsOf(
  value: unknown,
  size: number,
  [start, end]: readonly [number, number],
  path: string,
): unknown {
  const length = lengthOf(value);
  if (length !== undefined && length !== size) {
    throw new RangeError(`fit: ${path} has ${length} rows, but batch.size is ${size}; ${ADVICE}`);
  }
  if (value instanceof Tensor) return length === undefined ? value : value.slice([start, end]);
  if (length !== undefined) return (value as unknown[]).slice(start, end);
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === "size" ? end - start : rowsOf(member, size, [start, end], `${path}.${name}`),
  ]);
  return Object.fromEntries(members);
}

const ADVICE = "pass shard: (batch, index, count) => part to divide it yourself";

/** Length of a list or of the first dimension; `undefined` for what has none. */
function lengthOf(value: unknown): number | undefined {
  if (value instanceof Tensor) return value.shape[0];
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
  return isList ? (value as ArrayLike<unknown>).length : undefined;
}
