import type { EpochEvent } from "@rnn/train";
import type { Layout, ShownMetric } from "../tasks/task.ts";
import { isWide, linearScale, logarithmicScale } from "../terminal/chart-scale.ts";
import { duration } from "../terminal/format.ts";
import { lineChart, type Series } from "../terminal/line-chart.ts";

/** An epoch with validation results, as every epoch of this program has. */
export type Epoch = EpochEvent<string> & {
  validation: NonNullable<EpochEvent<string>["validation"]>;
};

/** Trainings of at most so many epochs have a line for each. */
const MOST_LINES = 40;

/** Whether an epoch has a line: of many all at first, where most happens, later fewer and fewer. */
export function hasLine({ epoch, epochs }: Pick<Epoch, "epoch" | "epochs">): boolean {
  if (epochs <= MOST_LINES || epoch === epochs) return true;
  const stride = epoch <= 20 ? 1 : epoch <= 100 ? 5 : epoch <= 500 ? 25 : 100;
  return epoch % stride === 0;
}

/** One line about a finished epoch; the time it took is left out where the line would be too long. */
export function epochLine(
  { epoch, epochs, trainLoss, validation, isBest, seconds }: Epoch,
  metrics: readonly ShownMetric[],
  { width, paint }: Layout,
): string {
  const number = `${epoch}`.padStart(`${epochs}`.length);
  const facts = [
    `epoch ${number}/${epochs}`,
    `loss ${trainLoss.toFixed(4)}`,
    `validation ${validation.loss.toFixed(4)}`,
    ...metrics.map(
      ({ name, title = name, digits = 3 }) => `${title} ${validation.metrics[name]!.toFixed(digits)}`,
    ),
  ];
  const time = duration(seconds);
  // room is kept for "best" in every line, so that they are alike
  if ([...facts, time, "best"].join("  ").length <= width) facts.push(time);
  if (isBest) facts.push(paint("good", "best"));
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
  const columns = Math.min(56, width - longest - 20);
  const chart = (title: string, lines: readonly Series[], rows: number) => {
    const values = lines.flatMap((line) => line.values);
    const [scale, note] = isWide(values)
      ? [logarithmicScale(values), " (logarithmic scale)"]
      : [linearScale(values), ""];
    return [
      paint("bold", `${title} by epoch`) + paint("dim", note),
      ...lineChart(lines, { columns, rows }, paint, undefined, scale),
    ];
  };
  const losses: Series[] = [
    { name: "learning", colour: "accent", values: epochs.map((epoch) => epoch.trainLoss) },
    { name: "validation", colour: "good", values: epochs.map((epoch) => epoch.validation.loss) },
  ];
  if (metric === undefined) return chart("loss", losses, 8);
  const { name, title = name } = metric;
  const values = epochs.map((epoch) => epoch.validation.metrics[name]!);
  return [
    ...chart("loss", losses, 8),
    ...chart(`validation ${title}`, [{ name: title, colour: "good", values }], 4),
  ];
}
