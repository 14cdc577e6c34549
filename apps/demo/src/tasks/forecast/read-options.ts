import type { CalendarFeature } from "@rnn/train/forecasting";
import { InputError } from "../../errors.ts";
import type { Step } from "./data/step.ts";
import { usualCalendar } from "./forecast-task.ts";

const FEATURES: readonly CalendarFeature[] = ["hour", "weekday", "month", "dayOfYear"];

/**
 * The value of `--calendar`.
 *
 * @throws {@link InputError} for an unknown name.
 */
export function readCalendar(text: string, step: Step): readonly CalendarFeature[] {
  if (text === "auto") return usualCalendar(step);
  if (text === "none") return [];
  return names(text).map((name) => {
    const feature = FEATURES.find((known) => known === name);
    if (feature !== undefined) return feature;
    throw new InputError(
      `--calendar: expected ${FEATURES.join(", ")} between commas, or none or auto, got "${name}"`,
    );
  });
}

/**
 * The value of `--quantiles`.
 *
 * @throws {@link InputError} unless they are increasing numbers between 0 and 1 with 0.5 among them.
 */
export function readQuantiles(text: string | undefined): readonly number[] {
  if (text === undefined) return [];
  const quantiles = names(text).map(Number);
  const isFine = quantiles.every((q, k) => q > (quantiles[k - 1] ?? 0) && q < 1);
  if (isFine && quantiles.includes(0.5)) return quantiles;
  throw new InputError(
    `--quantiles: expected increasing numbers between 0 and 1 with 0.5 among them, got "${text}"`,
  );
}

/** Names between commas. */
export function names(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
