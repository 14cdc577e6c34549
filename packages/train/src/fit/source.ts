/**
 * Batches for the training loop: anything that can be iterated once per epoch, or a function that makes it.
 *
 * @remarks
 * A generator object is used up after one epoch: pass the function instead. A numeric `length` is reported in events as the
 * number of batches. If batches have a numeric `size`, means over them are weighted by it.
 *
 * @public
 */
export type BatchSource<Batch> =
  | Iterable<Batch>
  | AsyncIterable<Batch>
  | ((epoch: number) => Iterable<Batch> | AsyncIterable<Batch>);

/** The batches of one epoch, counted from 1. */
export function batchesOf<Batch>(
  source: BatchSource<Batch>,
  epoch: number,
): Iterable<Batch> | AsyncIterable<Batch> {
  return typeof source === "function" ? source(epoch) : source;
}

/** Number of batches, where it is known. */
export function countOf(batches: object): number | null {
  if (typeof batches === "function") return null; // whose length is its number of parameters
  const { length } = batches as { length?: unknown };
  return typeof length === "number" ? length : null;
}

/** The weight of a batch in a mean: its number of samples if it has a `size`, else 1. */
export function weightOf(batch: unknown): number {
  const size = (batch as { size?: unknown } | null | undefined)?.size;
  return typeof size === "number" ? size : 1;
}

/** A mean over batches, weighted by their sizes. */
export class BatchMean {
  #sum: number;
  #weight: number;
  #count: number;

  constructor([sum, weight, count]: readonly [number, number, number] = [0, 0, 0]) {
    this.#sum = sum;
    this.#weight = weight;
    this.#count = count;
  }

  /** What the constructor makes an equal one from. */
  get terms(): [sum: number, weight: number, count: number] {
    return [this.#sum, this.#weight, this.#count];
  }

  add(value: number, weight: number): void {
    this.#sum += value * weight;
    this.#weight += weight;
    this.#count++;
  }

  /** How many values there are. */
  get count(): number {
    return this.#count;
  }

  /** The sum of the weights: the number of samples. */
  get weight(): number {
    return this.#weight;
  }

  get value(): number {
    return this.#sum / this.#weight;
  }
}

/**
 * The part of an `AbortSignal` that is used here; any object with these fields will do.
 *
 * @public
 */
export interface AbortSignalLike {
  /** Whether to stop. */
  readonly aborted: boolean;
  /** Why, if it is known. */
  readonly reason?: unknown;
}
