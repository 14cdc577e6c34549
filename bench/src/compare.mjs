/**
 * Compares our speeds, as multiples of plain JavaScript's in the same run, with the recorded ones. Reports, never fails:
 * shared machines are too noisy to be a gate.
 *
 *     node src/compare.mjs [--workloads W2,W4] [--seconds 1] [--rounds 3] [--core 1] [--record]
 */
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { changes, changesMarkdown, ratios } from "./changes.mjs";
import { fail, positive, readArguments, selectedWorkloads } from "./command-line.mjs";
import { runWorker } from "./processes.mjs";
import { machine } from "./report.mjs";

const args = readArguments({
  workloads: { type: "string", default: "W1,W2,W3,W4,W5,W6,W7" },
  seconds: { type: "string", default: "1" },
  rounds: { type: "string", default: "3" },
  core: { type: "string" },
  record: { type: "boolean", default: false },
});
const file = new URL("../recorded.json", import.meta.url);
const options = { seconds: positive("seconds", args.seconds), core: args.core };

const rounds = [];
for (let round = 0; round < positive("rounds", args.rounds); round++) {
  for (const workload of selectedWorkloads(args.workloads)) {
    const [{ value: yardstick, error }] = await runWorker("plain", "yardstick", options);
    if (error !== undefined) fail(error);
    const results = await runWorker("rnn", workload, options);
    for (const { metric, error: problem } of results)
      if (problem) console.error(`${workload} ${metric}: ${problem}`);
    rounds.push({ yardstick, results: results.map((result) => ({ workload, ...result })) });
    console.error(`round ${round + 1}: ${workload}, plain JavaScript ${yardstick.toFixed(2)} GFLOP/s`);
  }
}

const now = ratios(rounds);
if (args.record) {
  await writeFile(file, `${JSON.stringify({ machine: machine(), ratios: now }, null, 2)}\n`);
} else {
  const { ratios: recorded } = JSON.parse(await readFile(file, "utf8"));
  const report = changesMarkdown(changes(recorded, now));
  console.log(report);
  // GitHub shows what is written there on the page of the run
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, `${report}\n`);
}
