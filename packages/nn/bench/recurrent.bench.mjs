// One training step of a recurrent layer: forward, and backward to the input and all parameters, through the public API.
// Run after a build: node bench/recurrent.bench.mjs [lstm|gru|rnn ...] [--backend js|wasm-simd|wasm-fma] [--seconds 1]

import { parseArgs } from "node:util";
import { GRU, LSTM, RNN, Variable } from "@rnn/nn";
import { backend, manualSeed, randn, setBackend } from "@rnn/tensor";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { backend: { type: "string", default: "auto" }, seconds: { type: "string", default: "1" } },
});
const layers = { lstm: LSTM, gru: GRU, rnn: RNN };
const chosen = positionals.length > 0 ? positionals : Object.keys(layers);
const shapes = [
  [20, 20, 200, 200],
  [200, 32, 64, 64],
  [48, 32, 1, 32],
  [5, 1, 4, 3],
];

setBackend(flags.backend);
console.log(`node ${process.version}, ${process.arch}, backend ${backend()}`);
console.log("ms per training step                  min       mean ± std   steps");
for (const name of chosen) {
  for (const [L, N, I, H] of shapes) {
    const step = trainingStep(layers[name], L, N, I, H);
    const times = measure(step, Number(flags.seconds) * 1000);
    const mean = times.reduce((a, b) => a + b, 0) / times.length;
    const std = Math.sqrt(times.reduce((a, t) => a + (t - mean) ** 2, 0) / times.length);
    const shape = `L ${L} N ${N} I ${I} H ${H}`;
    console.log(
      `${name.padEnd(5)} ${shape.padEnd(24)} ${digits(Math.min(...times))} ${digits(mean)} ± ${digits(std)} ${String(times.length).padStart(7)}`,
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

/** Milliseconds per call, after a warm-up; calls of less than 0.1 ms are timed in groups. */
function measure(step, milliseconds) {
  const warmUp = performance.now() + milliseconds / 2;
  let calls = 0;
  const start = performance.now();
  while (performance.now() < warmUp) {
    step();
    calls++;
  }
  const group = Math.max(1, Math.round(0.1 / ((performance.now() - start) / calls)));
  const times = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const before = performance.now();
    for (let i = 0; i < group; i++) step();
    times.push((performance.now() - before) / group);
  }
  return times;
}

function digits(ms) {
  return ms.toPrecision(3).padStart(9);
}
