import { HiddenMarkovModel, Module, Parameter, record, Variable } from "@rnn/nn";
import { type Generator, Tensor } from "@rnn/tensor";
import type { TextBlock } from "../model.ts";
import type { HmmConfig } from "./config.ts";

/**
 * Generative classifier: for each class a hidden Markov model of its texts and a prior probability; the answer is the
 * class that makes the text most likely, P(y | x) ∝ P(y) P(x | y). With one state it is naive Bayes.
 *
 * All parameters are logarithms of probabilities, the last dimension adding up to 1. {@link loss} is the negative log
 * likelihood, whose gradient is minus the expected counts: `BaumWelch` turns them into the next probabilities.
 */
export class HmmClassifier extends Module {
  readonly config: HmmConfig;
  /** Log P(y): `[C]`. */
  readonly #prior: Parameter;
  /** Log P of the first state: `[C, S]`; of state after state: `[C, S, S]`; of symbol in state: `[C, S, V]`. */
  readonly #tables: readonly [start: Parameter, transition: Parameter, emission: Parameter];

  /** All classes start from the same random models: what sets them apart is learned. */
  constructor(config: HmmConfig, generator: Generator) {
    super();
    this.config = config;
    const { words, states, classes } = config;
    const first = HiddenMarkovModel.random({ numStates: states, numSymbols: words, generator });
    const forEachClass = (table: Tensor): Parameter => {
      const logs = Float32Array.from(table.data, Math.log);
      const data = new Float32Array(classes * logs.length);
      for (let c = 0; c < classes; c++) data.set(logs, c * logs.length);
      return new Parameter(new Tensor(data, [classes, ...table.shape]));
    };
    this.#prior = this.parameter(
      "prior",
      new Parameter(new Tensor(new Float32Array(classes).fill(-Math.log(classes)), [classes])),
    );
    this.#tables = [
      this.parameter("start", forEachClass(first.start)),
      this.parameter("transition", forEachClass(first.transition)),
      this.parameter("emission", forEachClass(first.emission)),
    ];
  }

  /** Log P(x, y) of every text and class, `[N, C]`; with two classes log P(x, 1) / P(x, 0), `[N, 1]`. No gradient. */
  override forward(block: TextBlock): Variable {
    const { classes } = this.config;
    const models = this.#models();
    const prior = this.#prior.value.data;
    const rows = rowsOf(block).map((row) => models.map((model, c) => prior[c]! + model.logLikelihood(row)));
    const logits =
      classes === 2
        ? new Tensor(
            Float32Array.from(rows, ([zero, one]) => one! - zero!),
            [rows.length, 1],
          )
        : new Tensor(Float32Array.from(rows.flat()), [rows.length, classes]);
    return new Variable(logits);
  }

  /** -1/N Σ log P(x, y) over the texts of a block, given the class of each. */
  loss(block: TextBlock, targets: ArrayLike<number>): Variable {
    const rows = rowsOf(block);
    const prior = this.#prior.value;
    const counts = [prior, ...this.#tables.map(({ value }) => value)].map(
      ({ shape, size }) => new Tensor(new Float32Array(size), shape),
    ) as [Tensor, Tensor, Tensor, Tensor];
    let total = 0;
    this.#models().forEach((model, c) => {
      const own = rows.filter((_, n) => targets[n] === c);
      if (own.length === 0) return;
      const { start, transition, emission, logLikelihood } = model.expectedCounts(own);
      total += logLikelihood + own.length * prior.data[c]!;
      counts[0].data[c] = own.length;
      for (const [k, table] of [start, transition, emission].entries()) {
        counts[k + 1]!.data.set(table.data as Float64Array, c * table.size);
      }
    });
    const share = -1 / rows.length;
    const loss = new Tensor(Float32Array.of(share * total), []);
    return record("hmmLikelihood", [this.#prior, ...this.#tables], loss, (dy) =>
      counts.map((table) => table.mul(share * dy.item())),
    );
  }

  /** The model of each class. */
  #models(): HiddenMarkovModel[] {
    const [start, transition, emission] = this.#tables.map(({ value }) => distributionsOf(value));
    return start!.map(
      ([row], c) =>
        new HiddenMarkovModel({ start: row!, transition: transition![c]!, emission: emission![c]! }),
    );
  }
}

/**
 * Class by class the rows of a table of log probabilities, as probabilities that add up to 1 in float64, whatever a file
 * may hold.
 */
function distributionsOf({ data, shape }: Tensor): number[][][] {
  const width = shape.at(-1)!;
  const rows = shape.length === 3 ? shape[1]! : 1;
  return Array.from({ length: shape[0]! }, (_class, c) =>
    Array.from({ length: rows }, (_row, r) => {
      const first = (c * rows + r) * width;
      const logs = (data as Float32Array).subarray(first, first + width);
      const largest = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
      const weights = Array.from(logs, (log) => Math.exp(log - largest));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return weights.map((weight) => weight / sum);
    }),
  );
}

/** The ids of each text of a block, without the padding. */
function rowsOf({ ids, lengths }: TextBlock): Int32Array[] {
  const { data, shape } = ids.contiguous();
  const width = shape[1]!;
  return Array.from(lengths, (length, n) => (data as Int32Array).subarray(n * width, n * width + length));
}
