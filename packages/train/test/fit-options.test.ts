import { variable } from "@rnn/nn";
import { ShapeError, tensor } from "@rnn/tensor";
import {
  accuracy,
  EarlyStopping,
  evaluate,
  type FitOptions,
  fit,
  LRScheduler,
  ReduceLROnPlateau,
  SGD,
  stepLR,
} from "@rnn/train";
import { perplexity } from "@rnn/train/metrics";
import { describe, expect, test } from "vitest";
import { collect, Scalar, scalar } from "./toy.ts";

const optionNames =
  "optimizer, epochs, loss, metrics, signal, yieldEvery, chunks, accumulate, trainMetrics, validation, monitor, mode, earlyStopping, " +
  "restoreBest, ema, clipNorm, clipValue, schedule, scheduleEvery, checkpoints, maxSeconds, pause, trial, parallel, worker, shard";

describe("options of fit", () => {
  test.each<[object, Error]>([
    [{ epochs: -1 }, new RangeError("fit: epochs must be an integer >= 0, got -1")],
    [{ epochs: 1.5 }, new RangeError("fit: epochs must be an integer >= 0, got 1.5")],
    [{ yieldEvery: -1 }, new RangeError("fit: yieldEvery must be a number >= 0, got -1")],
    [{ clipNorm: -1 }, new RangeError("fit: clipNorm must be a number >= 0, got -1")],
    [{ clipValue: Number.NaN }, new RangeError("fit: clipValue must be a number >= 0, got NaN")],
    [{ earlyStopping: { patience: 1 } }, new TypeError("fit: earlyStopping needs validation batches")],
    [
      { earlyStopping: { patience: 0 }, validation: [1] },
      new RangeError("fit: earlyStopping.patience must be an integer >= 1, got 0"),
    ],
    [
      { earlyStopping: {}, validation: [1] },
      new RangeError("fit: earlyStopping.patience must be an integer >= 1, got undefined"),
    ],
    [
      { earlyStopping: new EarlyStopping({ patience: 1 }), validation: [1] },
      new TypeError(
        "fit: earlyStopping must be an object, got an object of EarlyStopping; pass its options { patience, minDelta }",
      ),
    ],
    [
      { earlyStopping: { patience: 1, delta: 1 }, validation: [1] },
      new TypeError(
        'fit: unknown option "delta" in earlyStopping (did you mean "minDelta"?); options are patience, minDelta',
      ),
    ],
    [
      { earlyStopping: 3, validation: [1] },
      new TypeError("fit: earlyStopping must be an object, got 3; options are patience, minDelta"),
    ],
    [
      { earlyStopping: { patience: 1, minDelta: -1 }, validation: [1] },
      new RangeError("fit: earlyStopping.minDelta must be a finite number >= 0, got -1"),
    ],
    [
      { epoch: 2 },
      new TypeError(`fit: unknown option "epoch" (did you mean "epochs"?); options are ${optionNames}`),
    ],
    [
      { optimizer: undefined },
      new TypeError(
        "fit: optimizer must be an optimizer such as new Adam(model.parameters()), got undefined",
      ),
    ],
    [
      { optimizer: new SGD(new Scalar().parameters()) },
      new TypeError(
        "fit: optimizer has no parameter of the model; make it with those of the model that is trained, model.parameters()",
      ),
    ],
    [
      { schedule: new LRScheduler(new SGD(new Scalar().parameters()), stepLR({ stepSize: 1 })) },
      new TypeError("fit: schedule sets the rates of another optimizer"),
    ],
    [
      { schedule: new ReduceLROnPlateau(new SGD(new Scalar().parameters())) },
      new TypeError("fit: schedule sets the rates of another optimizer"),
    ],
    [{ scheduleEvery: "step" }, new TypeError("fit: scheduleEvery needs a schedule")],
    [
      { schedule: { step() {}, mode: "max" } },
      new RangeError(
        'fit: schedule has mode "max", but it is shown the training loss, of which smaller is better; make it with mode: "min"',
      ),
    ],
    [
      { schedule: { step() {}, mode: "max" }, validation: [1] },
      new RangeError(
        'fit: schedule has mode "max", but it is shown the validation loss, of which smaller is better; make it with mode: "min"',
      ),
    ],
    [
      { schedule: { step() {}, mode: "min" }, validation: [1], metrics: { accuracy }, monitor: "accuracy" },
      new RangeError(
        'fit: schedule has mode "min", but it is shown "accuracy", of which larger is better; make it with mode: "max"',
      ),
    ],
    [
      {
        schedule: { step() {}, mode: "max" },
        validation: [1],
        metrics: { perplexity },
        monitor: "perplexity",
      },
      new RangeError(
        'fit: schedule has mode "max", but it is shown "perplexity", of which smaller is better; make it with mode: "min"',
      ),
    ],
    [
      { schedule: { step() {}, mode: "min" }, validation: [1], mode: "max" },
      new RangeError(
        'fit: schedule has mode "min", but it is shown the validation loss, of which larger is better; make it with mode: "max"',
      ),
    ],
    [
      { metrics: { loss: accuracy }, validation: [1] },
      new TypeError("fit: metrics.loss would be confused with the loss itself; give it another name"),
    ],
    [{ metrics: { accuracy } }, new TypeError("fit: metrics need validation batches, or trainMetrics: true")],
    [{ monitor: "loss" }, new TypeError("fit: monitor needs validation batches")],
    [{ mode: "max" }, new TypeError("fit: mode needs validation batches")],
    [
      { checkpoints: { save() {}, load() {} } },
      new TypeError(
        "fit: checkpoints must be an object with the store in it, got an object; pass { store: ... }",
      ),
    ],
    [{ loss: undefined }, new TypeError("fit: loss must be a function, got undefined")],
    [{ clipNorm: "1" }, new RangeError('fit: clipNorm must be a number >= 0, got "1"')],
    [
      { schedule: { step() {}, every: "batch" } },
      new RangeError('fit: schedule.every must be "epoch" or "step", got "batch"'),
    ],
    [{ scheduleEvery: "x" }, new RangeError('fit: scheduleEvery must be "epoch" or "step", got "x"')],
    [
      { schedule: 5 },
      new TypeError("fit: schedule must be a schedule such as new LRScheduler(optimizer, rule), got 5"),
    ],
    [
      { schedule: stepLR({ stepSize: 1 }) },
      new TypeError(
        "fit: schedule must be a schedule such as new LRScheduler(optimizer, rule), got a function",
      ),
    ],
    [{ signal: 5 }, new TypeError("fit: signal must be an AbortSignal, got 5")],
    [
      { signal: new AbortController() },
      new TypeError(
        "fit: signal must be an AbortSignal, got an object of AbortController; pass controller.signal",
      ),
    ],
    [
      { metrics: { accuracy: 5 } },
      new TypeError(
        "fit: metrics.accuracy must be a function, got 5; pass the function that makes the metric, as in { accuracy }",
      ),
    ],
    [{ metrics: [accuracy] }, new TypeError("fit: metrics must be an object, got [a function]")],
    [{ mode: "low" }, new RangeError('fit: mode must be "min" or "max", got "low"')],
    [{ restoreBest: "yes" }, new TypeError('fit: restoreBest must be true or false, got "yes"')],
    [{ maxSeconds: -1 }, new RangeError("fit: maxSeconds must be a number >= 0, got -1")],
    [{ pause: true }, new TypeError("fit: pause must be an object with the field paused, got true")],
    [{ trial: "dry" }, new RangeError('fit: trial must be "one-batch" or "dry-run", got "dry"')],
    [{ checkpoints: {} }, new TypeError("fit: checkpoints.store.save must be a function, got undefined")],
    [
      { checkpoints: { store: { save() {} } } },
      new TypeError("fit: checkpoints.store.load must be a function, got undefined"),
    ],
    [
      { checkpoints: { store: { save() {}, load() {} }, everySteps: 0 } },
      new RangeError("fit: checkpoints.everySteps must be an integer >= 1, got 0"),
    ],
    [
      { checkpoints: { store: { save() {}, load() {} }, also: { state: new Map() } } },
      new TypeError("fit: checkpoints.also.state.stateDict must be a function, got undefined"),
    ],
    [
      { checkpoints: { folder: "x" } },
      new TypeError(
        'fit: unknown option "folder" in checkpoints; options are store, everyEpochs, everySteps, resume, generators, also',
      ),
    ],
    [{ accumulate: 0 }, new RangeError("fit: accumulate must be an integer >= 1, got 0")],
    [
      { accumulate: 2, chunks: () => [] },
      new TypeError("fit: got both chunks and accumulate; a chunk can add up gradients itself"),
    ],
    [{ chunks: 5 }, new TypeError("fit: chunks must be a function, got 5")],
    [
      { validation: 5 },
      new TypeError(
        "fit: validation must be something to iterate over, or a function of the epoch that returns it, got 5",
      ),
    ],
    [
      { monitor: "acuracy", metrics: { accuracy } },
      new RangeError('fit: monitor is "acuracy", but the metrics are ["accuracy"]; it can also be "loss"'),
    ],
  ])("%o is refused before anything runs", (change, error) => {
    const { model, base } = scalar();
    expect(() => fit(model, [1], { ...base, epochs: 1, ...change } as FitOptions<number>)).toThrow(error);
  });

  test.each<[unknown[], string]>([
    [[], "fit: model must be a Module, got undefined"],
    [[{}, [1]], "fit: model must be a Module, got an object"],
    [
      [new Scalar(), null],
      "fit: batches must be something to iterate over, or a function of the epoch that returns it, got null",
    ],
    [
      [new Scalar(), tensor([1])],
      "fit: batches must be something to iterate over, or a function of the epoch that returns it, got an object of Tensor; make batches with tensorBatches",
    ],
    [[new Scalar(), [1]], `fit: options must be an object, got undefined; options are ${optionNames}`],
  ])("arguments %o are refused", (given, message) => {
    expect(() => (fit as (...args: unknown[]) => unknown)(...given)).toThrow(new TypeError(message));
  });

  const lossAdvice = "must be a Variable or { loss, output, targets }";
  test.each<[object, string]>([
    [{ loss: () => 5 }, `fit: what loss returns ${lossAdvice}, got 5`],
    [{ loss: () => undefined }, `fit: what loss returns ${lossAdvice}, got undefined`],
    [{ loss: () => ({ loss: 5 }) }, `fit: what loss returns ${lossAdvice}, got 5`],
    [
      { loss: async () => variable(1) },
      `fit: what loss returns ${lossAdvice}, got an object of Promise; loss must not be async`,
    ],
    [{ chunks: () => 5 }, "fit: what chunks returns must be something to iterate over, as tbptt(...), got 5"],
    [
      { loss: () => ({ loss: variable(1), output: tensor([1]), targets: [1] }), metrics: { accuracy } },
      "fit: targets must be a Tensor, got [1]; make it with tensor(...)",
    ],
    [
      { metrics: { accuracy: () => 5 } },
      "fit: update of what metrics.accuracy returns must be a function, got undefined",
    ],
  ])("what the callbacks of %o return is checked", async (change, message) => {
    const { model, base } = scalar();
    const learn = "metrics" in change ? { chunks: () => [{ loss: 1 }] } : {};
    const options = { ...base, epochs: 1, validation: [1], ...learn, ...change };
    const { error } = await collect(fit(model, [1], options as FitOptions<number>));
    expect(error).toEqual(new TypeError(message));
  });

  test("a loss of several numbers is refused, in fit and in evaluate", async () => {
    const { model, base } = scalar();
    const loss = () => model.w.mul(tensor([1, 2, 3]));
    const advice =
      'the loss must be one number, got shape [3]; take its mean() or leave out reduction: "none"';
    const { error } = await collect(fit(model, [1], { ...base, epochs: 1, loss }));
    expect(error).toEqual(new ShapeError(`fit: ${advice}`));
    await expect(evaluate(model, [1], { loss })).rejects.toThrow(new ShapeError(`evaluate: ${advice}`));
  });

  test("a loss that does not depend on the parameters is an error at once", async () => {
    const { model, base } = scalar();
    const other = new Scalar();
    const { error } = await collect(fit(model, [1], { ...base, epochs: 1, loss: (x) => other.forward(x) }));
    expect(error).toEqual(
      new Error(
        "fit: the first batch gives no gradient to any of the optimizer's 1 parameters; check that loss runs the model " +
          "that is trained, that nothing is detached or computed within noGrad, and that not all is frozen",
      ),
    );
  });

  test("metrics need a loss function that tells output and targets", async () => {
    const { model, base } = scalar();
    const { error } = await collect(
      fit(model, [1], { ...base, epochs: 1, validation: [1], metrics: { accuracy } }),
    );
    expect(error).toEqual(
      new TypeError(
        "fit: metrics need a loss function that returns { loss, output, targets }; it returned the loss alone",
      ),
    );
  });
});
