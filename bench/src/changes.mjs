import { median } from "./measure.mjs";
import { numberOf } from "./workloads.mjs";

/** A speed this much lower than the recorded one is pointed out. */
const NOTABLE_LOSS = 0.1;

/**
 * Speeds as multiples of the yardstick, median over the rounds: what is left of the machine and its other load cancels.
 *
 * @param rounds - per round the speed of the `yardstick` and the `results` of one workload measured right after it
 * @returns `{ "W4 timeseries_train training": ratio }`
 */
export function ratios(rounds) {
  const lists = {};
  for (const { yardstick, results } of rounds) {
    for (const { workload, metric, value } of results) {
      if (value === undefined) continue;
      const name = `${numberOf(workload)} ${workload} ${metric}`;
      lists[name] ??= [];
      lists[name].push(value / yardstick);
    }
  }
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, median(list)]));
}

/**
 * Compares ratios with recorded ones.
 *
 * @returns rows `{ name, recorded, now, change, isLoss }`; `recorded` and `change` are undefined for a new figure
 */
export function changes(recorded, now) {
  return Object.entries(now).map(([name, ratio]) => {
    const before = recorded[name];
    const change = before === undefined ? undefined : ratio / before - 1;
    return { name, recorded: before, now: ratio, change, isLoss: change < -NOTABLE_LOSS };
  });
}

/** The comparison as Markdown, the losses named first. */
export function changesMarkdown(rows) {
  const losses = rows.filter(({ isLoss }) => isLoss);
  const verdict =
    losses.length === 0
      ? `No figure is more than ${NOTABLE_LOSS * 100} % below the recorded one.`
      : `More than ${NOTABLE_LOSS * 100} % below the recorded figure: ${losses.map(({ name }) => name).join(", ")}.`;
  const lines = rows.map(({ name, recorded, now, change }) => [
    name,
    recorded === undefined ? "" : recorded.toPrecision(4),
    now.toPrecision(4),
    change === undefined ? "new" : `${change >= 0 ? "+" : "−"}${Math.abs(change * 100).toFixed(1)} %`,
  ]);
  const header = ["speed as a multiple of plain JavaScript's", "recorded", "now", "change"];
  const table = [header, ["---", "---:", "---:", "---:"], ...lines].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return [verdict, "", ...table].join("\n");
}
