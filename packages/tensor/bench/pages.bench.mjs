/**
 * What large results cost in a loop without pauses: nanoseconds per element, processor time in the program and in the system,
 * and which share of their pages the process had to be given anew (0: all had been used before; counted on Linux and macOS).
 *
 *     node bench/pages.bench.mjs [--json FILE]
 *
 * Build the packages first. Each size runs in a process of its own, since what an allocator does depends on what it did.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { add, tensor } from "@rnn/tensor";
import { seeded } from "./measure.mjs";
import { options, printMachine, writeReport } from "./report.mjs";

const PAGE_BYTES = 4096;
const ELEMENTS = 2e8;

const [, , mode, size] = process.argv;
if (mode === "--size") {
  console.log(JSON.stringify(sums(Number(size))));
} else {
  const { json } = options();
  const rows = [];
  printMachine("ns per element of a + b, of it processor time user and system; share of fresh pages");
  for (const n of [16_384, 65_536, 262_144, 1_048_576, 4_000_000]) {
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--size", String(n)]);
    const row = JSON.parse(stdout.toString());
    rows.push(row);
    const [all, user, system] = [row.all, row.user, row.system].map((ns) => ns.toFixed(2));
    console.log(`${String(n).padStart(8)}  ${all} (${user} + ${system})  ${(100 * row.fresh).toFixed(1)} %`);
  }
  await writeReport(json, "ns per element", rows);
}

function sums(n) {
  const a = tensor(seeded(n, 1), { shape: [n] });
  const b = tensor(seeded(n, 2), { shape: [n] });
  const repetitions = Math.round(ELEMENTS / n);
  for (let i = 0; i < repetitions / 4; i++) add(a, b);
  const before = process.resourceUsage();
  const start = performance.now();
  for (let i = 0; i < repetitions; i++) add(a, b);
  const milliseconds = performance.now() - start;
  const after = process.resourceUsage();
  const elements = repetitions * n;
  return {
    n,
    all: (milliseconds * 1e6) / elements,
    user: ((after.userCPUTime - before.userCPUTime) * 1e3) / elements,
    system: ((after.systemCPUTime - before.systemCPUTime) * 1e3) / elements,
    fresh: (after.minorPageFault - before.minorPageFault) / ((4 * elements) / PAGE_BYTES),
  };
}
