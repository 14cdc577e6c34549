import os from "node:os";
import { median } from "./measure.mjs";
import { numberOf } from "./workloads.mjs";

/** Where a smaller number is the better one. */
const smallerIsBetter = new Set(["s", "kB", "MB"]);

/**
 * Medians by workload and metric.
 *
 * @param results - `{ workload, library, metric, value, unit, peakMegabytes? }`, one per run
 * @returns rows `{ workload, metric, unit, medians: { library: number } }`
 */
export function summarize(results) {
  const rows = new Map();
  const collect = (workload, metric, unit, library, value) => {
    const key = `${workload} ${metric}`;
    if (!rows.has(key)) rows.set(key, { workload, metric, unit, values: {} });
    const { values } = rows.get(key);
    values[library] ??= [];
    values[library].push(value);
  };
  for (const { workload, library, metric, value, unit, peakMegabytes } of results) {
    if (value === undefined) continue;
    collect(workload, metric, unit, library, value);
    if (workload === "ptb_small_train") collect(workload, "peak memory", "MB", library, peakMegabytes);
  }
  return [...rows.values()].map(({ values, ...row }) => ({
    ...row,
    medians: Object.fromEntries(Object.entries(values).map(([library, list]) => [library, median(list)])),
  }));
}

/** The medians as a Markdown table; with peers, the last column is our advantage over the best of them. */
export function markdown(rows, names) {
  const peers = names.filter((name) => !isOurs(name));
  const header = ["workload", "unit", ...names, ...(peers.length > 0 ? ["rnn to the best other"] : [])];
  const lines = rows.map(({ workload, metric, unit, medians }) => [
    `${numberOf(workload)} ${workload} ${metric === "training" ? "" : metric}`.trim(),
    unit,
    ...names.map((name) => (medians[name] === undefined ? "" : rounded(medians[name]))),
    ...(peers.length > 0 ? [advantage(medians, peers, unit)] : []),
  ]);
  return [header, header.map((_, i) => (i < 2 ? "---" : "---:")), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** Processor, system and Node of this machine. */
export function machine() {
  return {
    processor: os.cpus()[0]?.model ?? "unknown processor",
    cores: os.availableParallelism(),
    system: `${os.platform()} ${os.arch()}`,
    node: process.version,
    load: os.loadavg().map((load) => Number(load.toFixed(2))),
  };
}

/** Whether a library is this repository, in one thread or in several. */
const isOurs = (name) => name === "rnn" || name.startsWith("rnn-");

/** How many times better we are than the best peer; above 1 is better, whichever way the unit points. */
function advantage({ rnn, ...others }, peers, unit) {
  const values = peers.map((name) => others[name]).filter((value) => value !== undefined);
  if (rnn === undefined || values.length === 0) return "";
  const ratio = smallerIsBetter.has(unit) ? Math.min(...values) / rnn : rnn / Math.max(...values);
  return `${ratio.toPrecision(3)}x`;
}

function rounded(value) {
  return value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
