import { type Generator, randint } from "@rnn/tensor";
import {
  checkBoolean,
  checkFunction,
  checkInteger,
  checkOptions,
  type OptionNames,
  wrongKind,
} from "../check.ts";
import { generatorOf, RANDOM_SOURCE, type RandomSource } from "../random-source.ts";

/**
 * Options of {@link streamBatches}.
 *
 * @public
 */
export interface StreamBatchesOptions<Sample, Batch> extends RandomSource {
  /** Samples per batch; the last batch may have fewer. */
  batchSize: number;
  /** Makes a batch of samples, for example with {@link collateSequences}. */
  collate: (samples: Sample[]) => Batch;
  /**
   * Shuffle among so many samples: each is drawn from a buffer of this size, which is filled up from the stream. Default 0: the
   * order of the stream.
   */
  shuffleBuffer?: number | undefined;
  /** Leave out a last batch that is not full. Default `false`. */
  dropLast?: boolean | undefined;
}

const OPTIONS: OptionNames<StreamBatchesOptions<unknown, unknown>> = {
  ...RANDOM_SOURCE,
  batchSize: true,
  collate: true,
  shuffleBuffer: true,
  dropLast: true,
};

/**
 * Batches of samples that come one by one, such as from a file that does not fit in memory.
 *
 * @public
 */
export interface StreamedBatches<Batch> extends AsyncIterable<Batch> {
  /** What the order is drawn from; `null` without shuffling. Checkpoints of `fit` include its state. */
  readonly generator: Generator | null;
}

/**
 * Cuts a stream of samples into batches for `fit`; every pass opens the stream anew.
 *
 * @remarks
 * Only the shuffle buffer and one batch are in memory. A stream that is left early is closed.
 *
 * @param open - opens the stream of samples, an iterable or async iterable
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `batchSize` is not a whole number of at least 1, or `shuffleBuffer` of at least 0.
 *
 * @example
 * ```ts
 * import { streamBatches } from "@rnn/train/data";
 *
 * async function* numbers() {
 *   for (let n = 1; n <= 5; n++) yield n;
 * }
 * const batches = streamBatches(numbers, { batchSize: 2, collate: (samples) => samples });
 * const seen: number[][] = [];
 * for await (const batch of batches) seen.push(batch);
 * seen; // => [[1, 2], [3, 4], [5]]
 * ```
 *
 * @public
 */
export function streamBatches<Sample, Batch>(
  open: () => Iterable<Sample> | AsyncIterable<Sample>,
  options: StreamBatchesOptions<Sample, Batch>,
): StreamedBatches<Batch> {
  const where = "streamBatches";
  checkFunction(
    where,
    "open",
    open,
    "pass a function that opens the stream, so that there can be several passes",
  );
  checkOptions(where, options, OPTIONS);
  const { batchSize, collate, shuffleBuffer = 0, dropLast = false } = options;
  checkInteger(where, "batchSize", batchSize, 1);
  checkFunction(where, "collate", collate);
  checkInteger(where, "shuffleBuffer", shuffleBuffer, 0);
  checkBoolean(where, "dropLast", dropLast);
  const generator = shuffleBuffer > 0 ? generatorOf(where, options) : null;
  return {
    generator,
    async *[Symbol.asyncIterator]() {
      let samples: Sample[] = [];
      for await (const sample of shuffled(opened(where, open), shuffleBuffer, generator)) {
        samples.push(sample);
        if (samples.length < batchSize) continue;
        yield collate(samples);
        samples = [];
      }
      if (samples.length > 0 && !dropLast) yield collate(samples);
    },
  };
}

function opened<Sample>(
  where: string,
  open: () => Iterable<Sample> | AsyncIterable<Sample>,
): Iterable<Sample> | AsyncIterable<Sample> {
  const stream: object = Object(open());
  if (Symbol.asyncIterator in stream || Symbol.iterator in stream) return stream as Iterable<Sample>;
  throw wrongKind(where, "what open returns", "something to iterate over", stream);
}

/** Draws from a buffer that is filled up from the stream. */
async function* shuffled<Sample>(
  stream: Iterable<Sample> | AsyncIterable<Sample>,
  size: number,
  generator: Generator | null,
): AsyncGenerator<Sample, void, undefined> {
  const buffer: Sample[] = [];
  const draw = () => {
    const k = generator === null ? 0 : (randint(0, buffer.length, [1], { generator }).data[0] as number);
    const sample = buffer[k] as Sample;
    buffer[k] = buffer[buffer.length - 1] as Sample;
    buffer.pop();
    return sample;
  };
  for await (const sample of stream) {
    buffer.push(sample);
    if (buffer.length > size) yield draw();
  }
  while (buffer.length > 0) yield draw();
}
