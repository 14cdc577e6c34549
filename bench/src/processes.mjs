import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { libraries } from "./libraries/index.mjs";
import { peersFolder } from "./peers.mjs";
import { gemmShapes, models, stream } from "./workloads.mjs";

const pythonProgram = process.env.PYTHON ?? "python3";

/** A library that has not finished a workload by then is given up. */
const TIMEOUT = 240_000;

/**
 * Measures one workload of one library in a process of its own.
 *
 * @param options - `seconds` per metric; `core`: the processor to stay on (Linux only); `cpuTime`: count processor time
 * @returns the printed results, or one `{ error }`
 */
export async function runWorker(library, workload, { seconds, core, cpuTime }) {
  const command = libraries[library].python
    ? [
        pythonProgram,
        inThisFolder("libraries/pytorch.py"),
        workload,
        String(seconds),
        JSON.stringify({ gemmShapes, models, stream }),
      ]
    : [process.execPath, inThisFolder("worker.mjs"), library, workload, String(seconds)];
  // several threads need several processors
  const { code, lines, errors } = await runProgram(command, libraries[library].threads ? undefined : core, {
    BENCH_CLOCK: cpuTime ? "processor" : "",
  });
  const results = lines.filter(({ text }) => text.startsWith("{")).map(toResult);
  if (code === 0) return results;
  return [
    ...results,
    { metric: "", error: errors.trim().split("\n").slice(-4).join(" / ") || `exit ${code}` },
  ];
}

/** Seconds that an empty Node program takes: the floor of a cold start. */
export async function secondsOfBareNode({ core }) {
  const { lines } = await runProgram([process.execPath, "-e", "console.log()"], core);
  return lines[0].seconds;
}

/** Whether `$PYTHON`, or else `python3`, has PyTorch. */
export function hasTorch() {
  return spawnSync(pythonProgram, ["-c", "import torch"], { stdio: "ignore" }).status === 0;
}

const inThisFolder = (file) => fileURLToPath(new URL(file, import.meta.url));

function toResult({ text, seconds }) {
  const result = JSON.parse(text);
  return result.metric === "first_step" ? { ...result, value: seconds, unit: "s" } : result;
}

/** Runs a command; every line of its output comes with the seconds since the start. */
export function runProgram([program, ...args], core, environment = {}) {
  const isPinned = core !== undefined && process.platform === "linux";
  const command = isPinned ? ["taskset", "-c", core, program, ...args] : [program, ...args];
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command[0], command.slice(1), {
      env: { ...process.env, PEERS_DIR: peersFolder, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: TIMEOUT,
    });
    const lines = [];
    let errors = "";
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      const seconds = (performance.now() - start) / 1000;
      const parts = (rest + chunk).split("\n");
      rest = parts.pop();
      for (const text of parts) lines.push({ text, seconds });
    });
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal !== null)
        errors += `\nstopped by ${signal} after ${Math.round(performance.now() - start)} ms`;
      resolve({ code: signal === null ? code : 1, lines, errors });
    });
  });
}
