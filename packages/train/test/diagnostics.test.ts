import { expectClose } from "@internal/testing";
import {
  Dropout,
  GRU,
  Linear,
  LSTM,
  LSTMCell,
  type LSTMState,
  Module,
  mseLoss,
  RNN,
  Sequential,
  type Variable,
  variable,
} from "@rnn/nn";
import {
  defaultGenerator,
  Generator,
  manualSeed,
  randn,
  ShapeError,
  singularValues,
  spectralRadius,
  type Tensor,
  tensor,
  zeros,
} from "@rnn/tensor";
import { Adam, fit, SGD, tensorBatches } from "@rnn/train";
import {
  ClippingStatistics,
  findLearningRate,
  gradientFlow,
  recurrentSpectrum,
  traceStatistics,
  unitStatistics,
} from "@rnn/train/diagnostics";
import { logTo } from "@rnn/train/log";
import { describe, expect, test } from "vitest";
import { ScalarRNN, statesOf, target } from "./scalar-rnn.ts";
import { Scalar } from "./toy.ts";

const tolerance = { rtol: 1e-12, atol: 1e-14 };

describe("gradientFlow", () => {
  const h = statesOf(12, 0.8, 0.6);
  /** dh_t/dh_k as the product of the steps between. */
  const jacobian = (t: number, k: number): number =>
    h.slice(k + 1, t + 1).reduce((product, value) => product * 0.8 * (1 - value ** 2), 1);

  test("of the last loss: the product of the steps between, from the definition", () => {
    const { loss, norms, parts } = gradientFlow(new ScalarRNN().problem(12));
    const want = Array.from({ length: 11 }, (_, k) => Math.abs((h[11]! - target(11)) * jacobian(11, k)));
    expectClose(norms, want, tolerance);
    expectClose([loss], [(h[11]! - target(11)) ** 2 / 2], tolerance);
    expect(parts).toEqual({ "": norms });
  });

  test("of all losses: the sum over the steps after", () => {
    const { norms } = gradientFlow(new ScalarRNN().problem(12), { lossAt: "every" });
    const want = Array.from({ length: 11 }, (_, k) => {
      let sum = 0;
      for (let t = k + 1; t < 12; t++) sum += (h[t]! - target(t)) * jacobian(t, k);
      return Math.abs(sum);
    });
    expectClose(norms, want, tolerance);
  });

  test("agrees with small changes of the states of an LSTM, part by part", () => {
    const generator = new Generator(5);
    const lstm = new LSTM({ inputSize: 2, hiddenSize: 3, numLayers: 2, generator, dtype: "float64" });
    const x = randn([5, 2, 2], { generator, dtype: "float64" });
    const run = (start: number, end: number, state: LSTMState | undefined) =>
      lstm.forward(x.slice([start, end]), { state });
    const loss = (output: Variable) => output.pow(2).sum();
    const flow = gradientFlow({ length: 5, forward: run, loss });
    expect(Object.keys(flow.parts)).toEqual(["h", "c"]);
    for (let k = 0; k < 4; k++) {
      const { state } = run(0, k + 1, undefined);
      const end = (from: LSTMState) => {
        const before = k === 3 ? from : run(k + 1, 4, from).state;
        return loss(run(4, 5, before).output).item();
      };
      const numeric = (part: "h" | "c") => {
        const { data } = state[part].value.clone();
        let squares = 0;
        for (let i = 0; i < data.length; i++) {
          const at = (delta: number) => {
            const moved = state[part].value.clone();
            moved.data[i]! += delta;
            return end({ ...state, [part]: variable(moved) });
          };
          squares += ((at(1e-5) - at(-1e-5)) / 2e-5) ** 2;
        }
        return Math.sqrt(squares);
      };
      expectClose([flow.parts.h![k]!, flow.parts.c![k]!], [numeric("h"), numeric("c")], {
        rtol: 1e-6,
        atol: 1e-9,
      });
      expect(flow.norms[k]).toBeCloseTo(Math.hypot(flow.parts.h![k]!, flow.parts.c![k]!), 12);
    }
  });

  test("a cell with layers in a list names its parts", () => {
    const cell = new LSTMCell({ inputSize: 1, hiddenSize: 2 });
    const x = zeros([1, 1]);
    const { parts } = gradientFlow({
      length: 3,
      forward: (_start, _end, states: { h: Variable; c: Variable }[] = []) => {
        const { h, c } = cell.forward(x, states[0]);
        return { output: h, state: [{ h, c }] };
      },
      loss: (output) => output.sum(),
    });
    expect(Object.keys(parts)).toEqual(["[0].h", "[0].c"]);
    expect(parts["[0].h"]?.length).toBe(2);
  });

  test("refuses sequences without two steps, and unknown options", () => {
    expect(() => gradientFlow(new ScalarRNN().problem(1))).toThrow(
      new RangeError("gradientFlow: length must be an integer >= 2, got 1"),
    );
    expect(() => gradientFlow(new ScalarRNN().problem(2), { lossAt: "first" as "last" })).toThrow(
      new RangeError('gradientFlow: lossAt must be "last" or "every", got "first"'),
    );
  });
});

describe("recurrentSpectrum", () => {
  test("every recurrent matrix, gate by gate, as the exact decompositions say", () => {
    class Model extends Module {
      readonly rnn = this.child("rnn", new RNN({ inputSize: 2, hiddenSize: 3, bidirectional: true }));
      readonly gru = this.child("gru", new GRU({ inputSize: 6, hiddenSize: 2 }));
      readonly cell = this.child("cell", new LSTMCell({ inputSize: 2, hiddenSize: 3 }));
      readonly projected = this.child("projected", new LSTM({ inputSize: 3, hiddenSize: 5, projSize: 2 }));
      override forward(): void {}
    }
    const model = new Model();
    const spectra = recurrentSpectrum(model);
    expect(spectra.map(({ parameter, gate }) => `${parameter} ${gate}`)).toEqual([
      "rnn.weight_hh_l0 null",
      "rnn.weight_hh_l0_reverse null",
      "gru.weight_hh_l0 r",
      "gru.weight_hh_l0 z",
      "gru.weight_hh_l0 n",
      "cell.weight_hh i",
      "cell.weight_hh f",
      "cell.weight_hh g",
      "cell.weight_hh o",
      "projected.weight_hh_l0 null",
    ]);
    const forget = model.cell.stateDict().get("weight_hh")!.slice([3, 6]);
    expect(spectra[6]!.largestSingularValue).toBeCloseTo(singularValues(forget).data[0]!, 6);
    expect(spectra[6]!.spectralRadius).toBeCloseTo(spectralRadius(forget), 6);
    expect(spectra.at(-1)!.spectralRadius).toBeNull();
    expect(JSON.parse(JSON.stringify(spectra))).toEqual(spectra);
  });

  test("in training, step by step", async () => {
    const model = new RNN({ inputSize: 1, hiddenSize: 4, batchFirst: true });
    const x = randn([6, 5, 1], { generator: new Generator(1) });
    const seen: number[] = [];
    for await (const event of fit(model, tensorBatches(x, x, { batchSize: 2 }), {
      optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
      epochs: 2,
      loss: ({ inputs, targets }) =>
        mseLoss(model.forward(inputs).output.mean({ dim: 2, keepdim: true }), targets),
    })) {
      if (event.type === "step") seen.push(recurrentSpectrum(model)[0]!.largestSingularValue);
    }
    expect(new Set(seen).size).toBe(6);
  });

  test("refuses what is no model", () => {
    expect(() => recurrentSpectrum([] as never)).toThrow(
      new TypeError("recurrentSpectrum: model must be a Module, got []"),
    );
  });
});

describe("unitStatistics", () => {
  test("by hand", () => {
    const values = tensor([
      [
        [0, 1],
        [-0.95, 0.05],
      ],
      [
        [0, 3],
        [8, 8],
      ],
    ]); // two steps, two rows, of lengths 2 and 1
    const { mean, deviation, low, high, means, dead } = unitStatistics(values, { lengths: [2, 1] });
    const seen = [0, 1, -0.95, 0.05, 0, 3].map(Math.fround);
    const expected = seen.reduce((a, b) => a + b) / 6;
    expectClose([mean], [expected], tolerance);
    expectClose(
      [deviation],
      [Math.sqrt(seen.reduce((sum, x) => sum + (x - expected) ** 2, 0) / 6)],
      tolerance,
    );
    expect([low, high]).toEqual([0.5, 0.5]);
    expectClose(
      means,
      [(seen[0]! + seen[2]! + seen[4]!) / 3, (seen[1]! + seen[3]! + seen[5]!) / 3],
      tolerance,
    );
    expect(dead).toEqual([]);
    expect(unitStatistics(values, { lengths: [2, 0] }).dead).toEqual([0]);
    expect(unitStatistics(values.select(1, 0), { low: 2 }).low).toBe(0.75);
  });

  test("one value of a unit does not tell whether it is dead", () => {
    expect(unitStatistics(tensor([[0.5, 0]])).dead).toEqual([]);
    expect(unitStatistics(zeros([2, 2, 1]), { lengths: [1, 0] }).dead).toEqual([]);
  });

  test("units of a ReLU network that died", () => {
    const rnn = new RNN({ inputSize: 1, hiddenSize: 3, nonlinearity: "relu" });
    rnn.stateDict().get("bias_ih_l0")!.data[1] = -100;
    const { output } = rnn.forward(randn([9, 4, 1], { generator: new Generator(2) }));
    expect(unitStatistics(output.value).dead).toContain(1);
  });

  test("everything a layer traced", () => {
    const gru = new GRU({ inputSize: 2, hiddenSize: 3, numLayers: 2, bidirectional: true });
    const x = randn([4, 2, 2], { generator: new Generator(2) });
    const { trace, output } = gru.forward(x, { trace: true });
    const statistics = traceStatistics(trace);
    expect(statistics.map((layer) => layer.map((gates) => Object.keys(gates).sort()))).toEqual(
      [0, 1].map(() => [0, 1].map(() => ["h", "n", "r", "z"])),
    );
    expect(statistics[1]![0]!.h).toEqual(unitStatistics(output.value.slice(null, null, [0, 3])));
    expect(statistics[0]![1]!.z.mean).toBeGreaterThan(0);
  });

  test.each<[() => unknown, Error]>([
    [
      () => unitStatistics(zeros([2, 3]), { lengths: [1, 2] }),
      new ShapeError("unitStatistics: 2 lengths do not fit values of shape [2,3]; expected [L, 2, H]"),
    ],
    [
      () => unitStatistics(zeros([])),
      new ShapeError("unitStatistics: values of shape [] have no dimension of units"),
    ],
    [
      () => unitStatistics(zeros([2, 1, 3]), { lengths: [0] }),
      new RangeError("unitStatistics: there are no values to count"),
    ],
    [
      () => unitStatistics([1] as never),
      new TypeError("unitStatistics: values must be a Tensor, got [1]; make it with tensor(...)"),
    ],
    [
      () => unitStatistics(zeros([2]), { low: -1 }),
      new RangeError("unitStatistics: low must be a finite number >= 0, got -1"),
    ],
    [
      () => traceStatistics({} as never),
      new TypeError("traceStatistics: trace must be a list of layers, got an object"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});

describe("ClippingStatistics", () => {
  test("counts what fit clipped, among the loggers", async () => {
    const model = new Scalar();
    const clipping = new ClippingStatistics(3);
    const norms: number[] = [];
    const events = fit(model, [4, 0, 1], {
      optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
      epochs: 2,
      loss: (x) => model.forward(x),
      clipNorm: clipping.clipNorm,
    });
    for await (const event of logTo(events, [clipping])) {
      if (event.type === "step") norms.push(event.gradientNorm!);
    }
    const clipped = norms.filter((norm) => norm > 3).length;
    expect(clipped).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(clipping))).toEqual({
      clipNorm: 3,
      steps: 6,
      clipped,
      share: clipped / 6,
      mean: norms.reduce((sum, norm) => sum + norm) / 6,
      largest: Math.max(...norms),
    });
  });

  test("refuses a threshold below zero", () => {
    expect(() => new ClippingStatistics(-1)).toThrow(
      new RangeError("ClippingStatistics: clipNorm must be a number >= 0, got -1"),
    );
  });
});

describe("findLearningRate", () => {
  /** A regression with dropout, trained a little, so that there is something to put back. */
  async function regression() {
    manualSeed(4);
    const model = new Sequential([
      new Linear({ inFeatures: 3, outFeatures: 8 }),
      new Dropout({ p: 0.1 }),
      new Linear({ inFeatures: 8, outFeatures: 1 }),
    ]);
    const x = randn([32, 3]);
    const y = x.sum({ dim: 1, keepdim: true });
    const batches = tensorBatches(x, y, { batchSize: 8, seed: 1 });
    const optimizer = new Adam(model.parameters(), { learningRate: 0.002 });
    const loss = ({ inputs, targets }: { inputs: Tensor; targets: Tensor }) =>
      mseLoss(model.forward(inputs) as Variable, targets);
    for await (const _ of fit(model, batches, { optimizer, epochs: 1, loss }));
    model.eval();
    return { model, batches, optimizer, loss };
  }

  test("finds where the loss falls, and leaves no trace", async () => {
    const { model, batches, optimizer, loss } = await regression();
    const everything = () => [
      [...model.stateDict()].map(([name, { data }]) => [name, [...data]]),
      optimizer.stateDict(),
      defaultGenerator().getState(),
      batches.generator?.getState(),
      model.training,
    ];
    const before = everything();
    const { points, suggestion } = await findLearningRate(model, batches, { optimizer, loss, to: 10 });
    expect(everything()).toEqual(before);
    expect(points[0]!.learningRate).toBe(1e-6);
    expect(points.length).toBeGreaterThan(50);
    for (const [k, { learningRate }] of points.entries()) {
      expect(learningRate).toBeCloseTo(1e-6 * 10 ** ((7 * k) / 99), 10);
    }
    expect(suggestion).toBeGreaterThan(1e-4);
    expect(suggestion).toBeLessThan(3);
    // it stopped because the loss rose
    expect(points.length).toBeLessThan(100);
  });

  test("a loss that becomes NaN ends the curve; an error puts everything back too", async () => {
    const { model, batches, optimizer, loss } = await regression();
    const weights = () => [...model.stateDict().values()].map(({ data }) => [...data]);
    const before = weights();
    let calls = 0;
    const { points } = await findLearningRate(model, batches, {
      optimizer,
      loss: (batch) => (++calls > 10 ? loss(batch).mul(Number.NaN) : loss(batch)),
    });
    expect(points.length).toBe(10);
    expect(weights()).toEqual(before);
    const failing = findLearningRate(model, batches, {
      optimizer,
      loss: (batch) => {
        if (++calls > 20) throw new Error("out of paper");
        return loss(batch);
      },
    });
    await expect(failing).rejects.toThrow("out of paper");
    expect(weights()).toEqual(before);
  });

  test.each([1, 2, 3, 4, 5])("is not misled by differences between small batches, seed %d", async (seed) => {
    manualSeed(seed);
    const model = new Linear({ inFeatures: 3, outFeatures: 1 });
    const x = randn([64, 3]);
    const batches = tensorBatches(x, x.sum({ dim: 1, keepdim: true }), { batchSize: 8 });
    const { suggestion } = await findLearningRate(model, batches, {
      optimizer: new Adam(model.parameters()),
      loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
      to: 10,
    });
    // where plain trainings of 100 steps are best
    expect(suggestion).toBeGreaterThan(0.01);
    expect(suggestion).toBeLessThan(1);
  });

  test.each([1, 2, 3, 4, 5])("suggests nothing where a loss only varies, seed %d", async (seed) => {
    const generator = new Generator(seed);
    const model = new Scalar();
    const { points, suggestion } = await findLearningRate(model, [1], {
      optimizer: new SGD(model.parameters()),
      loss: () => model.w.mul(0).add(1 + generator.float64()),
    });
    expect(points.length).toBe(100);
    expect(suggestion).toBeNull();
  });

  test("a loss that never falls suggests nothing", async () => {
    const model = new Scalar();
    const { suggestion } = await findLearningRate(model, [1], {
      optimizer: new SGD(model.parameters()),
      loss: () => model.w.mul(0).add(1),
      steps: 5,
    });
    expect(suggestion).toBeNull();
  });

  test.each<[object, Error]>([
    [{ from: 0 }, new RangeError("findLearningRate: rates must rise from one above 0, got from 0 to 1")],
    [
      { from: 1, to: 0.1 },
      new RangeError("findLearningRate: rates must rise from one above 0, got from 1 to 0.1"),
    ],
    [{ steps: 2 }, new RangeError("findLearningRate: steps must be an integer >= 3, got 2")],
    [{ stopAt: 0 }, new RangeError("findLearningRate: stopAt must be a finite number >= 1, got 0")],
    [{ loss: undefined }, new TypeError("fit: loss must be a function, got undefined")],
  ])("refuses %o", async (change, error) => {
    const model = new Scalar();
    const options = {
      optimizer: new SGD(model.parameters()),
      loss: (x: number) => model.forward(x),
      ...change,
    };
    await expect(findLearningRate(model, [1], options)).rejects.toThrow(error);
  });
});
