import { bceWithLogits, crossEntropy, type Module } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import {
  Adam,
  bptt,
  fit,
  type Optimizer,
  type SequenceProblem,
  SGD,
  type StepEvent,
  tbptt,
} from "@rnn/train";
import { type Case, expectOutput, load, optionsOf } from "./cases.ts";
import { LanguageModel, type ModelConfig, type State, Tagger, TextClassifier } from "./models.ts";

interface TrainConfig extends ModelConfig {
  readonly optimizer: "SGD" | "Adam";
  readonly options: Readonly<Record<string, unknown>>;
  readonly clip_norm?: number;
  readonly clip_value?: number;
}

/** Full-batch training of a classifier with `fit`. */
export async function checkClassifier(testCase: Case<TrainConfig & { steps: number }>): Promise<void> {
  const { config, inputs } = testCase;
  const model = new TextClassifier(config);
  loadWeights(model, testCase);
  const [ids, labels] = [load(inputs.ids!), load(inputs.labels!)];
  expectOutput(testCase, "first_logits", model.forward(ids).value);
  const steps = await stepsOf(
    fit(model, [{ ids, labels }], {
      optimizer: optimizerOf(model, config),
      epochs: config.steps,
      loss: (batch) => bceWithLogits(model.forward(batch.ids), batch.labels),
      clipNorm: config.clip_norm,
      clipValue: config.clip_value,
    }),
  );
  expectOutput(
    testCase,
    "losses",
    steps.map(({ loss }) => loss),
  );
  expectWeights(testCase, model);
}

/** A language model trained with `fit` over chunks of `tbptt`; the state starts anew with every epoch. */
export async function checkLanguageModel(
  testCase: Case<TrainConfig & { k: number; epochs: number }>,
): Promise<void> {
  const { config, inputs } = testCase;
  const model = new LanguageModel(config);
  loadWeights(model, testCase);
  const [ids, targets] = [load(inputs.ids!), load(inputs.targets!)];
  const columns = (x: Tensor, start: number, end: number): Tensor => x.slice(null, [start, end]);
  let state: State | undefined;
  const problem: SequenceProblem<State> = {
    length: ids.shape[1]!,
    forward: (start, end, before) => model.forward(columns(ids, start, end), before),
    loss: (output, start, end) =>
      crossEntropy(output.reshape([-1, config.vocab!]), columns(targets, start, end).reshape([-1])),
  };
  const steps = await stepsOf(
    fit(model, [problem], {
      optimizer: optimizerOf(model, config),
      epochs: config.epochs,
      loss: () => problem.loss(problem.forward(0, problem.length, undefined).output, 0, problem.length),
      *chunks(sequence) {
        for (const chunk of tbptt({ ...sequence, k1: config.k })) {
          state = chunk.state;
          yield chunk;
        }
      },
      clipNorm: config.clip_norm,
    }),
  );
  expectOutput(
    testCase,
    "losses",
    steps.map(({ loss }) => loss),
  );
  expectOutput(
    testCase,
    "norms",
    steps.map(({ gradientNorm }) => gradientNorm!),
  );
  expectOutput(testCase, "h_n", state!.h.value);
  if (state!.c) expectOutput(testCase, "c_n", state!.c.value);
  expectWeights(testCase, model);
}

/** Gradient of L = (1/T) Σ_t mean((fc(h_t) - y_t)²) over 100 steps, whole or truncated. */
export function checkLongGradient(
  testCase: Case<ModelConfig & { length: number; k1: number | null; k2: number | null }>,
): void {
  const { config, inputs } = testCase;
  const model = new Tagger(config);
  loadWeights(model, testCase);
  const [x, y] = [load(inputs.input!), load(inputs.target!)];
  const problem: SequenceProblem<State> = {
    length: config.length,
    forward: (start, end, state) => model.forward(x.slice([start, end]), state),
    loss: (output, start, end) =>
      output
        .sub(y.slice([start, end]))
        .pow(2)
        .mean({ dim: [1, 2] })
        .sum()
        .div(config.length),
  };
  let loss = 0;
  if (config.k1 === null || config.k2 === null) loss = bptt(problem).loss;
  else for (const chunk of tbptt({ ...problem, k1: config.k1, k2: config.k2 })) loss += chunk.loss;
  expectOutput(testCase, "loss", [loss]);
  for (const [name, { grad }] of model.namedParameters()) expectOutput(testCase, `grad/${name}`, grad!);
}

function loadWeights(model: Module, { params }: Case<unknown>): void {
  model.loadStateDict(new Map(Object.entries(params).map(([name, stored]) => [name, load(stored)])));
}

function expectWeights(testCase: Case<unknown>, model: Module): void {
  for (const [name, tensor] of model.stateDict()) expectOutput(testCase, `final/${name}`, tensor);
}

function optimizerOf(model: Module, { optimizer, options }: TrainConfig): Optimizer {
  return new { SGD, Adam }[optimizer](model.parameters(), optionsOf(options));
}

async function stepsOf(events: AsyncIterable<{ type: string }>): Promise<StepEvent[]> {
  const steps: StepEvent[] = [];
  for await (const event of events) if (event.type === "step") steps.push(event as StepEvent);
  return steps;
}
