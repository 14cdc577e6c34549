// One step of a stream with carried state, through the public API: time, and what it leaves for the garbage collector.
// Run after a build: node bench/streaming.bench.mjs [--backend js|wasm-simd|wasm-fma] [--seconds 1]
// Times are those of the processor, so that other work on the machine counts less.

import { parseArgs } from "node:util";
import { GRU, LSTM, RNN, Streaming } from "@rnn/nn";
import { backend, manualSeed, randn, setBackend, zeros } from "@rnn/tensor";

const { values: flags } = parseArgs({
  options: { backend: { type: "string", default: "auto" }, seconds: { type: "string", default: "1" } },
});
const milliseconds = Number(flags.seconds) * 1000;
const shapes = [
  [1, 64, 128],
  [1, 256, 512],
  [4, 64, 128],
  [1, 4, 8],
];

setBackend(flags.backend);
console.log(`node ${process.version}, ${process.arch}, backend ${backend()}`);
console.log("us per step                       min     median   GFLOP/s at min   bytes of garbage");
for (const [name, Layer, gates] of [
  ["lstm", LSTM, 4],
  ["gru", GRU, 3],
  ["rnn", RNN, 1],
]) {
  for (const [N, I, H] of shapes) {
    manualSeed(1);
    const stream = new Streaming(new Layer({ inputSize: I, hiddenSize: H }).eval());
    const x = randn([N, I]);
    const out = zeros([N, H]);
    const step = () => stream.step(x, out);
    const times = measure(step);
    const least = times[0];
    const rate = (2 * N * gates * H * (I + H)) / least / 1e3;
    console.log(
      `${name.padEnd(5)} ${`N ${N} I ${I} H ${H}`.padEnd(20)} ${least.toFixed(2).padStart(10)} ` +
        `${times[times.length >> 1].toFixed(2).padStart(10)} ${rate.toFixed(1).padStart(16)} ${garbage(step).toFixed(0).padStart(10)}`,
    );
  }
}

/** Sorted microseconds per step, of samples of some milliseconds each. */
function measure(step) {
  const run = (count) => {
    const before = processorTime();
    for (let i = 0; i < count; i++) step();
    return (processorTime() - before) / count;
  };
  run(2000);
  const count = Math.ceil(5000 / Math.max(0.1, run(2000)));
  const times = [];
  const end = performance.now() + milliseconds;
  while (times.length < 5 || performance.now() < end) times.push(run(count));
  return times.sort((a, b) => a - b);
}

/** Bytes of the heap that a step uses up: the least of some tries, one of which no collection falls into. */
function garbage(step) {
  const steps = 1000;
  const tries = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < steps; i++) step();
    return (process.memoryUsage().heapUsed - before) / steps;
  });
  return Math.min(...tries.filter((bytes) => bytes >= 0));
}

/** Microseconds of processor time of this process. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
