import { type Generator, type Tensor, tensor } from "@rnn/tensor";

/** Ends what the decoder writes. */
export const END = 0;
/** What the decoder is given first. */
export const BEGIN = 1;
/** Symbols are this id and those after it. */
export const FIRST_SYMBOL = 2;

/** Sequences of a batch have one length, so that nothing needs padding. */
export interface Batch {
  readonly source: Tensor;
  readonly lengths: Int32Array;
  /** What the decoder is given, `[N, L + 1]`: the beginning, then what it should have written so far. */
  readonly previous: Tensor;
  /** What it should write, `[N, L + 1]`: the symbols, then the end. */
  readonly targets: Tensor;
}

/** What is to be written for what was read. */
export type Task = (sequence: readonly number[]) => number[];

/** The tasks by name. */
export const tasks = {
  copy: (sequence) => [...sequence],
  reverse: (sequence) => [...sequence].reverse(),
} satisfies Record<string, Task>;

/** Sequences and what is to be written for each. */
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
