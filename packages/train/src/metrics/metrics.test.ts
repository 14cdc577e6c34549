import { Generator, randint, randn, ShapeError, type Tensor, tensor } from "@rnn/tensor";
import type { Metric } from "@rnn/train";
import {
  accuracy,
  brierScore,
  ConfusionMatrix,
  f1Score,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanAbsoluteScaledError,
  perplexity,
  precision,
  ReliabilityTable,
  recall,
  rootMeanSquaredError,
  topKAccuracy,
} from "@rnn/train/metrics";
import { describe, expect, test } from "vitest";

const ids = (values: number[]): Tensor => tensor(values, { dtype: "int32" });

/** A metric's value after these batches. */
function after<M extends Metric>(metric: M, ...batches: [Tensor, Tensor][]): number {
  for (const [output, targets] of batches) metric.update(output, targets);
  return metric.value;
}

/** Logits whose predictions are these classes. */
const predicting = (classes: number, predictions: readonly number[]): Tensor =>
  tensor(predictions.map((p) => Array.from({ length: classes }, (_, c) => (c === p ? 2 : 0))));

// predictions by target: 0 -> 0 0 1, 1 -> 1 2 2, 2 -> 2; scores worked out by hand
const output = predicting(3, [0, 0, 1, 1, 2, 2, 2]);
const targets = ids([0, 0, 0, 1, 1, 1, 2]);

describe("scores of classes", () => {
  test.each<{ posLabel?: number; average?: "macro" | "weighted" | "micro"; p: number; r: number; f: number }>(
    [
      { posLabel: 0, p: 1, r: 2 / 3, f: 0.8 },
      { posLabel: 1, p: 1 / 2, r: 1 / 3, f: 0.4 },
      { posLabel: 2, p: 1 / 3, r: 1, f: 0.5 },
      { average: "macro", p: 11 / 18, r: 2 / 3, f: 1.7 / 3 },
      { average: "weighted", p: (3 + 1.5 + 1 / 3) / 7, r: 4 / 7, f: (2.4 + 1.2 + 0.5) / 7 },
      { average: "micro", p: 4 / 7, r: 4 / 7, f: 4 / 7 },
    ],
  )("posLabel $posLabel, average $average", ({ p, r, f, ...of }) => {
    expect(after(precision(of), [output, targets])).toBeCloseTo(p, 14);
    expect(after(recall(of), [output, targets])).toBeCloseTo(r, 14);
    expect(after(f1Score(of), [output, targets])).toBeCloseTo(f, 14);
  });

  test("add up over batches, and leave out ignored targets", () => {
    const halves: [Tensor, Tensor][] = [
      [output.slice([0, 3]), targets.slice([0, 3])],
      [output.slice([3, 7]), targets.slice([3, 7])],
    ];
    expect(after(f1Score(), ...halves)).toBe(after(f1Score(), [output, targets]));
    const padded = ids([0, 0, -1, 1, -1, -1, 2]);
    expect(after(accuracy({ ignoreIndex: -1 }), [output, padded])).toBe(1);
    expect(after(f1Score({ ignoreIndex: -1 }), [output, padded])).toBe(1);
  });

  test("a class that is never predicted counts, with nothing found", () => {
    const never = predicting(3, [0, 0, 0]);
    expect(after(recall(), [never, ids([0, 0, 2])])).toBe(0.5);
    expect(after(precision(), [never, ids([0, 0, 2])])).toBeCloseTo(1 / 3, 14);
  });

  test("a class that is never seen does not count in averages; without targets there is no score", () => {
    expect(after(recall(), [predicting(9, [0, 7]), ids([0, 7])])).toBe(1);
    expect(f1Score().value).toBeNaN();
    expect(f1Score({ average: "micro" }).value).toBeNaN();
    expect(f1Score({ posLabel: 1 }).value).toBeNaN();
  });
});

describe("ConfusionMatrix", () => {
  test("counts targets by predictions, and prints them with recall and precision", () => {
    const matrix = new ConfusionMatrix({ labels: ["cat", "horse", "elephant"] });
    expect(after(matrix, [output, targets])).toBeCloseTo(4 / 7, 14);
    expect(matrix.counts).toEqual([
      [2, 1, 0],
      [0, 1, 2],
      [0, 0, 1],
    ]);
    expect(matrix.scores.map(({ support }) => support)).toEqual([3, 3, 1]);
    expect(String(matrix)).toBe(
      [
        "            cat horse elephant  recall",
        "      cat     2     1        0   0.667",
        "    horse     0     1        2   0.333",
        " elephant     0     0        1   1.000",
        "precision 1.000 0.500    0.333   0.571",
      ].join("\n"),
    );
  });

  test("two classes by one logit", () => {
    const matrix = new ConfusionMatrix();
    matrix.update(tensor([[1], [-1], [2]]), tensor([[1], [1], [0]]));
    expect(matrix.counts).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test("counts are a copy", () => {
    const matrix = new ConfusionMatrix();
    after(matrix, [output, targets]);
    matrix.counts[0]![0] = 100;
    expect(matrix.counts[0]![0]).toBe(2);
  });
});

describe("topKAccuracy", () => {
  test("agrees with sorting the logits", () => {
    const generator = new Generator(5);
    const logits = randn([200, 6], { generator });
    const wanted = randint(0, 6, [200], { generator });
    for (let k = 1; k <= 6; k++) {
      const right = (logits.toArray() as number[][]).filter((row, n) => {
        const order = row.map((_, c) => c).sort((a, b) => row[b]! - row[a]!);
        return order.slice(0, k).includes(wanted.data[n]!);
      });
      expect(after(topKAccuracy({ k }), [logits, wanted])).toBe(right.length / 200);
    }
  });

  test("of equal logits the first class comes first; NaN is never right", () => {
    expect(after(topKAccuracy({ k: 1 }), [tensor([[1, 1]]), ids([0])])).toBe(1);
    expect(after(topKAccuracy({ k: 1 }), [tensor([[1, 1]]), ids([1])])).toBe(0);
    expect(after(topKAccuracy({ k: 1 }), [tensor([[0, Number.NaN]]), ids([1])])).toBe(0);
    expect(after(topKAccuracy({ k: 2 }), [tensor([[0, Number.NaN]]), ids([1])])).toBe(0);
    expect(after(topKAccuracy({ k: 1 }), [tensor([[0, Number.NaN]]), ids([0])])).toBe(0); // as accuracy has it
  });

  test("every class is among the first k if there are no more than k", () => {
    expect(after(topKAccuracy({ k: 5 }), [tensor([[1, 3, 2]]), ids([0])])).toBe(1);
  });
});

test("perplexity is the exponential of the mean over all targets, not the mean over batches", () => {
  const [even, sure] = [
    tensor([[0, 0]]),
    tensor([
      [1000, 0],
      [0, 1000],
      [7, 7],
    ]),
  ];
  expect(after(perplexity(), [even, ids([1])])).toBeCloseTo(2, 14);
  expect(after(perplexity(), [even, ids([0])], [sure, ids([0, 1, -100])])).toBeCloseTo(2 ** (1 / 3), 14);
  expect(after(perplexity({ ignoreIndex: 1 }), [sure, ids([1, 1, 0])])).toBeCloseTo(2, 14);
});

test("metrics of errors say that smaller is better, the others that larger is", () => {
  const errors = [
    meanAbsoluteError(),
    rootMeanSquaredError(),
    meanAbsolutePercentageError(),
    meanAbsoluteScaledError({ training: [1, 2] }),
    perplexity(),
    brierScore(),
    new ReliabilityTable(),
  ];
  expect(errors.map(({ mode }) => mode)).toEqual(errors.map(() => "min"));
  const scores: Metric[] = [accuracy(), topKAccuracy({ k: 2 }), f1Score(), new ConfusionMatrix()];
  expect(scores.map(({ mode = "max" }) => mode)).toEqual(scores.map(() => "max"));
});

describe("errors of forecasts", () => {
  const batches: [Tensor, Tensor][] = [
    [tensor([[1, 2]]), tensor([[2, 4]])],
    [tensor([[5], [-8]]), tensor([[5], [-4]])],
  ];

  test("by hand", () => {
    expect(after(meanAbsoluteError(), ...batches)).toBe(7 / 4);
    expect(after(rootMeanSquaredError(), ...batches)).toBeCloseTo(Math.sqrt(21 / 4), 14);
    expect(after(meanAbsolutePercentageError(), ...batches)).toBeCloseTo((0.5 + 0.5 + 0 + 1) / 4, 14);
    const training = [1, 4, 2, 6]; // naive errors 3, 2, 4; of a season of two 1, 2
    expect(after(meanAbsoluteScaledError({ training }), ...batches)).toBeCloseTo(7 / 4 / 3, 14);
    expect(after(meanAbsoluteScaledError({ training, season: 2 }), ...batches)).toBeCloseTo(7 / 4 / 1.5, 14);
  });

  test("values that are missing do not count", () => {
    const gaps: [Tensor, Tensor] = [tensor([1, 2, 3]), tensor([Number.NaN, 4, -1])];
    expect(after(meanAbsoluteError({ ignoreValue: Number.NaN }), gaps)).toBe(3);
    expect(after(meanAbsoluteError({ ignoreValue: -1 }), gaps)).toBeNaN();
    expect(after(meanAbsolutePercentageError({ ignoreValue: 0 }), [tensor([1, 3]), tensor([-0, 2])])).toBe(
      0.5,
    );
  });

  test("a percentage of zero is very large, not infinite", () => {
    expect(after(meanAbsolutePercentageError(), [tensor([1]), tensor([0])])).toBe(1 / Number.EPSILON);
  });
});

test("a target whose output is NaN is missed: in no column, but in support, recall and accuracy", () => {
  const matrix = new ConfusionMatrix();
  const output = tensor([
    [Number.NaN, 0],
    [1, 0],
    [0, 1],
  ]);
  expect(after(matrix, [output, ids([0, 0, 1])])).toBeCloseTo(2 / 3, 14);
  expect(matrix.counts).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(matrix.scores[0]).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3, support: 2 });
  expect(matrix.average("macro").support).toBe(3);
  expect(after(f1Score({ posLabel: 0 }), [output, ids([0, 0, 1])])).toBeCloseTo(2 / 3, 14);
});

test("scores of probabilities, and of several labels", () => {
  expect(after(precision({ posLabel: 1, threshold: 0.5 }), [tensor([0.9, 0.2]), tensor([1, 0])])).toBe(1);
  const labels = tensor([[1, 1, 0]]);
  expect(after(recall({ posLabel: 1, multilabel: true }), [tensor([[1, -1, -1]]), labels])).toBe(0.5);
});

describe("errors", () => {
  test.each<[() => unknown, Error]>([
    [
      () => after(f1Score(), [output, ids([1])]),
      new ShapeError(
        "f1Score: output of shape [7,3] does not fit targets of shape [1]; expected the same shape (one logit each) or [N, classes, ...] for [N, ...]",
      ),
    ],
    [
      () => after(perplexity(), [output.slice([0, 1]), ids([3])]),
      new RangeError("perplexity: target 0 is 3, which is no class 0..2"),
    ],
    [
      () => after(perplexity(), [tensor([1, 2]), tensor([0, 1])]),
      new ShapeError(
        "perplexity: output of shape [2] does not fit targets of shape [2]; expected [N, classes, ...] for [N, ...]",
      ),
    ],
    [
      () => after(f1Score(), [tensor([0.3, 2.4]), tensor([0.5, 1.5])]),
      new RangeError("f1Score: target 0 is 0.5; with one output for two classes it must be 0 or 1"),
    ],
    [
      () => new ConfusionMatrix().update([1] as never, [1] as never),
      new TypeError("ConfusionMatrix: output must be a Tensor, got [1]; make it with tensor(...)"),
    ],
    [() => topKAccuracy({ k: 0 }), new RangeError("topKAccuracy: k must be an integer >= 1, got 0")],
    [
      () => precision({ average: "mean" as "macro" }),
      new RangeError('precision: average must be "macro" or "weighted" or "micro", got "mean"'),
    ],
    [
      () => new ConfusionMatrix().average("mean" as "macro"),
      new RangeError('ConfusionMatrix.average: average must be "macro" or "weighted" or "micro", got "mean"'),
    ],
    [() => recall({ posLabel: -1 }), new RangeError("recall: posLabel must be an integer >= 0, got -1")],
    [
      () => after(recall({ posLabel: 3 }), [output, targets]),
      new RangeError("recall: posLabel is 3, which is no class 0..2"),
    ],
    [
      () => recall({ posLabel: 1, average: "macro" }),
      new TypeError("recall: got both average and posLabel; pass one of them"),
    ],
    [
      () => f1Score({ of: "macro" } as object),
      new TypeError(
        'f1Score: unknown option "of"; options are ignoreIndex, threshold, multilabel, average, posLabel',
      ),
    ],
    [
      () => new ConfusionMatrix({ labels: ["b"] }).update(tensor([[1], [-1]]), tensor([1, 0])),
      new RangeError("ConfusionMatrix: there are 2 classes, but labels has 1; name each of them"),
    ],
    [
      () => new ConfusionMatrix({ labels: ["a", "b"] }).update(output, targets),
      new RangeError("ConfusionMatrix: there are 3 classes, but labels has 2; name each of them"),
    ],
    [
      () => new ConfusionMatrix({ labels: 3 as never }),
      new TypeError("ConfusionMatrix: labels must be a list of names, got 3"),
    ],
    [
      () => after(meanAbsoluteError(), [tensor([1, 2]), tensor([[1, 2]])]),
      new ShapeError("meanAbsoluteError: output of shape [2], but targets of shape [1,2]"),
    ],
    [
      () => meanAbsoluteError().update([1] as never, [1] as never),
      new TypeError("meanAbsoluteError: output must be a Tensor, got [1]; make it with tensor(...)"),
    ],
    [
      () => rootMeanSquaredError({ ignoreValue: "x" as never }),
      new TypeError('rootMeanSquaredError: ignoreValue must be a number, got "x"'),
    ],
    [
      () => meanAbsoluteScaledError({ training: [1, 2], season: 2 }),
      new RangeError("meanAbsoluteScaledError: training has 2 values, which must be more than a season of 2"),
    ],
    [
      () => meanAbsoluteScaledError({ training: [3, 3, 3] }),
      new RangeError(
        "meanAbsoluteScaledError: training repeats itself exactly, so there is no error to scale by",
      ),
    ],
    [
      () => meanAbsoluteScaledError({ training: [3, Number.NaN] }),
      new RangeError(
        "meanAbsoluteScaledError: training has values that are not finite numbers (their naive error is NaN)",
      ),
    ],
    [
      () => meanAbsoluteScaledError({} as never),
      new TypeError("meanAbsoluteScaledError: training must be a list of numbers, got undefined"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});
