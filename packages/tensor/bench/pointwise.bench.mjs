/**
 * Elementwise functions of contiguous float32 through the public API, copies and the memory of the result included, beside a
 * loop over plain arrays: into an array that is there already, and into a new one as the functions give.
 *
 *     node bench/pointwise.bench.mjs [--json FILE] [--only tanh] [--peers tfjs-wasm,tfjs-cpu,jax,ml-matrix] [--rounds 5] [--cpu-time]
 *
 * Build the packages first.
 */
import { add, exp, log, maximum, mul, relu, sigmoid, sqrt, tanh, tensor } from "@rnn/tensor";
import { costs, measure, repeated, seeded } from "./measure.mjs";
import { candidatesOf, isBinary, loadPeers } from "./peers.mjs";
import { onBackends, options, printCosts, printMachine, writeReport } from "./report.mjs";

const { json, only, peers: peerNames, timing } = options();

/** Functions, and loops that are written out, so that each is compiled for its one function. */
const functions = [
  [
    tanh,
    (x, _y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = Math.tanh(x[i]);
    },
  ],
  [
    sigmoid,
    (x, _y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = 1 / (1 + Math.exp(-x[i]));
    },
  ],
  [
    exp,
    (x, _y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = Math.exp(x[i]);
    },
  ],
  [
    log,
    (x, _y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = Math.log(x[i]);
    },
  ],
  [
    sqrt,
    (x, _y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = Math.sqrt(x[i]);
    },
  ],
  [
    relu,
    (x, _y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = Math.max(x[i], 0);
    },
  ],
  [
    add,
    (x, y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = x[i] + y[i];
    },
  ],
  [
    mul,
    (x, y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = x[i] * y[i];
    },
  ],
  [
    maximum,
    (x, y, to) => {
      for (let i = 0; i < x.length; i++) to[i] = Math.max(x[i], y[i]);
    },
  ],
];

const peers = await loadPeers(peerNames);
const rows = [];
printMachine(
  "ns per element at the fastest call (mean ± std of all calls, speed of the loop into an old array)",
);
for (const [call, loop] of functions) {
  const { name } = call;
  if (only !== undefined && name !== only) continue;
  for (const n of [16, 256, 4096, 65_536, 1_048_576]) {
    const x = seeded(n, 1).map((value) => (name === "log" || name === "sqrt" ? value + 0.6 : value * 8));
    const y = seeded(n, 2);
    const operands = [tensor(x, { shape: [n] }), tensor(y, { shape: [n] })];
    const to = new Float32Array(n);
    const candidates = {
      loop: { run: () => loop(x, y, to) },
      "new array": { run: () => loop(x, y, new Float32Array(n)) },
      ...onBackends(isBinary(name) ? () => call(...operands) : () => call(operands[0])),
      ...candidatesOf(peers, (peer) => peer.pointwise(name, x, y)),
    };
    const repetitions = Math.max(1, Math.round(100_000 / n));
    for (const candidate of Object.values(candidates)) candidate.run = repeated(candidate.run, repetitions);
    const times = await measure(candidates, { milliseconds: 20, ...timing });
    const results = Object.fromEntries(
      Object.entries(times).map(([candidate, calls]) => [candidate, costs(calls, n * repetitions)]),
    );
    rows.push({ name, n, ...results });
    printCosts(`${name} ${n}`, results, "loop");
  }
}
await writeReport(json, "ns per element", rows);
