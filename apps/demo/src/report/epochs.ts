import type { EpochEvent } from "@rnn/train";
import type { Layout, ShownMetric } from "../tasks/task.ts";
import type { Paint } from "../terminal/colour.ts";
import { duration } from "../terminal/format.ts";
import { lineChart } from "../terminal/line-chart.ts";

/** An epoch with validation results, as every epoch of this program has. */
export type Epoch = EpochEvent<string> & {
  validation: NonNullable<EpochEvent<string>["validation"]>;
};

/** One line about a finished epoch. */
export function epochLine(
  { epoch, epochs, trainLoss, validation, isBest, duration: ms }: Epoch,
  metrics: readonly ShownMetric[],
  paint: Paint,
): string {
  const number = `${epoch}`.padStart(`${epochs}`.length);
  const facts = [
    `epoch ${number}/${epochs}`,
    `loss ${trainLoss.toFixed(4)}`,
    `validation loss ${validation.loss.toFixed(4)}`,
    ...metrics.map(
      ({ name, title = name, digits = 3 }) => `${title} ${validation.metrics[name]!.toFixed(digits)}`,
    ),
    duration(ms / 1000),
  ];
  if (isBest) facts.push(paint("good", "best so far"));
  return facts.join("  ");
}

/** The learning curve of two epochs or more: both losses, then the first metric of the validation if there is one. */
export function learningCurve(
  epochs: readonly Epoch[],
  [metric]: readonly ShownMetric[],
  { width, paint }: Layout,
): string[] {
  if (epochs.length < 2) return [];
  const longest = Math.max("validation".length, (metric?.title ?? metric?.name ?? "").length);
  const columns = Math.min(56, width - longest - 16);
  const lines = [
    paint("bold", "loss by epoch"),
    ...lineChart(
      [
        { name: "learning", colour: "accent", values: epochs.map((epoch) => epoch.trainLoss) },
        { name: "validation", colour: "good", values: epochs.map((epoch) => epoch.validation.loss) },
      ],
      { columns, rows: 8 },
      paint,
    ),
  ];
  if (metric === undefined) return lines;
  const { name, title = name } = metric;
  const values = epochs.map((epoch) => epoch.validation.metrics[name]!);
  return [
    ...lines,
    paint("bold", `validation ${title} by epoch`),
    ...lineChart([{ name: title, colour: "good", values }], { columns, rows: 4 }, paint),
  ];
}
