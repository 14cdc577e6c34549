/**
 * How time and memory grow: a training step over longer sequences and larger batches, and truncated backpropagation over
 * longer streams. Prints tables with the exponent of a power law fitted to each: 1 is linear, 0 constant.
 *
 *     node src/growth.mjs [--seconds 1] [--core 1]
 */
import { fileURLToPath } from "node:url";
import { fail, positive, readArguments } from "./command-line.mjs";
import { exponent } from "./measure.mjs";
import { runProgram } from "./processes.mjs";

const args = readArguments({ seconds: { type: "string", default: "1" }, core: { type: "string" } });
const seconds = positive("seconds", args.seconds);

const sweeps = [
  {
    what: "steps",
    title: "training step by sequence length L (batch 32)",
    unit: "ms",
    values: doubling(25, 6),
  },
  { what: "batch", title: "training step by batch size N (100 steps)", unit: "ms", values: doubling(8, 6) },
  {
    what: "stream",
    title: "live memory of truncated backpropagation by stream length (k1 = k2 = 50)",
    unit: "MB",
    values: doubling(2_000, 6),
  },
];

for (const { what, title, unit, values } of sweeps) {
  console.log(`\n${title}\n`);
  const measured = [];
  for (const value of values) measured.push(await measure(what, value));
  console.log(`| ${what} | ${values.join(" | ")} | exponent |`);
  console.log(`|${" ---: |".repeat(values.length + 2)}`);
  console.log(
    `| ${unit} | ${measured.map((y) => y.toPrecision(3)).join(" | ")} | ${exponent(values, measured).toFixed(2)} |`,
  );
}

/** One point in a process of its own, so that the memory of one is not that of another. */
async function measure(what, value) {
  const program = fileURLToPath(new URL("growth-point.mjs", import.meta.url));
  const { code, lines, errors } = await runProgram(
    [process.execPath, "--expose-gc", program, what, value, seconds].map(String),
    args.core,
  );
  return code === 0 ? Number(lines.at(-1).text) : fail(errors);
}

function doubling(first, count) {
  return Array.from({ length: count }, (_, i) => first * 2 ** i);
}
