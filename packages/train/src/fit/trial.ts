import type { FitOptions } from "./options.ts";
import { type BatchSource, batchesOf } from "./source.ts";

/** The batches and options of a training on one batch, if it is a trial; else as they are. */
export function onOneBatch<Batch, Name extends string>(
  batches: BatchSource<Batch>,
  options: FitOptions<Batch, Name>,
): [BatchSource<Batch>, FitOptions<Batch, Name>] {
  const { trial, validation, epochs } = options;
  if (trial === undefined) return [batches, options];
  const first = firstBatchOf(batches);
  const unsaved = { ...options, checkpoints: undefined }; // those of the real training are to stay as they are
  if (trial === "one-batch") return [first, { ...unsaved, validation: validation && first }];
  return [
    first,
    { ...unsaved, epochs: Math.min(epochs, 1), validation: validation && firstBatchOf(validation) },
  ];
}

/** Batches of which there is one: the first that `source` gives, kept. */
function firstBatchOf<Batch>(source: BatchSource<Batch>): BatchSource<Batch> {
  let kept: Batch[] | undefined;
  const only = {
    length: 1,
    async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
      if (kept === undefined) {
        kept = [];
        for await (const batch of batchesOf(source, 1)) {
          kept.push(batch);
          break;
        }
      }
      yield* kept;
    },
  };
  return only;
}
