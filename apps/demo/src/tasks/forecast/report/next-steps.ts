import { relative } from "node:path";
import { quoted } from "../../../terminal/quoted.ts";
import { SHIPPED } from "../data/read-series.ts";
import type { ForecastTask } from "../forecast-task.ts";
import { DEFAULT_OUTPUT } from "../train-options.ts";

/** How to go on from a model that was saved in a folder. */
export function nextSteps(folder: string, data: string | undefined, { horizon }: ForecastTask): string[] {
  const model = folder === DEFAULT_OUTPUT ? "" : ` --model ${quoted(folder)}`;
  const file = quoted(data ?? relative(process.cwd(), SHIPPED.file));
  return [
    `  npm start -- forecast${model} --data ${file}`,
    `      the next ${horizon === 1 ? "step" : `${horizon} steps`}; or pipe the series in`,
    `  npm start -- evaluate --model ${quoted(folder)} --data ${file}`,
    "  npm start -- train --task forecast --data FILE --date COLUMN --target COLUMN",
    "  npm start -- train --task forecast --help",
    "      cells, windows, quantiles and all other options",
  ];
}
