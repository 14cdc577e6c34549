/**
 * Softmax and reductions of contiguous float32 matrices through the public API, along rows and along columns.
 *
 *     node bench/rows.bench.mjs [--json FILE] [--only softmax] [--peers tfjs-wasm,tfjs-cpu,jax,ml-matrix] [--rounds 5] [--cpu-time]
 *
 * Build the packages first.
 */
import * as library from "@rnn/tensor";
import { costs, measure, repeated, seeded } from "./measure.mjs";
import { candidatesOf, loadPeers } from "./peers.mjs";
import { onBackends, options, printCosts, printMachine, writeReport } from "./report.mjs";

const { json, only, peers: peerNames, timing } = options();

/** name to [function, whether peers have the same]. */
const functions = {
  softmax: [(x, dim) => library.softmax(x, dim), true],
  logSoftmax: [(x, dim) => library.logSoftmax(x, dim), true],
  sum: [(x, dim) => library.sum(x, { dim }), true],
  max: [(x, dim) => library.max(x, { dim }), true],
  norm: [(x, dim) => library.norm(x, { dim }), false],
  variance: [(x, dim) => library.variance(x, { dim }), false],
};

const peers = await loadPeers(peerNames);
const rows = [];
printMachine("ns per element at the fastest call (mean ± std of all calls, speed of plain TypeScript)");
for (const [name, [call, isCommon]] of Object.entries(functions)) {
  if (only !== undefined && name !== only) continue;
  for (const shape of [
    [32, 10],
    [400, 64],
    [256, 256],
    [400, 10_000],
  ]) {
    for (const dim of [1, 0]) {
      const size = shape[0] * shape[1];
      const data = seeded(size).map((value) => value * 8);
      const x = library.tensor(data, { shape });
      const candidates = {
        ...onBackends(() => call(x, dim)),
        ...(isCommon ? candidatesOf(peers, (peer) => peer.alongRows(name, data, shape, dim)) : {}),
      };
      const repetitions = Math.max(1, Math.round(100_000 / size));
      for (const candidate of Object.values(candidates)) candidate.run = repeated(candidate.run, repetitions);
      const times = await measure(candidates, { milliseconds: 20, ...timing });
      const results = Object.fromEntries(
        Object.entries(times).map(([candidate, calls]) => [candidate, costs(calls, size * repetitions)]),
      );
      rows.push({ name, shape, dim, ...results });
      printCosts(`${name} ${shape.join("x")} dim ${dim}`, results, "js");
    }
  }
}
await writeReport(json, "ns per element", rows);
