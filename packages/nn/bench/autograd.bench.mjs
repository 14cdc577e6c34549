// What the graph costs: microseconds per node for forward and backward of chains of small operations, and whole steps.
// Run after a build: node bench/autograd.bench.mjs [--seconds 1]

import { parseArgs } from "node:util";
import {
  bceWithLogits,
  crossEntropy,
  Linear,
  linear,
  mul,
  record,
  Sequential,
  tanh,
  Variable,
} from "@rnn/nn";
import { manualSeed, ones, randint, randn } from "@rnn/tensor";

const { values: flags } = parseArgs({ options: { seconds: { type: "string", default: "1" } } });
const budget = Number(flags.seconds) * 1000;
const nodes = 200;

manualSeed(0);
const leaf = (shape) => new Variable(randn(shape), { requiresGrad: true });
const small = leaf([8, 8]);
const weight = leaf([8, 8]);
const bias = leaf([8]);

/** A chain of `nodes` operations and its backward walk. */
function chain(operation) {
  const dy = ones([8, 8]);
  return () => {
    let y = small;
    for (let i = 0; i < nodes; i++) y = operation(y);
    y.backward(dy);
    small.grad = weight.grad = bias.grad = null;
  };
}

const model = new Sequential([
  new Linear({ inFeatures: 10, outFeatures: 32 }),
  tanh,
  new Linear({ inFeatures: 32, outFeatures: 1 }),
]);
const x = randn([32, 10]);
const target = ones([32, 1]);
const logits = leaf([128, 10_000]);
const classes = randint(0, 10_000, [128]);

console.log(`node ${process.version}, ${process.arch}`);
console.log("microseconds                              min       mean ± std");
report(
  "node that passes dy on",
  chain((y) => record("same", [y], y.value, (dy) => [dy])),
  nodes,
);
report(
  "y * w            [8,8]",
  chain((y) => mul(y, weight)),
  nodes,
);
report(
  "y + row          [8,8]",
  chain((y) => y.add(bias)),
  nodes,
);
report("tanh(y)          [8,8]", chain(tanh), nodes);
report(
  "linear(y, w, b)  [8,8]",
  chain((y) => linear(y, weight, bias)),
  nodes,
);
report("step of a 10-32-1 network, batch 32", () => {
  model.zeroGrad();
  bceWithLogits(model.forward(x), target).backward();
});
report("crossEntropy [128,10000]", () => {
  logits.grad = null;
  crossEntropy(logits, classes).backward();
});

/** Prints the time of one call of `run`, divided by `parts`. */
function report(name, run, parts = 1) {
  for (let i = 0; i < 20; i++) run();
  const times = [];
  for (const end = performance.now() + budget; performance.now() < end; ) {
    const start = performance.now();
    run();
    times.push(((performance.now() - start) * 1000) / parts);
  }
  const mean = times.reduce((a, b) => a + b, 0) / times.length;
  const std = Math.sqrt(times.reduce((a, t) => a + (t - mean) ** 2, 0) / times.length);
  const digits = (value) => value.toFixed(2).padStart(10);
  console.log(`${name.padEnd(36)} ${digits(Math.min(...times))} ${digits(mean)} ± ${std.toFixed(2)}`);
}
