import { type Generator, rand, Tensor } from "@rnn/tensor";
import type { Batches, SequenceBatch } from "@rnn/train";
import { PADDING, UNKNOWN } from "./model.ts";

/** Batches whose number is known. */
export interface CountedBatches extends Iterable<SequenceBatch> {
  readonly length: number;
}

/**
 * The batches, in each of which other words are unknown: a model that cannot rely on any single word learns more of them,
 * and what to make of unknown ones.
 */
export function withUnknownWords(
  batches: Batches<SequenceBatch>,
  share: number,
  generator: Generator,
): CountedBatches {
  return {
    length: batches.length,
    *[Symbol.iterator](): IterableIterator<SequenceBatch> {
      for (const batch of batches) {
        const { ids } = batch;
        const draws = rand(ids.shape, { generator }).data;
        const hidden = Int32Array.from(ids.data, (id, i) =>
          id !== PADDING && draws[i]! < share ? UNKNOWN : id,
        );
        yield { ...batch, ids: new Tensor(hidden, ids.shape) };
      }
    },
  };
}
