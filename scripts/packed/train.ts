import { Linear, mseLoss, RNN } from "@rnn/nn";
import { manualSeed, rand } from "@rnn/tensor";
import { Adam, clipGradNorm } from "@rnn/train";

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
