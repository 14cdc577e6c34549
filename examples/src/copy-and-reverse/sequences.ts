import { type Generator, type Tensor, tensor } from "@rnn/tensor";

/** Token that ends what the decoder writes. */
export const END = 0;
/** Token that the decoder is given first. */
export const BEGIN = 1;
/** Id of the first symbol; the others follow. */
export const FIRST_SYMBOL = 2;

/** Sequences of a batch have one length, so that nothing needs padding. */
export interface Batch {
  readonly source: Tensor;
  readonly lengths: Int32Array;
  /** Input of the decoder, `[N, L + 1]`: `BEGIN`, then what it should have written so far. */
  readonly previous: Tensor;
  /** Targets of the decoder, `[N, L + 1]`: the symbols, then `END`. */
  readonly targets: Tensor;
}

/** The output for an input sequence. */
export type Task = (sequence: readonly number[]) => number[];

/** The tasks by name. */
export const tasks = {
  copy: (sequence) => [...sequence],
  reverse: (sequence) => [...sequence].reverse(),
} satisfies Record<string, Task>;

/** Makes a batch of sequences and their outputs. */
export function batchOf(sequences: readonly number[][], task: Task): Batch {
  const ids = (rows: readonly number[][]) => tensor(rows, { dtype: "int32" });
  const answers = sequences.map(task);
  return {
    source: ids([...sequences]),
    lengths: Int32Array.from(sequences, ({ length }) => length),
    previous: ids(answers.map((answer) => [BEGIN, ...answer])),
    targets: ids(answers.map((answer) => [...answer, END])),
  };
}

/** A random sequence. */
export function draw(length: number, symbols: number, generator: Generator): number[] {
  return Array.from({ length }, () => FIRST_SYMBOL + Math.floor(generator.float64() * symbols));
}

/** A random length. */
export function lengthBetween(shortest: number, longest: number, generator: Generator): number {
  return shortest + Math.floor(generator.float64() * (longest - shortest + 1));
}
