// One training step of a recurrent layer: forward, and backward to the input and all parameters, through the public API.
// Run after a build: node bench/recurrent.bench.mjs [lstm|gru|rnn ...] [--backend js|wasm-simd|wasm-fma] [--seconds 1] [--cpu-time]
// With --experimental-wasm-relaxed-simd, Node 20 runs the fused multiply-add build too. --cpu-time counts the processor
// time of this process instead of wall time, for machines that are busy with other work.

import { parseArgs } from "node:util";
import { GRU, LSTM, RNN, Variable } from "@rnn/nn";
import { backend, manualSeed, randn, setBackend } from "@rnn/tensor";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    backend: { type: "string", default: "auto" },
    seconds: { type: "string", default: "1" },
    "cpu-time": { type: "boolean", default: false },
  },
});
const clock = flags["cpu-time"] ? processorTime : () => performance.now();
const layers = { lstm: LSTM, gru: GRU, rnn: RNN };
const gates = { lstm: 4, gru: 3, rnn: 1 };
const chosen = positionals.length > 0 ? positionals : Object.keys(layers);
const shapes = [
  [20, 20, 200, 200],
  [200, 32, 64, 64],
  [48, 32, 1, 32],
  [5, 1, 4, 3],
];

setBackend(flags.backend);
console.log(`node ${process.version}, ${process.arch}, backend ${backend()}`);
console.log("ms per training step                  min       mean ± std       steps   GFLOP/s at min");
for (const name of chosen) {
  for (const [L, N, I, H] of shapes) {
    const step = trainingStep(layers[name], L, N, I, H);
    const times = measure(step, Number(flags.seconds) * 1000);
    const mean = times.reduce((a, b) => a + b, 0) / times.length;
    const std = Math.sqrt(times.reduce((a, t) => a + (t - mean) ** 2, 0) / times.length);
    // three products, forward and for two gradients, of the input and of the recurrent weight
    const operations = 3 * 2 * L * N * gates[name] * H * (I + H);
    const rate = (operations / Math.min(...times) / 1e6).toFixed(1).padStart(16);
    const shape = `L ${L} N ${N} I ${I} H ${H}`;
    console.log(
      `${name.padEnd(5)} ${shape.padEnd(24)} ${digits(Math.min(...times))} ${digits(mean)} ± ${digits(std)} ${String(times.length).padStart(7)} ${rate}`,
    );
  }
}

/** A closure that runs one step on seeded data. */
function trainingStep(Layer, L, N, I, H) {
  manualSeed(1);
  const layer = new Layer({ inputSize: I, hiddenSize: H });
  const x = new Variable(randn([L, N, I]), { requiresGrad: true });
  const dOutput = randn([L, N, H]);
  return () => {
    layer.zeroGrad();
    x.grad = null;
    layer.forward(x).output.backward(dOutput);
  };
}

/** Milliseconds per call, after a warm-up; calls of less than 1 ms are timed in groups: the processor's clock is coarse. */
function measure(step, milliseconds) {
  const start = clock();
  let calls = 0;
  while (clock() < start + milliseconds / 2) {
    step();
    calls++;
  }
  const group = Math.max(1, Math.round(calls / (clock() - start)));
  const times = [];
  const end = clock() + milliseconds;
  while (clock() < end) {
    const before = clock();
    for (let i = 0; i < group; i++) step();
    times.push((clock() - before) / group);
  }
  return times;
}

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function digits(ms) {
  return ms.toPrecision(3).padStart(9);
}
