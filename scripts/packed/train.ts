import { Linear, mseLoss, RNN } from "@rnn/nn";
import { manualSeed, rand } from "@rnn/tensor";
import { Adam, clipGradNorm, type Metric } from "@rnn/train";
import { decodeCheckpoint, encodeCheckpoint } from "@rnn/train/checkpoints";
import { kFold } from "@rnn/train/data";
import { recurrentSpectrum } from "@rnn/train/diagnostics";
import { slidingWindows } from "@rnn/train/forecasting";
import { sampleToken } from "@rnn/train/generation";
import { type Logger, progressLogger } from "@rnn/train/log";
import { meanAbsoluteError } from "@rnn/train/metrics";
import { trainInWorker } from "@rnn/train/worker";

manualSeed(0);
const rnn = new RNN({ inputSize: 1, hiddenSize: 8, batchFirst: true });
const readout = new Linear({ inFeatures: 8, outFeatures: 1 });
const parameters = [...rnn.parameters(), ...readout.parameters()];
const optimizer = new Adam(parameters, { learningRate: 0.02 });
const x = rand([16, 5, 1]);
const target = x.mean({ dim: 1 });
const losses: number[] = [];
for (let step = 0; step < 60; step++) {
  const { output } = rnn.forward(x);
  const loss = mseLoss(readout.forward(output.select(1, 4)), target);
  optimizer.zeroGrad();
  loss.backward();
  clipGradNorm(parameters, 1);
  optimizer.step();
  losses.push(loss.item());
}
const first = losses[0] ?? 0;
const last = losses[losses.length - 1] ?? 1;
if (!(last < first / 4)) throw new Error(`the loss went from ${first} to ${last}`);

// what must not compile, with any TypeScript that is promised
export function mistakes(): void {
  // @ts-expect-error: PyTorch's spelling
  new Adam(parameters, { lr: 0.02 });
  // @ts-expect-error: a learning rate is a number
  new Adam(parameters, { learningRate: "0.02" });
  // @ts-expect-error: a module is not a list of parameters
  clipGradNorm(rnn, 1);
}

// every entry point can be imported, and they fit together
const metric: Metric = meanAbsoluteError();
metric.update(target, target);
const logger: Logger = progressLogger({ write() {} });
const bytes = encodeCheckpoint({ step: 1, epoch: 0, state: {}, tensors: rnn.stateDict() });
const whole =
  metric.value === 0 &&
  logger.close !== undefined &&
  decodeCheckpoint(bytes).tensors.size === 4 &&
  kFold(6, 3).length === 3 &&
  recurrentSpectrum(rnn).length === 1 &&
  slidingWindows([1, 2, 3], { history: 2 }).targets.size === 1 &&
  sampleToken([0, 1], { temperature: 0 }).token === 1 &&
  typeof trainInWorker === "function";
if (!whole) throw new Error("the entry points do not fit together");
