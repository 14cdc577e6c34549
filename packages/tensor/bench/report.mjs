/** What the benchmarks of this package share beside timing: options, backends, the first line and the JSON file. */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { setBackend } from "@rnn/tensor";

/** The command line: `--json FILE`, `--only NAME`, `--peers a,b`, `--rounds N`, `--cpu-time`. */
export function options() {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      only: { type: "string" },
      peers: { type: "string", default: "" },
      rounds: { type: "string", default: "5" },
      "cpu-time": { type: "boolean", default: false },
    },
  });
  return {
    json: values.json,
    only: values.only,
    peers: values.peers.split(",").filter(Boolean),
    timing: { rounds: Number(values.rounds), cpuTime: values["cpu-time"] },
  };
}

/** The backends that run here; with --experimental-wasm-relaxed-simd, Node 20 has fused multiply-add too. */
export const backends = ["js", "wasm-simd", "wasm-fma"].filter((backend) => {
  try {
    setBackend(backend);
    return true;
  } catch {
    return false;
  }
});
setBackend("auto");

/** A candidate for each backend. */
export function onBackends(run) {
  return Object.fromEntries(
    backends.map((backend) => [backend, { prepare: () => setBackend(backend), run }]),
  );
}

export function printMachine(what) {
  console.log(`Node ${process.version}, ${os.cpus()[0]?.model}; ${what}`);
}

/** Prints a row of `name: { min, mean, std }` in nanoseconds, and how many times the cost of `reference` is theirs. */
export function printCosts(label, results, reference) {
  const cells = Object.entries(results).map(([name, { min, mean, std }]) => {
    const times = name === reference ? "" : `, ${(results[reference].min / min).toFixed(1)}x`;
    return `${name} ${min.toFixed(2)} (${mean.toFixed(2)} ± ${std.toFixed(2)}${times})`;
  });
  console.log(`${label.padEnd(26)} ${cells.join("  ")}`);
}

/** Writes the rows and the machine they were measured on. */
export async function writeReport(file, unit, rows) {
  if (file === undefined) return;
  const machine = { node: process.version, cpu: os.cpus()[0]?.model, unit };
  await writeFile(file, `${JSON.stringify({ ...machine, rows }, null, 2)}\n`);
}
