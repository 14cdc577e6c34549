import { Linear, mseLoss } from "@rnn/nn";
import { manualSeed, tensor } from "@rnn/tensor";
import { fit, SGD, tensorBatches } from "@rnn/train";

/** What the tests ask for. */
export interface Settings {
  readonly epochs: number;
  readonly batchSize?: number;
  /** What goes wrong. */
  readonly failure?: "begin" | "loss" | "exit" | "nothing";
}

/** The training itself, here or there. */
export function train({ epochs, failure, batchSize = 1 }: Settings, controls: object = {}) {
  manualSeed(5);
  const model = new Linear({ inFeatures: 1, outFeatures: 1 });
  const data = tensorBatches(tensor([[0], [1], [2]]), tensor([[0.5], [2.5], [4.5]]), {
    batchSize,
    seed: 2,
  });
  const events = fit(model, data, {
    optimizer: new SGD(model.parameters(), { learningRate: 0.05 }),
    epochs,
    loss: ({ inputs, targets }) => {
      if (failure === "loss") throw new Error("out of paper");
      return mseLoss(model.forward(inputs), targets);
    },
    ...controls,
  });
  return { model, events };
}
