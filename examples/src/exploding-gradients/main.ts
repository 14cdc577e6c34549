import { crossEntropy, init } from "@rnn/nn";
import { Generator, manualSeed } from "@rnn/tensor";
import { accuracy, fit, SGD } from "@rnn/train";
import { ClippingStatistics } from "@rnn/train/diagnostics";
import { defineExample } from "../example.ts";
import { LastStepModel } from "../last-step-model.ts";
import { choicesOf } from "../options.ts";
import { percent, table } from "../table.ts";
import { drawTemporalOrder, LETTERS, ORDERS, type TemporalOrderBatch } from "../temporal-order/sequences.ts";

/** Plain layers alone: gates are there to prevent what is shown. */
const CELLS = ["rnn", "relu"] as const;
type Cell = (typeof CELLS)[number];

/** How the training of a network ended. */
interface Ending {
  /** Diverged: its loss rose above ten times that of chance, or was not a number. */
  readonly ending: "solved" | "stuck" | "diverged";
  /** The largest norm of a gradient before clipping. */
  readonly largest: number;
  /** The share of updates whose gradient was clipped. */
  readonly clipped: number;
}

const defaults = {
  length: 50,
  cells: "rnn,relu",
  runs: 10,
  hidden: 50,
  radius: 1.2,
  batch: 32,
  learningRate: 0.05,
  clipNorm: 1,
  updates: 1000,
  seed: 0,
};
type Settings = typeof defaults;

export default defineExample({
  about:
    "Pascanu's effect: the same networks from the same seeds, trained with and without clipping of gradients.",
  defaults,
  help: {
    length: "steps of the sequences of the temporal order problem",
    cells: "layers: rnn (tanh), relu",
    runs: "networks of each kind, from one seed after the other",
    hidden: "hidden units",
    radius: "of the orthogonal weights of rnn at first: what a linear step multiplies a state by; relu has 1",
    batch: "sequences per update",
    learningRate: "of plain gradient descent",
    clipNorm: "largest norm of a gradient, where gradients are clipped",
    updates: "of each network",
    seed: "of the weights and sequences of the first network",
  },
  async run(options, print) {
    const { runs, clipNorm, seed } = options;
    const results = [];
    for (const cell of choicesOf("cells", options.cells, CELLS)) {
      for (const limit of [Number.POSITIVE_INFINITY, clipNorm]) {
        const endings: Ending[] = [];
        for (let run = 0; run < runs; run++)
          endings.push(await trainOne(cell, limit, { ...options, seed: seed + run }));
        results.push({ cell, limit, endings });
        const clipping = limit === clipNorm ? "clipped" : "not clipped";
        print(`${cell}, ${clipping}: ${endings.map(({ ending }) => ending).join(", ")}`);
      }
    }
    const rows = results.map(({ cell, limit, endings }) => {
      const count = (ending: Ending["ending"]) => endings.filter((each) => each.ending === ending).length;
      const largest = Math.max(...endings.map((each) => each.largest)).toExponential(1);
      const clipped = endings.reduce((sum, each) => sum + each.clipped, 0) / runs;
      const clipping = limit === clipNorm ? `at ${clipNorm}` : "none";
      return [cell, clipping, count("solved"), count("stuck"), count("diverged"), largest, percent(clipped)];
    });
    const head = ["layer", "clipping", "solved", "stuck", "diverged", "largest norm", "clipped"];
    print(`\nendings of ${runs} networks each\n\n${table(head, rows)}`);
    return results;
  },
});

/** Trains one network; a `clipNorm` of Infinity measures gradients and changes nothing. */
async function trainOne(cell: Cell, clipNorm: number, options: Settings): Promise<Ending> {
  const { length, hidden, radius, batch, learningRate, updates, seed } = options;
  manualSeed(seed);
  const model = new LastStepModel({ cell, inputSize: LETTERS, hiddenSize: hidden, outFeatures: ORDERS });
  const recurrent = model.stateDict().get("layer.weight_hh_l0")!;
  if (cell === "relu") init.eye(recurrent);
  else init.orthogonal(recurrent, { gain: radius });
  const generator = new Generator(seed + 1000);
  const training = function* () {
    for (let i = 0; i < updates; i++) yield drawTemporalOrder(length, batch, generator);
  };
  const statistics = new ClippingStatistics(clipNorm);
  let worst = 0;
  let right = 0;
  for await (const event of fit(model, training, {
    optimizer: new SGD(model.parameters(), { learningRate }),
    epochs: 1,
    clipNorm,
    loss({ inputs, targets }: TemporalOrderBatch) {
      const output = model.forward(inputs);
      return { loss: crossEntropy(output, targets), output, targets };
    },
    validation: [drawTemporalOrder(length, 500, new Generator(seed + 2000))],
    metrics: { accuracy },
  })) {
    statistics.log(event);
    if (event.type === "step") worst = Math.max(worst, event.loss);
    if (event.type === "epoch") right = event.validation!.metrics.accuracy;
    if (event.type === "end" && event.reason === "non-finite") worst = Number.POSITIVE_INFINITY;
  }
  const ending = worst > 10 * Math.log(ORDERS) ? "diverged" : right >= 0.99 ? "solved" : "stuck";
  return { ending, largest: statistics.largest, clipped: statistics.share };
}
