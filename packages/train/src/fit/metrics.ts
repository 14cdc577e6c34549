import { Variable } from "@rnn/nn";
import { ShapeError, Tensor } from "@rnn/tensor";
import { checkFunction, checkTensor } from "../check.ts";
import { checkLoss } from "../check-loss.ts";

/**
 * What a loss function returns: the loss, a scalar; if there are metrics, together with the output and targets that they are
 * computed from.
 *
 * @public
 */
export type LossResult =
  | Variable
  | { readonly loss: Variable; readonly output: Variable | Tensor; readonly targets: Tensor };

/**
 * A number gathered over the batches of an evaluation.
 *
 * @public
 */
export interface Metric {
  /** Takes in the output of one batch and its targets. */
  update(output: Tensor, targets: Tensor): void;
  /** The metric over all batches so far; NaN before the first. */
  readonly value: number;
  /** Whether smaller or larger values are better, for the option `monitor` of `fit`. Default `"max"`. */
  readonly mode?: "min" | "max" | undefined;
}

/**
 * Metrics by name, each as a function that makes a fresh one: `{ accuracy }`.
 *
 * @public
 */
export type Metrics<Name extends string> = { readonly [Key in Name]: () => Metric };

/** The loss variable of a result; throws if there is none, or not one number. */
export function lossOf(
  where: string,
  result: Variable | { readonly loss: Variable },
  expected = "a Variable or { loss, output, targets }",
): Variable {
  const loss: unknown = result instanceof Variable ? result : Object(result).loss;
  const variable = checkLoss(where, loss === undefined ? result : loss, expected);
  const { size, shape } = variable.value;
  if (size === 1) return variable;
  throw new ShapeError(
    `${where}: the loss must be one number, got shape [${shape.join(",")}]; take its mean() or leave out reduction: "none"`,
  );
}

/** Gathers several metrics at once. */
export class MetricSet<Name extends string> {
  readonly #metrics: readonly [Name, Metric][];
  readonly #where: string;

  constructor(where: string, metrics: Metrics<Name> | undefined) {
    this.#where = where;
    const makers = Object.entries(metrics ?? {}) as [Name, () => Metric][];
    this.#metrics = makers.map(([name, make]) => [name, make()]);
    for (const [name, metric] of this.#metrics) {
      checkFunction(where, `update of what metrics.${name} returns`, Object(metric).update);
    }
  }

  update(result: LossResult): void {
    if (this.#metrics.length === 0) return;
    if (!("output" in result)) {
      throw new TypeError(
        `${this.#where}: metrics need a loss function that returns { loss, output, targets }; it returned the loss alone`,
      );
    }
    const output = result.output instanceof Tensor ? result.output : result.output?.value;
    checkTensor(this.#where, "output", output);
    checkTensor(this.#where, "targets", result.targets);
    for (const [, metric] of this.#metrics) metric.update(output, result.targets);
  }

  get values(): Readonly<Record<Name, number>> {
    const entries = this.#metrics.map(([name, metric]) => [name, metric.value]);
    return Object.fromEntries(entries) as Record<Name, number>;
  }
}
