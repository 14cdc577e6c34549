import { Linear, LSTM, Module, mseLoss, type Variable } from "@rnn/nn";
import { arange, manualSeed, stack, type Tensor } from "@rnn/tensor";
import { Adam, fit, tensorBatches, type WorkerLike } from "@rnn/train";

export class Forecaster extends Module {
  lstm = this.child("lstm", new LSTM({ inputSize: 1, hiddenSize: 16, batchFirst: true }));
  head = this.child("head", new Linear({ inFeatures: 16, outFeatures: 1 }));

  override forward(windows: Tensor): Variable {
    return this.head.forward(this.lstm.forward(windows).state.h.select(0, -1));
  }

  loss({ inputs, targets }: { inputs: Tensor; targets: Tensor }): Variable {
    return mseLoss(this.forward(inputs), targets);
  }
}

export interface Report {
  losses: number[];
  notices: string[];
  /** Turns that a timer got meanwhile. */
  turns: number;
}

/** The losses of a short training. */
export async function lstmLosses(parallel: number | undefined, worker: () => WorkerLike): Promise<Report> {
  manualSeed(0);
  const model = new Forecaster();
  const wave = arange(80).mul(0.3).sin().unsqueeze(1);
  const windows = stack(Array.from({ length: 60 }, (_, t) => wave.slice([t, t + 12])));
  const report: Report = { losses: [], notices: [], turns: 0 };
  const timer = setInterval(() => report.turns++, 1);
  for await (const event of fit(
    model,
    tensorBatches(windows, wave.slice([12, 72]), { batchSize: 20, seed: 0 }),
    {
      optimizer: new Adam(model.parameters(), { learningRate: 0.02 }),
      epochs: 4,
      loss: (batch) => model.loss(batch),
      parallel,
      worker,
    },
  )) {
    if (event.type === "step") report.losses.push(event.loss);
    if (event.type === "notice") report.notices.push(event.message);
  }
  clearInterval(timer);
  return report;
}
