/**
 * exp, sigmoid and tanh of contiguous float32, copies included, beside a loop of `Math` functions.
 *
 *     node bench/unary.bench.mjs [--json FILE]
 *
 * Build the package first. The kernels are internal, so they are imported from the build.
 */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { setBackend } from "@rnn/tensor";
import { unaryKernel } from "../dist/kernels/pointwise.js";
import { measure, rates, seeded } from "./measure.mjs";

const { values: args } = parseArgs({ options: { json: { type: "string" } } });

/** Written out, so that each loop is compiled for its one function. */
const loops = {
  exp: (x, y) => {
    for (let i = 0; i < x.length; i++) y[i] = Math.exp(x[i]);
  },
  sigmoid: (x, y) => {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]));
  },
  tanh: (x, y) => {
    for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]);
  },
};

const rows = [];
console.log(`Node ${process.version}, ${os.cpus()[0]?.model}; ns per element at the fastest call`);
for (const [name, loop] of Object.entries(loops)) {
  for (const n of [4, 8, 16, 64, 1024, 65_536, 1_048_576]) {
    const x = seeded(n).map((value) => value * 8);
    const y = new Float32Array(n);
    const repetitions = Math.max(1, Math.round(20_000 / n));
    const candidates = {
      loop: () => {
        for (let i = 0; i < repetitions; i++) loop(x, y);
      },
    };
    for (const backend of ["wasm-simd", "wasm-fma"].filter(isAvailable)) {
      candidates[backend] = () => {
        setBackend(backend);
        for (let i = 0; i < repetitions; i++) unaryKernel(name, x, 0, y, 0, n);
      };
    }
    const row = { name, n };
    for (const [candidate, times] of Object.entries(measure(candidates, { milliseconds: 20 }))) {
      row[candidate] = 1 / rates(times, n * repetitions).best;
    }
    rows.push(row);
    const cells = Object.entries(row).slice(2);
    const text = cells.map(
      ([key, ns]) => `${key} ${ns.toFixed(2)}${key === "loop" ? "" : ` (${(row.loop / ns).toFixed(1)}x)`}`,
    );
    console.log(`${name.padEnd(8)} ${String(n).padStart(8)}  ${text.join("  ")}`);
  }
}

if (args.json) {
  const machine = { node: process.version, cpu: os.cpus()[0]?.model, unit: "ns per element" };
  await writeFile(args.json, `${JSON.stringify({ ...machine, rows }, null, 2)}\n`);
}

function isAvailable(backend) {
  try {
    setBackend(backend);
    return true;
  } catch {
    return false;
  }
}
