import { checkChoice, checkOptions, type OptionNames } from "../check.ts";
import {
  checkVariables,
  mapColumns,
  readLists,
  readMissing,
  readTraining,
  type Scaler,
  type ScalerOptions,
} from "./scaled-columns.ts";
import type { SameForm, Series } from "./series.ts";

/**
 * A {@link StandardScaler} as `JSON.stringify` writes it.
 *
 * @public
 */
export interface StandardScalerJSON {
  /** Tells the kinds of scalers apart. */
  readonly type: "StandardScaler";
  /** Mean of every variable. */
  readonly mean: readonly number[];
  /** What every variable is divided by. */
  readonly scale: readonly number[];
  /** The option `missing`. */
  readonly missing: "error" | "keep";
}

const OPTIONS: OptionNames<ScalerOptions> = { missing: true };

/**
 * Scales every variable to mean 0 and standard deviation 1: z = (x - mean) / scale.
 *
 * @remarks
 * Series `[T]` or `[T, V]`; `transform` and `inverseTransform` also take tensors `[..., V]`, such as windows, and any shape if
 * there is one variable. The standard deviation is that of the values themselves (division by T). A constant variable is only
 * centred: its scale is 1. Computed in float64. Source: `StandardScaler` of scikit-learn, and its criterion for constant.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError for values that are not finite (NaN passes with `missing: "keep"`) or without steps.
 * @throws ShapeError if values have another number of variables than those that it was fitted to.
 *
 * @example
 * ```ts
 * import { StandardScaler } from "@rnn/train/forecasting";
 *
 * const scaler = new StandardScaler().fit([[1, 10], [3, 30]]);
 * scaler.transform([[2, 40]]); // => [[0, 2]]
 * const saved = JSON.stringify(scaler);
 * StandardScaler.fromJSON(JSON.parse(saved)).inverseTransform([[0, 2]]); // => [[2, 40]]
 * scaler.select([1]).inverseTransform([2]); // => [40]
 * ```
 *
 * @public
 */
export class StandardScaler implements Scaler {
  readonly #missing: "error" | "keep";
  #mean: readonly number[] = [];
  #scale: readonly number[] = [];

  constructor(options: ScalerOptions = {}) {
    checkOptions("StandardScaler", options, OPTIONS);
    const { missing = "error" } = options;
    checkChoice("StandardScaler", "missing", missing, ["error", "keep"]);
    this.#missing = missing;
  }

  /** Mean of every variable; empty before `fit`. */
  get mean(): readonly number[] {
    return this.#mean;
  }

  /** Standard deviation of every variable, 1 if it is constant; empty before `fit`. */
  get scale(): readonly number[] {
    return this.#scale;
  }

  /** Number of variables; 0 before `fit`. */
  get variables(): number {
    return this.#mean.length;
  }

  /** Learns mean and standard deviation of every variable. Fit it to the training part alone. */
  fit(series: Series): this {
    const moments = readTraining("StandardScaler.fit", series, this.#missing).map(momentsOf);
    this.#mean = moments.map(({ mean }) => mean);
    this.#scale = moments.map(({ scale }) => scale);
    return this;
  }

  /** Values to z-scores. */
  transform<S extends Series>(values: S): SameForm<S> {
    const [mean, scale] = [this.#mean, this.#scale];
    const toScore = (x: number, v: number): number => (x - mean[v]!) / scale[v]!;
    return mapColumns("StandardScaler.transform", values, this.variables, this.#missing, toScore);
  }

  /** z-scores to values. */
  inverseTransform<S extends Series>(values: S): SameForm<S> {
    const [mean, scale] = [this.#mean, this.#scale];
    const toValue = (z: number, v: number): number => z * scale[v]! + mean[v]!;
    return mapColumns("StandardScaler.inverseTransform", values, this.variables, this.#missing, toValue);
  }

  /** A scaler of some of the variables, in that order, such as the forecast ones. */
  select(variables: readonly number[]): StandardScaler {
    checkVariables("StandardScaler.select", "variables", variables, this.variables);
    const chosen = new StandardScaler({ missing: this.#missing });
    chosen.#mean = variables.map((v) => this.#mean[v]!);
    chosen.#scale = variables.map((v) => this.#scale[v]!);
    return chosen;
  }

  /** What `JSON.stringify` writes. */
  toJSON(): StandardScalerJSON {
    return { type: "StandardScaler", mean: this.#mean, scale: this.#scale, missing: this.#missing };
  }

  /**
   * The scaler that was saved.
   *
   * @throws TypeError if `json` is something else, and says what.
   * @throws RangeError if a scale is not above 0.
   */
  static fromJSON(json: unknown): StandardScaler {
    const where = "StandardScaler.fromJSON";
    const { mean, scale } = readLists(where, json, "StandardScaler", ["mean", "scale"]);
    const bad = scale.findIndex((value) => !(value > 0));
    if (bad >= 0)
      throw new RangeError(`${where}: scale of variable ${bad} must be above 0, got ${scale[bad]}`);
    const scaler = new StandardScaler({ missing: readMissing(where, json) });
    scaler.#mean = mean;
    scaler.#scale = scale;
    return scaler;
  }
}

/** Mean and standard deviation of a variable. */
function momentsOf(values: Float64Array): { mean: number; scale: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  let squares = 0;
  let rest = 0; // of rounding in the mean: the sum of the deviations, which would be 0
  for (const x of values) {
    squares += (x - mean) ** 2;
    rest += x - mean;
  }
  const variance = Math.max(0, (squares - rest ** 2 / n) / n);
  const rounding = n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
  return { mean, scale: variance <= rounding ? 1 : Math.sqrt(variance) };
}
