import type { EpochEvent } from "@rnn/train";
import type { Paint } from "../terminal/colour.ts";
import { duration } from "../terminal/format.ts";
import { lineChart } from "../terminal/line-chart.ts";

/** An epoch with validation results, as every epoch of this program has. */
export type Epoch = EpochEvent<"accuracy"> & {
  validation: NonNullable<EpochEvent<"accuracy">["validation"]>;
};

/** One line about a finished epoch. */
export function epochLine(
  { epoch, epochs, trainLoss, validation, isBest, duration: ms }: Epoch,
  paint: Paint,
): string {
  const number = `${epoch}`.padStart(`${epochs}`.length);
  const facts = [
    `epoch ${number}/${epochs}`,
    `loss ${trainLoss.toFixed(4)}`,
    `validation loss ${validation.loss.toFixed(4)}`,
    `accuracy ${validation.metrics.accuracy.toFixed(3)}`,
    duration(ms / 1000),
  ];
  if (isBest) facts.push(paint("good", "best so far"));
  return facts.join("  ");
}

/** The learning curve: both losses, then the validation accuracy. */
export function learningCurve(epochs: readonly Epoch[], width: number, paint: Paint): string[] {
  const columns = Math.min(56, width - 26);
  return [
    paint("bold", "loss by epoch"),
    ...lineChart(
      [
        { name: "learning", colour: "accent", values: epochs.map((epoch) => epoch.trainLoss) },
        { name: "validation", colour: "good", values: epochs.map((epoch) => epoch.validation.loss) },
      ],
      { columns, rows: 8 },
      paint,
    ),
    paint("bold", "validation accuracy by epoch"),
    ...lineChart(
      [
        {
          name: "accuracy",
          colour: "good",
          values: epochs.map((epoch) => epoch.validation.metrics.accuracy),
        },
      ],
      { columns, rows: 4 },
      paint,
    ),
  ];
}
