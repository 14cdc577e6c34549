/**
 * Matrix products through the public `gemm`, all copies included, beside plain loops and the SIMD128 register peak that
 * is measured in the same rounds; and products of few rows with a `PackedMatrix`.
 *
 *     node bench/gemm.bench.mjs [--json FILE] [--only 256x256x256] [--peers tfjs-wasm,tfjs-cpu,jax,ml-matrix] [--rounds 5] [--cpu-time]
 *
 * Build the packages first. With --experimental-wasm-relaxed-simd, Node 20 runs the fused multiply-add build too.
 */
import { gemm, PackedMatrix, tensor } from "@rnn/tensor";
import { measure, rates, repeated, seeded } from "./measure.mjs";
import { multiplyAddPeak } from "./peak.mjs";
import { candidatesOf, loadPeers } from "./peers.mjs";
import { backends, onBackends, options, printMachine, writeReport } from "./report.mjs";

const { json, only, peers: peerNames, timing } = options();

/** m, n, k: squares, the LSTM shapes N x H x 4H (20x200x800, 32x64x256), and one step of streaming. */
const shapes = [
  ...[16, 32, 64, 128, 256, 512, 1024].map((size) => [size, size, size]),
  [20, 800, 200],
  [32, 256, 64],
  [1, 800, 200],
].filter((shape) => !only || shape.join("x") === only);

/** Strides of an operand [rows, cols] as it is, or as the transpose of a contiguous [cols, rows]. */
const asIs = (_rows, cols) => [cols, 1];
const transposed = (rows) => [1, rows];
const layouts = { AB: [asIs, asIs], AᵀB: [transposed, asIs], ABᵀ: [asIs, transposed] };

/** Plain loops take too long beyond so many multiplications, and a packed matrix is for few rows. */
const PLAIN_UP_TO = 512 ** 3;
const PACKED_UP_TO = 32;

const peak = await multiplyAddPeak();
const peers = await loadPeers(peerNames);
// the fastest call meets the least disturbance; processor time has too coarse a clock to trust its extremes
const quiet = timing.cpuTime ? "high" : "best";
const rows = [];

printMachine(
  `GFLOP/s at the ${timing.cpuTime ? "95th percentile" : "fastest call"} (mean ± std of all calls)`,
);
for (const [layout, [strideA, strideB]] of Object.entries(layouts)) {
  for (const [m, n, k] of shapes) {
    const a = [seeded(m * k, 1), 0, ...strideA(m, k)];
    const b = [seeded(k * n, 2), 0, ...strideB(k, n)];
    const c = [new Float32Array(m * n), 0, n];
    const operations = 2 * m * n * k;
    // a timed call takes about 0.4 ms, as the peak does: far above the resolution of the clock, short enough to be undisturbed
    const repetitions = Math.max(1, Math.round(2e7 / operations));

    const candidates = { peak };
    if (m * n * k <= PLAIN_UP_TO) candidates.plain = { run: () => plainLoops(m, n, k, ...a, ...b, ...c) };
    Object.assign(
      candidates,
      onBackends(() => gemm(m, n, k, ...a, ...b, ...c, false)),
    );
    if (m * n * k > PLAIN_UP_TO) delete candidates.js;
    if (m <= PACKED_UP_TO && layout === "AB" && m !== n)
      Object.assign(candidates, packed(m, n, k, a[0], b[0]));
    Object.assign(
      candidates,
      candidatesOf(peers, (peer) =>
        peer.gemm(m, n, k, a[0], b[0], strideA === transposed, strideB === transposed),
      ),
    );

    const timed = Object.entries(candidates).map(([name, { prepare, run }]) => [
      name,
      name === "peak" ? { run } : { prepare, run: repeated(run, repetitions) },
    ]);
    const times = await measure(Object.fromEntries(timed), timing);
    const row = { layout, m, n, k };
    for (const [name, calls] of Object.entries(times)) {
      row[name] = rates(calls, name === "peak" ? peak.operations : operations * repetitions);
    }
    rows.push(row);
    console.log(format(row));
  }
}
await writeReport(json, "GFLOP/s", rows);

/** The same product with B packed once, and a new tensor for every result. */
function packed(m, n, k, a, b) {
  const matrix = new PackedMatrix(tensor(b, { shape: [k, n] }));
  const x = tensor(a, { shape: [m, k] });
  const all = onBackends(() => matrix.multiply(x));
  return Object.fromEntries(
    backends.filter((name) => name !== "js").map((name) => [`${name} packed`, all[name]]),
  );
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
