import { type Generator, Tensor } from "@rnn/tensor";

/** Letters that may stand anywhere. */
const FILLERS = ["a", "b", "c", "d"];
const ALPHABET = ["E", "B", "X", "Y", ...FILLERS];

/** Number of different letters: the features of a step. */
export const LETTERS: number = ALPHABET.length;
/** XX, XY, YX and YY. */
export const ORDERS = 4;

/** Sequences of one-hot letters `[T, N, LETTERS]` and which order the two that matter have, `[N]`. */
export interface TemporalOrderBatch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/**
 * Sequences `E a c b X d ... Y a c B`: all letters are noise but two, each X or Y, whose order is the class.
 *
 * The first is in the second tenth of the sequence, the second in the fifth: as in experiment 6a of Hochreiter & Schmidhuber 1997,
 * for any length as in Pascanu et al. 2013.
 */
export function drawTemporalOrder(T: number, N: number, generator: Generator): TemporalOrderBatch {
  const inputs = new Float32Array(T * N * LETTERS);
  const targets = new Int32Array(N);
  const between = (low: number, high: number) => Math.floor(low + generator.float64() * (high - low));
  for (let n = 0; n < N; n++) {
    const letters = Array.from({ length: T }, () => FILLERS[between(0, FILLERS.length)]!);
    letters[0] = "E";
    letters[T - 1] = "B";
    const [first, second] = [between(0, 2), between(0, 2)];
    letters[between(T / 10, T / 5)] = "XY"[first]!;
    letters[between((4 * T) / 10, T / 2)] = "XY"[second]!;
    targets[n] = 2 * first + second;
    letters.forEach((letter, t) => {
      inputs[(t * N + n) * LETTERS + ALPHABET.indexOf(letter)] = 1;
    });
  }
  return { inputs: new Tensor(inputs, [T, N, LETTERS]), targets: new Tensor(targets, [N]) };
}
