import type { Paint } from "../../../terminal/colour.ts";
import type { Calibration } from "../calibration.ts";

/** The calibration as the report shows it: its measures, then accuracy by confidence. */
export function calibrationLines({ table, brier }: Calibration, paint: Paint): string[] {
  const measures = `expected calibration error ${table.value.toFixed(3)}, Brier score ${brier.toFixed(3)}`;
  const [head = "", ...rows] = table.toString().split("\n");
  return [
    paint("bold", "can its probabilities be believed?"),
    `  ${measures}`,
    `  ${paint("dim", head)}`,
    ...rows.map((row) => `  ${row}`),
  ];
}

/** The same as `--json` prints it; ranges without predictions are left out. */
export function calibrationJson({ table, brier }: Calibration): object {
  return {
    expectedCalibrationError: table.value,
    brierScore: brier,
    bins: table.bins.filter(({ count }) => count > 0),
  };
}
