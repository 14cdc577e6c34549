/**
 * Matrix products through the public `gemm`, all copies included, beside plain loops and the SIMD128 register peak that
 * is measured in the same rounds.
 *
 *     node bench/gemm.bench.mjs [--json FILE] [--only 256x256x256] [--rounds 5] [--cpu-time]
 *
 * Build the package first. With --experimental-wasm-relaxed-simd, Node 20 runs the fused multiply-add build too.
 */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { gemm, setBackend } from "@rnn/tensor";
import { measure, rates, seeded } from "./measure.mjs";
import { multiplyAddPeak } from "./peak.mjs";

const { values: args } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    "cpu-time": { type: "boolean", default: false },
  },
});

/** m, n, k: squares, the LSTM shapes N x H x 4H (20x200x800, 32x64x256), and one step of streaming. */
const shapes = [
  ...[16, 32, 64, 128, 256, 512, 1024].map((size) => [size, size, size]),
  [20, 800, 200],
  [32, 256, 64],
  [1, 800, 200],
].filter((shape) => !args.only || shape.join("x") === args.only);

/** Strides of an operand [rows, cols] as it is, or as the transpose of a contiguous [cols, rows]. */
const asIs = (_rows, cols) => [cols, 1];
const transposed = (rows) => [1, rows];
const layouts = { AB: [asIs, asIs], AᵀB: [transposed, asIs], ABᵀ: [asIs, transposed] };

/** Plain loops take too long beyond so many multiplications. */
const PLAIN_UP_TO = 512 ** 3;

const peak = await multiplyAddPeak();
const backends = ["js", "wasm-simd", "wasm-fma"].filter(isAvailable);
// the fastest call meets the least disturbance; processor time has too coarse a clock to trust its extremes
const quiet = args["cpu-time"] ? "high" : "best";
const rows = [];

console.log(
  `Node ${process.version}, ${os.cpus()[0]?.model}; GFLOP/s at the ${args["cpu-time"] ? "95th percentile" : "fastest call"} (mean ± std of all calls)`,
);
for (const [layout, [strideA, strideB]] of Object.entries(layouts)) {
  for (const [m, n, k] of shapes) {
    const a = [seeded(m * k, 1), 0, ...strideA(m, k)];
    const b = [seeded(k * n, 2), 0, ...strideB(k, n)];
    const c = [new Float32Array(m * n), 0, n];
    const operations = 2 * m * n * k;
    // a timed call takes about 0.4 ms, as the peak does: far above the resolution of the clock, short enough to be undisturbed
    const repetitions = Math.max(1, Math.round(2e7 / operations));
    const repeated = (run) => () => {
      for (let i = 0; i < repetitions; i++) run();
    };

    const candidates = { peak: peak.run };
    if (m * n * k <= PLAIN_UP_TO) candidates.plain = repeated(() => plainLoops(m, n, k, ...a, ...b, ...c));
    for (const backend of backends) {
      if (backend === "js" && m * n * k > PLAIN_UP_TO) continue;
      const run = repeated(() => gemm(m, n, k, ...a, ...b, ...c, false));
      candidates[backend] = () => {
        setBackend(backend);
        run();
      };
    }

    const times = measure(candidates, { rounds: Number(args.rounds), cpuTime: args["cpu-time"] });
    const row = { layout, m, n, k };
    for (const [name, calls] of Object.entries(times)) {
      row[name] = rates(calls, name === "peak" ? peak.operations : operations * repetitions);
    }
    rows.push(row);
    console.log(format(row));
  }
}

if (args.json) {
  const machine = { node: process.version, cpu: os.cpus()[0]?.model, unit: "GFLOP/s" };
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

/** What one writes without a library: i, k, j loops, the innermost along the rows of B and C. */
function plainLoops(m, n, k, a, aOffset, aRow, aCol, b, bOffset, bRow, bCol, c, cOffset, cRow) {
  c.fill(0, cOffset, cOffset + m * cRow);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const x = a[aOffset + i * aRow + p * aCol];
      for (let j = 0; j < n; j++) c[cOffset + i * cRow + j] += x * b[bOffset + p * bRow + j * bCol];
    }
  }
}

function format({ layout, m, n, k, ...results }) {
  const cells = Object.entries(results).map(([name, { [quiet]: value, mean, std }]) => {
    const percent = Math.round((100 * value) / results.peak[quiet]);
    const share = name.startsWith("wasm") ? ` = ${percent} % of peak` : "";
    return `${name} ${value.toFixed(1)} (${mean.toFixed(1)} ± ${std.toFixed(1)})${share}`;
  });
  return `${layout.padEnd(3)} ${`${m}x${n}x${k}`.padEnd(14)} ${cells.join("  ")}`;
}
