import { Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import { printShape } from "../shape.ts";

/** How far from 1 a row of probabilities may add up to: what rounding to seven digits leaves. */
const TOLERANCE = 1e-6;

/** The probabilities as a list, or as a list of rows unless they are those of the start. */
export function listOf(name: string, given: unknown): readonly unknown[] {
  const list: unknown = given instanceof Tensor ? given.toArray() : given;
  if (Array.isArray(list) && (name === "start" || list.every(Array.isArray))) return list;
  const expected = name === "start" ? "an array of probabilities" : "an array of rows";
  throw new TypeError(`HiddenMarkovModel: ${name} must be ${expected}, got ${describe(given)}`);
}

/** The logarithms of a table of probabilities, whose rows must be distributions over `width` things. */
export function logTable(
  name: string,
  rows: readonly (readonly number[])[],
  width: number,
  nameOfRow: (row: number) => string,
): Float64Array {
  const logs = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    if (row.length !== width) {
      throw new RangeError(
        `HiddenMarkovModel: ${nameOfRow(i)} has ${row.length} entries, expected ${width}, as the rest of ${name}`,
      );
    }
    row.forEach((probability, j) => {
      if (!(probability >= 0 && probability <= 1)) {
        throw new RangeError(
          `HiddenMarkovModel: ${nameOfRow(i)}[${j}] must be a probability, got ${probability}`,
        );
      }
      logs[i * width + j] = Math.log(probability);
    });
    const sum = row.reduce((total, probability) => total + probability, 0);
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new RangeError(`HiddenMarkovModel: ${nameOfRow(i)} adds up to ${sum}, expected 1`);
    }
  });
  return logs;
}

/** Throws unless the observations are at least one symbol of the model. */
export function checkObservations(where: string, observations: ArrayLike<number>, symbols: number): void {
  if (typeof observations !== "object" || !((observations?.length ?? -1) >= 0)) {
    throw new TypeError(`${where}: observations must be an array of symbols, got ${describe(observations)}`);
  }
  if (observations.length === 0) throw new RangeError(`${where}: needs at least one observation, got none`);
  for (let t = 0; t < observations.length; t++) {
    const symbol = observations[t]!;
    if (Number.isInteger(symbol) && symbol >= 0 && symbol < symbols) continue;
    throw new RangeError(
      `${where}: observation ${symbol} at position ${printShape([t])} is outside 0..${symbols - 1} (${symbols} symbols)`,
    );
  }
}

/** Throws if the model cannot have made the observations. */
export function checkPossible(where: string, likelihood: number): void {
  if (likelihood > -Infinity) return;
  throw new RangeError(`${where}: the observations have probability 0 under this model`);
}
