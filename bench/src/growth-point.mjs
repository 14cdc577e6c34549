/** One point of a growth curve: `node --expose-gc growth-point.mjs steps|batch|stream VALUE SECONDS` prints milliseconds or megabytes. */
import { Linear, LSTM, mseLoss } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { SGD, tbptt } from "@rnn/train";
import { uniform } from "./data.mjs";
import library from "./libraries/rnn.mjs";
import { secondsPerCall } from "./measure.mjs";

const [what, value, seconds] = process.argv.slice(2);
console.log(what === "stream" ? megabytesOfStream(Number(value)) : await millisecondsOfStep());

/** A training step of an LSTM with 64 units on sequences of 64 features. */
async function millisecondsOfStep() {
  const spec = {
    cell: "lstm",
    inputs: 64,
    hidden: 64,
    outputs: 1,
    batch: 32,
    steps: 100,
    loss: "mse",
    optimizer: "sgd",
    learningRate: 0.01,
    seeds: { inputs: 1, targets: 2 },
    [what]: Number(value),
  };
  return 1000 * (await secondsPerCall(library.train(spec), Number(seconds)));
}

/** The most live memory beyond the data while an LSTM goes once through a stream in chunks of 50 steps. */
function megabytesOfStream(length) {
  const [lanes, features, hidden] = [4, 8, 64];
  const lstm = new LSTM({ inputSize: features, hiddenSize: hidden });
  const linear = new Linear({ inFeatures: hidden, outFeatures: 1 });
  const optimizer = new SGD([...lstm.parameters(), ...linear.parameters()], { learningRate: 0.01 });
  const x = new Tensor(uniform(length * lanes * features, 1, 1), [length, lanes, features]);
  const y = new Tensor(uniform(length * lanes, 2, 1), [length, lanes, 1]);
  const before = liveBytes();
  let most = 0;
  const problem = {
    length,
    forward(start, end, state) {
      const result = lstm.forward(x.slice([start, end]), { state });
      return { output: linear.forward(result.output), state: result.state };
    },
    loss: (output, start, end) => mseLoss(output, y.slice([start, end])),
  };
  for (const chunk of tbptt({ ...problem, k1: 50, k2: 50 })) {
    optimizer.step();
    optimizer.zeroGrad();
    if (chunk.end % 500 === 0) most = Math.max(most, liveBytes());
  }
  return (most - before) / 2 ** 20;
}

/** Bytes in use after a garbage collection; needs `node --expose-gc`. */
function liveBytes() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
