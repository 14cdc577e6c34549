/**
 * Steps of optimizers and clipping by norm through the public API, with and without SIMD, as a training step calls them.
 *
 *     node bench/optimizers.bench.mjs [--json FILE] [--only Adam] [--rounds 7]
 *
 * Build the packages first.
 */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { Parameter } from "@rnn/nn";
import { setBackend, tensor } from "@rnn/tensor";
import { Adagrad, Adam, AdamW, clipGradNorm, RMSprop, SGD } from "@rnn/train";

const { values: flags } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, rounds: { type: "string", default: "7" } },
});

/** Name to what is timed for a parameter. */
const workloads = {
  SGD: (parameter) => stepOf(new SGD([parameter], { learningRate: 1e-6 })),
  "SGD, momentum": (parameter) => stepOf(new SGD([parameter], { learningRate: 1e-6, momentum: 0.9 })),
  Adam: (parameter) => stepOf(new Adam([parameter], { learningRate: 1e-6 })),
  AdamW: (parameter) => stepOf(new AdamW([parameter], { learningRate: 1e-6 })),
  RMSprop: (parameter) => stepOf(new RMSprop([parameter], { learningRate: 1e-6 })),
  Adagrad: (parameter) => stepOf(new Adagrad([parameter], { learningRate: 1e-6 })),
  "norm of the gradient": (parameter) => () => clipGradNorm(parameter, Number.POSITIVE_INFINITY),
  // so little that the gradient lasts
  "clipped by norm": (parameter) => () => clipGradNorm(parameter, clipGradNorm(parameter, 1e9) * (1 - 1e-7)),
};

/** Numbers in [-0.5, 0.5) that are the same in every run. */
function seeded(length, seed) {
  let state = seed;
  const data = Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
  return tensor(data, { shape: [length] });
}

function stepOf(optimizer) {
  return () => optimizer.step();
}

/** Milliseconds of every call, after a warm-up of one round; candidates take turns. */
function measure(candidates, rounds) {
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) {
      const stop = performance.now() + 20;
      while (performance.now() < stop) {
        const start = performance.now();
        run();
        if (round >= 0) times[name].push(performance.now() - start);
      }
    }
  }
  return times;
}

/** Nanoseconds per element: least, mean and standard deviation. */
function costs(times, elements) {
  const each = times.map((time) => (time * 1e6) / elements);
  const mean = each.reduce((a, b) => a + b) / each.length;
  const std = Math.sqrt(each.reduce((a, b) => a + (b - mean) ** 2, 0) / each.length);
  return { min: each.reduce((a, b) => Math.min(a, b)), mean, std };
}

const rows = [];
console.log(
  `Node ${process.version}, ${os.cpus()[0]?.model}; ns per element at the fastest call (mean ± std)`,
);
for (const [name, make] of Object.entries(workloads)) {
  if (flags.only !== undefined && name !== flags.only) continue;
  for (const n of [1000, 320_000, 2_000_000]) {
    const parameter = new Parameter(seeded(n, 1));
    parameter.grad = seeded(n, 2);
    const step = make(parameter);
    const repetitions = Math.max(1, Math.round(20_000 / n));
    const on = (backend) => () => {
      setBackend(backend);
      for (let i = 0; i < repetitions; i++) step();
    };
    const candidates = { js: on("js") };
    if (hasSimd()) candidates.simd = on("wasm-simd");
    const times = measure(candidates, Number(flags.rounds));
    const row = { name, n };
    for (const [candidate, calls] of Object.entries(times)) row[candidate] = costs(calls, n * repetitions);
    rows.push(row);
    const cells = Object.keys(candidates).map((candidate) => {
      const { min, mean, std } = row[candidate];
      const times = candidate === "js" ? "" : `, ${(row.js.min / min).toFixed(1)}x`;
      return `${candidate} ${min.toFixed(2)} (${mean.toFixed(2)} ± ${std.toFixed(2)}${times})`;
    });
    console.log(`${name.padEnd(21)} ${String(n).padStart(8)}  ${cells.join("  ")}`);
  }
}

if (flags.json !== undefined) {
  const report = { node: process.version, cpu: os.cpus()[0]?.model, unit: "ns per element", rows };
  await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
}

function hasSimd() {
  try {
    setBackend("wasm-simd");
    return true;
  } catch {
    return false;
  }
}
