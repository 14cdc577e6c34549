import { mseLoss, type Variable } from "@rnn/nn";
import { detachState } from "@rnn/train";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor, StoredTensors } from "../../cases.ts";
import { toTensor, toTensors } from "../../tensors.ts";
import type { RecurrentState } from "../nn/recurrent-layers.ts";
import { compareList, compareOutputs } from "../outputs.ts";
import { makeOptimizer, type OptimizerOptions } from "../train/optimizers.ts";
import { type LayerSpec, TrainModel } from "./train-model.ts";

interface TrainCase {
  readonly model: LayerSpec[];
  readonly state_dict: StoredTensors;
  readonly batches: { readonly input: StoredTensor; readonly target: StoredTensor | null }[];
  readonly loss: { readonly type: "mse"; readonly reduction: "mean" | "sum" } | null;
  readonly optimizer: ({ readonly type: string } & OptimizerOptions) | null;
  readonly epochs: number;
  /** The state, detached, is carried from batch to batch. */
  readonly stateful: boolean;
  readonly expected: {
    readonly outputs?: StoredTensor[];
    readonly final_c?: StoredTensor[];
    readonly state_dict?: StoredTensors;
    /** Of the last epoch's batches. */
    readonly mean_loss?: number;
    readonly loss_at_epoch?: Readonly<Record<string, number>>;
  };
}

type States = readonly (RecurrentState | undefined)[];

/** kind `train`: a model run over batches, and trained if there is an optimizer. */
export const peerTrainCase: PeerAdapter = peer<TrainCase>((c, { judge }) => {
  const model = new TrainModel(c.model);
  model.loadStateDict(toTensors(c.state_dict));
  const { type, ...options } = c.optimizer ?? { type: undefined };
  const optimizer = type === undefined ? undefined : makeOptimizer(type, model.parameters(), options);
  const results: { output: Variable; states: States }[] = [];
  const epochLosses: number[] = [];
  for (let epoch = 0; epoch < c.epochs; epoch++) {
    let states: States = [];
    const losses: number[] = [];
    for (const { input, target } of c.batches) {
      const result = model.forward(toTensor(input), states);
      results.push(result);
      if (c.stateful) states = result.states.map((state) => state && detachState(state));
      if (!(c.loss && target)) continue;
      const loss = mseLoss(result.output, toTensor(target), { reduction: c.loss.reduction });
      losses.push(loss.item());
      optimizer?.zeroGrad();
      loss.backward();
      optimizer?.step();
    }
    epochLosses.push(losses.reduce((a, b) => a + b, 0) / losses.length);
  }
  const { outputs, final_c, state_dict = {}, mean_loss, loss_at_epoch = {} } = c.expected;
  if (outputs)
    compareList(
      judge,
      "output",
      results.map(({ output }) => output),
      outputs,
    );
  if (final_c)
    compareList(
      judge,
      "cell state",
      results.map(({ states }) => lastCell(states)),
      final_c,
    );
  compareOutputs(judge, Object.fromEntries(model.stateDict()), state_dict);
  if (mean_loss !== undefined) judge.number("mean loss", epochLosses.at(-1) ?? Number.NaN, mean_loss);
  for (const [epoch, want] of Object.entries(loss_at_epoch)) {
    judge.number(`loss at epoch ${epoch}`, epochLosses[Number(epoch)] ?? Number.NaN, want);
  }
});

/** The cell state of the last layer that has one. */
function lastCell(states: States): Variable | undefined {
  return [...states].reverse().find((state) => state?.c)?.c;
}
