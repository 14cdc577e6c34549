import { expectClose } from "@internal/testing";
import { Generator, type Tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HiddenMarkovModel } from "./hidden-markov-model.ts";

const exact = { rtol: 1e-10, atol: 1e-14 };
const weather = (): HiddenMarkovModel =>
  new HiddenMarkovModel({
    start: [0.6, 0.4],
    transition: [
      [0.7, 0.3],
      [0.4, 0.6],
    ],
    emission: [
      [0.1, 0.4, 0.5],
      [0.6, 0.3, 0.1],
    ],
  });

interface Path {
  readonly states: readonly number[];
  readonly probability: number;
}

/** Every path of states with the probability of it and the observations: the definition, for few states and steps. */
function allPaths(model: HiddenMarkovModel, observations: readonly number[]): Path[] {
  const at = (table: Tensor, ...position: number[]): number =>
    table.data[position.reduce((i, p, dim) => i + p * (table.strides[dim] as number), 0)] as number;
  const [start, transition, emission] = [model.start, model.transition, model.emission];
  let paths: Path[] = [{ states: [], probability: 1 }];
  for (const symbol of observations) {
    paths = paths.flatMap(({ states, probability }) =>
      Array.from({ length: model.numStates }, (_, j) => {
        const before = states.at(-1);
        const arrives = before === undefined ? at(start, j) : at(transition, before, j);
        return { states: [...states, j], probability: probability * arrives * at(emission, j, symbol) };
      }),
    );
  }
  return paths;
}

const sum = (paths: readonly Path[]): number =>
  paths.reduce((total, { probability }) => total + probability, 0);

/** Probability of each state at step `t`, over the given paths. */
const shares = (paths: readonly Path[], t: number, states: number): number[] =>
  Array.from({ length: states }, (_, i) => sum(paths.filter((path) => path.states[t] === i)) / sum(paths));

/** Draws a sequence from a model. */
function sample(model: HiddenMarkovModel, length: number, generator: Generator): number[] {
  const draw = (probabilities: readonly number[]): number => {
    const at = generator.float64();
    let below = 0;
    const drawn = probabilities.findIndex((probability) => {
      below += probability;
      return at < below;
    });
    return drawn < 0 ? probabilities.length - 1 : drawn;
  };
  const rows = (table: Tensor): number[][] => table.toArray() as number[][];
  let state = draw(model.start.toArray() as number[]);
  return Array.from({ length }, () => {
    const symbol = draw(rows(model.emission)[state] as number[]);
    state = draw(rows(model.transition)[state] as number[]);
    return symbol;
  });
}

const problems = fc
  .record({
    numStates: fc.integer({ min: 1, max: 3 }),
    numSymbols: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
    draws: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
  })
  .map(({ numStates, numSymbols, seed, draws }) => ({
    model: HiddenMarkovModel.random({ numStates, numSymbols, generator: new Generator(seed) }),
    observations: draws.map((draw) => draw % numSymbols),
  }));

it("takes tensors, such as those of another model", () => {
  const { start, transition, emission } = weather();
  const copy = new HiddenMarkovModel({ start, transition, emission });
  expect(copy.logLikelihood([0, 1, 2])).toBeCloseTo(weather().logLikelihood([0, 1, 2]), 12);
});

describe("HiddenMarkovModel", () => {
  it("filters, smooths, decodes and predicts as summing over all paths does", () => {
    fc.assert(
      fc.property(problems, ({ model, observations }) => {
        const S = model.numStates;
        const paths = allPaths(model, observations);
        const [filtered, smoothed] = [model.filter(observations), model.smooth(observations)];
        expectClose([model.logLikelihood(observations)], [Math.log(sum(paths))], exact);
        for (const t of observations.keys()) {
          const until = allPaths(model, observations.slice(0, t + 1));
          expectClose(filtered.select(0, t).toArray() as number[], shares(until, t, S), exact);
          expectClose(smoothed.select(0, t).toArray() as number[], shares(paths, t, S), exact);
        }
        const { path, logProbability } = model.viterbi(observations);
        const most = Math.max(...paths.map(({ probability }) => probability));
        expectClose([logProbability], [Math.log(most)], exact);
        const chosen = paths.find(({ states }) => states.join() === path.join());
        expectClose([chosen?.probability as number], [most], exact);
        const next = Array.from(
          { length: model.numSymbols },
          (_, v) => sum(allPaths(model, [...observations, v])) / sum(paths),
        );
        expectClose(model.predictNext(observations).toArray() as number[], next, exact);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it("has recursions that agree with each other at every step", () => {
    const observations = [2, 0, 0, 1, 2, 2, 1];
    const both = weather().logForward(observations).add(weather().logBackward(observations));
    const total = weather().logLikelihood(observations);
    for (const row of both.exp().sum({ dim: 1 }).toArray() as number[])
      expectClose([Math.log(row)], [total], exact);
  });

  it("does not underflow in 10,000 steps", () => {
    const observations = Int32Array.from({ length: 10_000 }, (_, t) => t % 3);
    const model = weather();
    const likelihood = model.logLikelihood(observations);
    expect(likelihood).toBeLessThan(-9000);
    expect(Number.isFinite(likelihood)).toBe(true);
    expectClose(
      (model.smooth(observations).sum({ dim: 1 }) as Tensor).data,
      new Float64Array(10_000).fill(1),
      {
        rtol: 1e-9,
        atol: 0,
      },
    );
  });

  it("learns as counting over all paths does, in one step", () => {
    fc.assert(
      fc.property(problems, problems, ({ model, observations: first }, { observations: other }) => {
        const second = other.map((symbol) => symbol % model.numSymbols);
        const [S, V] = [model.numStates, model.numSymbols];
        const start = new Array<number>(S).fill(0);
        const transition = Array.from({ length: S }, () => new Array<number>(S).fill(0));
        const emission = Array.from({ length: S }, () => new Array<number>(V).fill(0));
        for (const observations of [first, second]) {
          const paths = allPaths(model, observations);
          const total = sum(paths);
          for (const { states, probability } of paths) {
            states.forEach((state, t) => {
              const share = probability / total;
              if (t === 0) start[state]! += share;
              else transition[states[t - 1] as number]![state]! += share;
              emission[state]![observations[t] as number]! += share;
            });
          }
        }
        const kept = model.transition.toArray() as number[][];
        const normal = (row: number[], otherwise: number[]): number[] => {
          const count = row.reduce((a, b) => a + b);
          return count === 0 ? otherwise : row.map((each) => each / count);
        };
        model.fit([first, Int32Array.from(second)], { maxIterations: 1, tolerance: 0 });
        expectClose(model.start.toArray() as number[], normal(start, []), exact);
        expectClose(
          (model.transition.toArray() as number[][]).flat(),
          transition.flatMap((row, i) => normal(row, kept[i] as number[])),
          exact,
        );
        expectClose(
          (model.emission.toArray() as number[][]).flat(),
          emission.flatMap((row) => normal(row, [])),
          exact,
        );
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  it("never becomes less likely while it learns, and tells when to stop", () => {
    const generator = new Generator(4);
    const sequences = Array.from({ length: 5 }, () => sample(weather(), 40, generator));
    const model = HiddenMarkovModel.random({ numStates: 3, numSymbols: 3, generator });
    const { logLikelihoods } = model.fit(sequences, { maxIterations: 60 });
    logLikelihoods.forEach((each, i) => {
      if (i > 0) expect(each).toBeGreaterThanOrEqual((logLikelihoods[i - 1] as number) - 1e-9);
    });
    expect(logLikelihoods.length).toBeLessThanOrEqual(61);
    const total = sequences.reduce((all, each) => all + model.logLikelihood(each), 0);
    expectClose([logLikelihoods.at(-1) as number], [total], exact);
    for (const table of [model.transition, model.emission]) {
      for (const row of table.sum({ dim: 1 }).toArray() as number[]) expectClose([row], [1], exact);
    }
    expect(model.fit(sequences, { tolerance: 1e3 }).logLikelihoods).toHaveLength(2);
  });

  it("finds the model that made the data, up to the order of the states", () => {
    const generator = new Generator(11);
    const clear = new HiddenMarkovModel({
      start: [0.5, 0.5],
      transition: [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
      emission: [
        [0.9, 0.1],
        [0.1, 0.9],
      ],
    });
    const sequences = Array.from({ length: 40 }, () => sample(clear, 100, generator));
    const learnt = HiddenMarkovModel.random({ numStates: 2, numSymbols: 2, generator });
    learnt.fit(sequences, { maxIterations: 200 });
    const emission = learnt.emission.toArray() as number[][];
    const order = (emission[0]?.[0] as number) > 0.5 ? [0, 1] : [1, 0];
    const transition = learnt.transition.toArray() as number[][];
    const close = { rtol: 0, atol: 0.04 };
    expectClose(
      order.flatMap((i) => emission[i] as number[]),
      [0.9, 0.1, 0.1, 0.9],
      close,
    );
    expectClose(
      order.flatMap((i) => order.map((j) => transition[i]?.[j] as number)),
      [0.9, 0.1, 0.2, 0.8],
      close,
    );
  });

  it("keeps a probability of 0, and the row of a state that is never left", () => {
    const model = new HiddenMarkovModel({
      start: [1, 0],
      transition: [
        [0, 1],
        [0.5, 0.5],
      ],
      emission: [
        [1, 0],
        [0, 1],
      ],
    });
    model.fit([[0, 1]]);
    expect(model.start.toArray()).toEqual([1, 0]);
    expect(model.transition.toArray()).toEqual([
      [0, 1],
      [0.5, 0.5],
    ]);
    expect(model.viterbi([0, 1, 1]).path).toEqual(Int32Array.of(0, 1, 1));
  });

  it("keeps unseen symbols possible with smoothing, which is added to every expected count", () => {
    const learnt = weather();
    const before = weather().expectedCounts([
      [0, 1],
      [1, 1, 0],
    ]);
    learnt.fit(
      [
        [0, 1],
        [1, 1, 0],
      ],
      { maxIterations: 1, smoothing: 0.5 },
    );
    const rows = (counts: Tensor): number[][] =>
      (counts.toArray() as number[][]).map((row) => {
        const total = row.reduce((sum, count) => sum + count + 0.5, 0);
        return row.map((count) => (count + 0.5) / total);
      });
    expectClose((learnt.emission.toArray() as number[][]).flat(), rows(before.emission).flat(), exact);
    expectClose((learnt.transition.toArray() as number[][]).flat(), rows(before.transition).flat(), exact);
    expectClose(learnt.start.toArray() as number[], rows(before.start.unsqueeze(0)).flat(), exact);
    expect(learnt.logLikelihood([2, 2, 2])).toBeGreaterThan(-Infinity);
  });

  it("expects counts that add up to what was observed, and are the slope of the log likelihood", () => {
    const sequences = [[0, 1, 2, 2], [1]];
    const { start, transition, emission, logLikelihood } = weather().expectedCounts(sequences);
    expectClose([start.sum().item(), transition.sum().item()], [2, 3], exact);
    expectClose(emission.sum({ dim: 0 }).toArray() as number[], [1, 2, 2], exact);
    const likelihoodOf = (model: HiddenMarkovModel): number =>
      sequences.reduce((sum, sequence) => sum + model.logLikelihood(sequence), 0);
    expectClose([logLikelihood], [likelihoodOf(weather())], exact);
    // moving e^h of the odds from one symbol to another: the slope is the difference of their counts, less what rows share
    const h = 1e-5;
    const at = (shift: number): number => {
      const [row0, row1] = weather().emission.toArray() as [number[], number[]];
      const raised = row0.map((p, v) => (v === 1 ? p * Math.exp(shift) : p));
      const sum = raised.reduce((total, p) => total + p, 0);
      return likelihoodOf(
        new HiddenMarkovModel({
          start: [0.6, 0.4],
          transition: [
            [0.7, 0.3],
            [0.4, 0.6],
          ],
          emission: [raised.map((p) => p / sum), row1],
        }),
      );
    };
    const counts = emission.toArray() as number[][];
    const inState0 = (counts[0] as number[]).reduce((sum, count) => sum + count, 0);
    const slope = (counts[0] as number[])[1]! - 0.4 * inState0;
    expectClose([(at(h) - at(-h)) / (2 * h)], [slope], { rtol: 1e-7, atol: 1e-9 });
  });

  it("starts at random with the given seed", () => {
    const make = (seed: number): unknown =>
      HiddenMarkovModel.random({
        numStates: 2,
        numSymbols: 3,
        generator: new Generator(seed),
      }).emission.toArray();
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });
});

describe("errors of HiddenMarkovModel", () => {
  const half = [0.5, 0.5];

  it("says which probability is wrong", () => {
    const make = (start: number[], transition: number[][], emission: number[][]) => () =>
      new HiddenMarkovModel({ start, transition, emission });
    expect(make(half, [half], [half, half])).toThrow(
      new RangeError("HiddenMarkovModel: transition has 1 rows, but start has 2 states"),
    );
    expect(make([], [], [])).toThrow(
      new RangeError("HiddenMarkovModel: transition has 0 rows, but start has 0 states"),
    );
    expect(make(half, [half, half], [half])).toThrow(
      new RangeError("HiddenMarkovModel: emission has 1 rows, but start has 2 states"),
    );
    expect(make(half, [half, [1]], [half, half])).toThrow(
      new RangeError("HiddenMarkovModel: transition[1] has 1 entries, expected 2, as the rest of transition"),
    );
    expect(make(half, [half, [0.5, 0.4]], [half, half])).toThrow(
      new RangeError("HiddenMarkovModel: transition[1] adds up to 0.9, expected 1"),
    );
    expect(make([1.5, -0.5], [half, half], [half, half])).toThrow(
      new RangeError("HiddenMarkovModel: start[0] must be a probability, got 1.5"),
    );
    expect(make(half, [half, half], [half, [Number.NaN, 1]])).toThrow(
      new RangeError("HiddenMarkovModel: emission[1][0] must be a probability, got NaN"),
    );
    expect(() => HiddenMarkovModel.random({ numStates: 0, numSymbols: 1 })).toThrow(
      new RangeError("HiddenMarkovModel.random: numStates must be a positive integer, got 0"),
    );
  });

  it("says which observation is wrong", () => {
    const methods = ["logForward", "logBackward", "logLikelihood", "filter", "smooth", "viterbi"] as const;
    for (const method of methods) {
      expect(() => weather()[method]([0, 3])).toThrow(
        new RangeError(
          `HiddenMarkovModel.${method}: observation 3 at position [1] is outside 0..2 (3 symbols)`,
        ),
      );
      expect(() => weather()[method]([])).toThrow(
        new RangeError(`HiddenMarkovModel.${method}: needs at least one observation, got none`),
      );
    }
    expect(() => weather().fit([])).toThrow(
      new RangeError("HiddenMarkovModel.fit: sequences must be a list of at least one, got an empty array"),
    );
    expect(() => weather().expectedCounts([])).toThrow(
      new RangeError(
        "HiddenMarkovModel.expectedCounts: sequences must be a list of at least one, got an empty array",
      ),
    );
    expect(() => weather().fit([[0]], { smoothing: -1 })).toThrow(
      new RangeError("HiddenMarkovModel.fit: smoothing must be a non-negative number, got -1"),
    );
    expect(() => weather().fit([[0], [0.5]])).toThrow(
      new RangeError("HiddenMarkovModel.fit: observation 0.5 at position [0] is outside 0..2 (3 symbols)"),
    );
  });

  it("says when the observations are impossible", () => {
    const model = new HiddenMarkovModel({ start: [1], transition: [[1]], emission: [[1, 0]] });
    expect(model.logLikelihood([0, 1])).toBe(-Infinity);
    for (const method of ["filter", "smooth", "viterbi"] as const) {
      expect(() => model[method]([0, 1])).toThrow(
        new RangeError(`HiddenMarkovModel.${method}: the observations have probability 0 under this model`),
      );
    }
    expect(() => model.expectedCounts([[1]])).toThrow(
      new RangeError(
        "HiddenMarkovModel.expectedCounts: the observations have probability 0 under this model",
      ),
    );
    expect(() => model.fit([[0], [1]])).toThrow(
      new RangeError("HiddenMarkovModel.fit: the observations have probability 0 under this model"),
    );
  });
});
