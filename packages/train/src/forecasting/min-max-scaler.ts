import { checkChoice, checkOptions, describe, type OptionNames } from "../check.ts";
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
 * Options of {@link MinMaxScaler}.
 *
 * @public
 */
export interface MinMaxScalerOptions extends ScalerOptions {
  /** What the smallest and the largest value become. Default `[0, 1]`. */
  featureRange?: readonly [number, number] | undefined;
}

/**
 * A {@link MinMaxScaler} as `JSON.stringify` writes it.
 *
 * @public
 */
export interface MinMaxScalerJSON {
  /** Tells the kinds of scalers apart. */
  readonly type: "MinMaxScaler";
  /** Smallest value of every variable. */
  readonly min: readonly number[];
  /** Largest value of every variable. */
  readonly max: readonly number[];
  /** The option `featureRange`. */
  readonly featureRange: readonly [number, number];
  /** The option `missing`. */
  readonly missing: "error" | "keep";
}

const OPTIONS: OptionNames<MinMaxScalerOptions> = { missing: true, featureRange: true };

/**
 * Scales every variable to a range: z = low + (x - min) / (max - min) · (high - low).
 *
 * @remarks
 * Series `[T]` or `[T, V]`; `transform` and `inverseTransform` also take tensors `[..., V]`, such as windows, and any shape if
 * there is one variable. Values beyond those of `fit` are scaled beyond the range. A constant variable becomes `low`, as if
 * max - min were 1. Computed in float64. Source: `MinMaxScaler` of scikit-learn.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError for a range that is empty, for values that are not finite (NaN passes with `missing: "keep"`) or without
 * steps.
 * @throws ShapeError if values have another number of variables than those that it was fitted to.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { MinMaxScaler } from "@rnn/train/forecasting";
 *
 * const scaler = new MinMaxScaler({ featureRange: [-1, 1] }).fit([10, 20, 30]);
 * scaler.transform([15, 40]); // => [-0.5, 2]
 * scaler.inverseTransform(tensor([[-0.5], [2]])).toArray(); // => [[15], [40]]
 * ```
 *
 * @public
 */
export class MinMaxScaler implements Scaler {
  readonly #missing: "error" | "keep";
  readonly #range: readonly [number, number];
  #min: readonly number[] = [];
  #max: readonly number[] = [];

  constructor(options: MinMaxScalerOptions = {}) {
    const where = "MinMaxScaler";
    checkOptions(where, options, OPTIONS);
    const { missing = "error", featureRange = [0, 1] } = options;
    checkChoice(where, "missing", missing, ["error", "keep"]);
    this.#missing = missing;
    this.#range = checkedRange(where, featureRange);
  }

  /** Smallest value of every variable; empty before `fit`. */
  get min(): readonly number[] {
    return this.#min;
  }

  /** Largest value of every variable; empty before `fit`. */
  get max(): readonly number[] {
    return this.#max;
  }

  /** Number of variables; 0 before `fit`. */
  get variables(): number {
    return this.#min.length;
  }

  /** Learns smallest and largest value of every variable. Fit it to the training part alone. */
  fit(series: Series): this {
    const columns = readTraining("MinMaxScaler.fit", series, this.#missing);
    this.#min = columns.map((values) => values.reduce((least, x) => Math.min(least, x)));
    this.#max = columns.map((values) => values.reduce((most, x) => Math.max(most, x)));
    return this;
  }

  /** Values to the range. */
  transform<S extends Series>(values: S): SameForm<S> {
    const [min, [low]] = [this.#min, this.#range];
    const factors = this.#factors();
    const toRange = (x: number, v: number): number => low + (x - min[v]!) * factors[v]!;
    return mapColumns("MinMaxScaler.transform", values, this.variables, this.#missing, toRange);
  }

  /** From the range back to values. */
  inverseTransform<S extends Series>(values: S): SameForm<S> {
    const [min, [low]] = [this.#min, this.#range];
    const factors = this.#factors();
    const toValue = (z: number, v: number): number => min[v]! + (z - low) / factors[v]!;
    return mapColumns("MinMaxScaler.inverseTransform", values, this.variables, this.#missing, toValue);
  }

  /** A scaler of some of the variables, in that order, such as the forecast ones. */
  select(variables: readonly number[]): MinMaxScaler {
    checkVariables("MinMaxScaler.select", "variables", variables, this.variables);
    const chosen = new MinMaxScaler({ missing: this.#missing, featureRange: this.#range });
    chosen.#min = variables.map((v) => this.#min[v]!);
    chosen.#max = variables.map((v) => this.#max[v]!);
    return chosen;
  }

  /** What `JSON.stringify` writes. */
  toJSON(): MinMaxScalerJSON {
    const [min, max, featureRange, missing] = [this.#min, this.#max, this.#range, this.#missing];
    return { type: "MinMaxScaler", min, max, featureRange, missing };
  }

  /**
   * The scaler that was saved.
   *
   * @throws TypeError if `json` is something else, and says what.
   * @throws RangeError if a largest value is below the smallest, or the range is empty.
   */
  static fromJSON(json: unknown): MinMaxScaler {
    const where = "MinMaxScaler.fromJSON";
    const { min, max } = readLists(where, json, "MinMaxScaler", ["min", "max"]);
    const bad = max.findIndex((value, v) => value < min[v]!);
    if (bad >= 0) {
      throw new RangeError(`${where}: variable ${bad} has max ${max[bad]} below min ${min[bad]}`);
    }
    const featureRange = checkedRange(where, (json as { featureRange?: unknown }).featureRange);
    const scaler = new MinMaxScaler({ missing: readMissing(where, json), featureRange });
    scaler.#min = min;
    scaler.#max = max;
    return scaler;
  }

  /** What the distance from the smallest value is multiplied by, for every variable. */
  #factors(): number[] {
    const [low, high] = this.#range;
    return this.#min.map((min, v) => {
      const width = this.#max[v]! - min;
      return (high - low) / (width < 10 * Number.EPSILON ? 1 : width); // too narrow counts as constant
    });
  }
}

function checkedRange(where: string, range: unknown): readonly [number, number] {
  const [low, high] = Array.isArray(range) && range.length === 2 ? (range as unknown[]) : [];
  if (Number.isFinite(low) && Number.isFinite(high) && (low as number) < (high as number)) {
    return [low as number, high as number];
  }
  throw new RangeError(`${where}: featureRange must be [low, high] with low < high, got ${describe(range)}`);
}
