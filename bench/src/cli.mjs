/**
 * Measures the workloads W1 to W9 with this repository's packages and, on request, with other libraries.
 *
 *     node src/cli.mjs [--workloads W2,W4] [--peers tfjs-wasm,jax] [--seconds 3] [--repeats 3] [--core 1] [--cpu-time] [--json FILE]
 *
 * Build the packages first. Peers are installed, with pinned versions, into $PEERS_DIR or the system's temporary folder.
 */
import { writeFile } from "node:fs/promises";
import { fail, positive, readArguments, selectedWorkloads } from "./command-line.mjs";
import { libraries } from "./libraries/index.mjs";
import { checksumFault, lossFault } from "./losses.mjs";
import { installedVersion, installPeers } from "./peers.mjs";
import { hasTorch, runWorker, secondsOfBareNode } from "./processes.mjs";
import { machine, markdown, summarize } from "./report.mjs";
import { bundleSizes } from "./size.mjs";
import { numberOf } from "./workloads.mjs";

const args = readArguments({
  workloads: { type: "string" },
  peers: { type: "string", default: "" },
  seconds: { type: "string", default: "3" },
  repeats: { type: "string", default: "3" },
  core: { type: "string" },
  "cpu-time": { type: "boolean", default: false },
  json: { type: "string" },
});

const workloads = selectedWorkloads(args.workloads);
const peers = args.peers.split(",").filter((name) => name !== "");
const seconds = positive("seconds", args.seconds);
const repeats = positive("repeats", args.repeats);
for (const name of peers) {
  if (!(name in libraries))
    fail(`unknown peer "${name}"; expected one of ${Object.keys(libraries).slice(1).join(", ")}`);
  if (libraries[name].python && !hasTorch()) {
    fail(`peer "${name}": no PyTorch in python3; set PYTHON to a Python that has it`);
  }
  installPeers(libraries[name].packages ?? {});
}

const names = ["rnn", ...peers];
const results = [];
const faults = [];
for (const workload of workloads) {
  for (let repeat = 0; repeat < (workload === "bundle_size" ? 1 : repeats); repeat++) {
    // alternating the order spreads warmth and other programs evenly
    for (const name of repeat % 2 === 0 ? names : [...names].reverse()) await measure(name, workload);
  }
  if (workload === "cold_start") {
    const value = await secondsOfBareNode(args);
    console.error(`W9 an empty Node program: ${value.toFixed(3)} s`);
  }
}

const rows = summarize(results);
const { processor, cores, system, node, load } = machine();
console.log(`${processor}, ${cores} cores, ${system}, Node ${node}, load ${load.join(" ")}\n`);
console.log(markdown(rows, names));
if (args.json !== undefined) {
  const versions = Object.fromEntries(
    peers
      .flatMap((name) => Object.keys(libraries[name].packages ?? {}))
      .map((name) => [name, installedVersion(name)]),
  );
  const report = { machine: machine(), versions, seconds, repeats, rows, results };
  await writeFile(args.json, `${JSON.stringify(report, null, 2)}\n`);
}
for (const fault of new Set(faults)) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

/** Runs one workload once; what cannot be measured is reported, and a wrong loss ends in exit code 1. */
async function measure(name, workload) {
  const { workloads: has, oneBias, ownWeights } = libraries[name];
  if (has !== undefined && !has.includes(workload)) return;
  const printed =
    workload === "bundle_size"
      ? await bundleSizes(name)
      : await runWorker(name, workload, { seconds, core: args.core, cpuTime: args["cpu-time"] });
  for (const result of printed) {
    results.push({ workload, library: name, ...result });
    const shown = result.error ?? `${result.value.toPrecision(4)} ${result.unit}`;
    console.error(`${numberOf(workload)} ${name} ${workload} ${result.metric} ${shown}`);
    if (result.error !== undefined && name === "rnn") faults.push(`${workload}: ${result.error}`);
    const fault = ownWeights ? null : faultOf(workload, result, oneBias);
    if (fault !== null) faults.push(`${name}: ${fault}`);
  }
}

function faultOf(workload, { losses, checksum }, oneBias) {
  if (losses !== undefined) return lossFault(workload, losses, { oneBias });
  return checksum === undefined ? null : checksumFault(checksum);
}
