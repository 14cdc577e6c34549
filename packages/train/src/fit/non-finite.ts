import { AnomalyError, detectAnomaly, type Module } from "@rnn/nn";
import { floatData } from "../float-data.ts";

/** Stops the training: a loss or a gradient was NaN or infinite. */
export class NonFiniteError extends Error {}

/**
 * Where a number that is not finite comes from: a parameter, or what {@link @rnn/nn#detectAnomaly} finds when `run` does
 * it once more. `null` if that is not known, such as when dropout hides it this time.
 */
export function originOf(model: Module, run: (() => unknown) | null): string | AnomalyError | null {
  for (const [name, { value }] of model.namedParameters()) {
    if (!floatData(value).every((w) => Number.isFinite(w))) return `parameter "${name}" itself is not finite`;
  }
  if (run === null) return null;
  try {
    detectAnomaly(run, { model });
  } catch (error) {
    if (error instanceof AnomalyError) return error;
  }
  return null;
}
