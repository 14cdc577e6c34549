import { members, SavedModelError, wholeIn } from "./json-checks.ts";

/** Most metrics of a note, and the longest name of one. */
const MAX_METRICS = 100;
const MAX_NAME = 100;

/** Where a saved model comes from; for people, nothing depends on it. */
export interface TrainingNote {
  /** Name of the data. */
  readonly data: string;
  readonly seed: number;
  /** The epoch whose weights these are; 0 if the first was interrupted. */
  readonly epochs: number;
  /** What was measured in training, for example `{ "validation accuracy": 0.81, "test accuracy": 0.83 }`. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The note as the member "training" of a description. Numbers that JSON does not have are left out. */
export function writeNote({ data, seed, epochs, metrics }: TrainingNote): object {
  const finite = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
  return { data, seed, epochs, metrics: Object.fromEntries(finite) };
}

/**
 * Reads the member "training" of a description that may come from anyone.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function readNote(value: unknown): TrainingNote {
  const note = members(value, '"training"', ["data", "seed", "epochs", "metrics"]);
  if (typeof note.data !== "string") throw new SavedModelError('"training.data" is not a string');
  return {
    data: note.data,
    seed: wholeIn(note.seed, '"training.seed"', 0, 2 ** 32 - 1),
    epochs: wholeIn(note.epochs, '"training.epochs"', 0, 1e9),
    metrics: readMetrics(note.metrics),
  };
}

function readMetrics(value: unknown): Record<string, number> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SavedModelError('"training.metrics" is not an object');
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_METRICS) {
    throw new SavedModelError(
      `"training.metrics" has ${entries.length} entries, expected at most ${MAX_METRICS}`,
    );
  }
  for (const [name, metric] of entries) {
    if (name.length > MAX_NAME || name === "__proto__") {
      throw new SavedModelError(`"training.metrics" has the name ${JSON.stringify(name.slice(0, MAX_NAME))}`);
    }
    if (typeof metric !== "number") {
      throw new SavedModelError(`"training.metrics" has a value that is no number: ${JSON.stringify(name)}`);
    }
  }
  return Object.fromEntries(entries) as Record<string, number>;
}
