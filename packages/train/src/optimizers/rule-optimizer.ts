import type { Parameter, RowGradient } from "@rnn/nn";
import { zeros } from "@rnn/tensor";
import { checkOptions, nameOf } from "../check.ts";
import { type FloatArray, floatData, zerosLike } from "../float-data.ts";
import { FixedRow } from "./fixed-row.ts";
import type { Optimizer, OptimizerState, ZeroGradOptions } from "./optimizer.ts";
import { loadOptimizerState, saveOptimizerState } from "./optimizer-state.ts";
import {
  type OptimizedParameters,
  type ParameterGroup,
  type Resolved,
  resolveGroups,
} from "./parameter-groups.ts";
import { clearRows, putRows, takeRows } from "./rows.ts";
import { type KernelRule, ParameterState, type UpdateRule } from "./update-rule.ts";

/**
 * An optimizer made from an update rule: groups, null gradients, saving and loading are written here once.
 *
 * `SGD`, `Adam` and the others are this class with their rule; pass a rule of your own to make a new one.
 *
 * @remarks
 * The {@link @rnn/nn#Parameter.fixedRow} of a table stays as it is. Parameters and buffers keep their dtype; each element is
 * computed in float64 and rounded when stored. A step allocates nothing once its buffers exist.
 *
 * @throws TypeError for an unknown option or something that is not a parameter.
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { RuleOptimizer, type UpdateRule } from "@rnn/train";
 *
 * const signSGD: UpdateRule<{ learningRate?: number }> = {
 *   name: "SignSGD",
 *   defaults: { learningRate: 0.25 },
 *   buffers: [],
 *   check() {},
 *   update(values, gradient, _state, { learningRate }) {
 *     for (let i = 0; i < values.length; i++) values[i]! -= learningRate * Math.sign(gradient[i]!);
 *   },
 * };
 * const weight = new Parameter(tensor([1, 2]));
 * weight.grad = tensor([3, -0.1]);
 * new RuleOptimizer(signSGD, [weight]).step();
 * weight.value.toArray(); // => [0.75, 2.25]
 * ```
 *
 * @public
 */
export class RuleOptimizer<Options extends { learningRate?: number | undefined }> implements Optimizer {
  /** The groups; assigning to an option of one takes effect at the next step. */
  readonly parameterGroups: readonly (Resolved<Options> & ParameterGroup)[];
  readonly #rule: UpdateRule<Options> & Partial<KernelRule<Options>>;
  readonly #states = new Map<Parameter, ParameterState>();
  readonly #fixedRows = new Map<Parameter, FixedRow>();
  /** Whole arrays into which gradients that consist of rows are expanded; zeros between updates. */
  readonly #wholes = new Map<Parameter, FloatArray>();

  constructor(rule: UpdateRule<Options>, parameters: OptimizedParameters<Options>, options?: Options) {
    const given = options === undefined ? ({} as Options) : options;
    const groups = resolveGroups(rule.name, parameters, given, rule.defaults);
    for (const group of groups) rule.check(rule.name, group);
    this.parameterGroups = groups as unknown as readonly (Resolved<Options> & ParameterGroup)[];
    this.#rule = rule;
    for (const { parameters } of groups) {
      for (const parameter of parameters) {
        const values = floatData(parameter.value);
        this.#states.set(parameter, new ParameterState(values));
        const fixedRow = FixedRow.of(parameter, values);
        if (fixedRow !== null) this.#fixedRows.set(parameter, fixedRow);
      }
    }
  }

  /**
   * Updates every parameter that has a gradient.
   *
   * @throws RangeError if a gradient does not have as many elements as its parameter.
   */
  step(): void {
    let position = 0;
    for (const group of this.parameterGroups) {
      for (const parameter of group.parameters) {
        const { rowGrad } = parameter;
        const fixedRow = this.#fixedRows.get(parameter);
        fixedRow?.keep();
        const hasGradient = rowGrad !== null || parameter.grad !== null;
        if (rowGrad !== null) this.#updateRows(parameter, rowGrad, group);
        else if (hasGradient) this.#update(parameter, position, group);
        if (hasGradient) parameter.markChanged();
        fixedRow?.restore();
        position++;
      }
    }
  }

  #update(parameter: Parameter, position: number, group: Resolved<Options>): void {
    const state = this.#states.get(parameter) as ParameterState;
    const gradient = floatData(parameter.grad as NonNullable<Parameter["grad"]>);
    if (gradient.length !== state.values.length) {
      throw new RangeError(
        `${this.#rule.name}.step: the gradient of ${nameOf(parameter, position)} has ${gradient.length} elements, ` +
          `the parameter ${state.values.length}`,
      );
    }
    state.steps++;
    this.#apply(state.values, gradient, state, group);
  }

  /** {@link #update} for a table whose gradient consists of rows; the result is the same. */
  #updateRows(parameter: Parameter, gradient: RowGradient, group: Resolved<Options>): void {
    const state = this.#states.get(parameter) as ParameterState;
    const { values } = state;
    state.steps++;
    if (this.#rule.skipsZeros?.(group) === true) {
      const rows = takeRows(values, gradient);
      this.#apply(rows, gradient.values, state, group);
      putRows(values, gradient, rows);
    } else if (this.#rule.updateInMemory?.(values, gradient, state, group) !== true) {
      const whole = this.#wholes.get(parameter) ?? zerosLike(values);
      this.#wholes.set(parameter, whole);
      putRows(whole, gradient, gradient.values);
      this.#rule.update(values, whole, state, group);
      clearRows(whole, gradient);
    }
  }

  #apply(values: FloatArray, gradient: FloatArray, state: ParameterState, group: Resolved<Options>): void {
    if (this.#rule.updateInMemory?.(values, gradient, state, group) === true) return;
    this.#rule.update(values, gradient, state, group);
  }

  /** Forgets the gradients of all its parameters. */
  zeroGrad(options: ZeroGradOptions = {}): void {
    checkOptions(`${this.#rule.name}.zeroGrad`, options, { setToNull: true });
    const { setToNull = true } = options;
    for (const { parameters } of this.parameterGroups) {
      for (const parameter of parameters) {
        if (setToNull) parameter.grad = null;
        else if (parameter.grad !== null) parameter.grad = zeros(parameter.shape, { dtype: parameter.dtype });
      }
    }
  }

  /** A copy of everything needed to continue exactly from here. */
  stateDict(): OptimizerState {
    return saveOptimizerState(this.#rule, this.parameterGroups, this.#states);
  }

  /**
   * Continues from a state saved by an optimizer of the same class over the same parameters.
   *
   * The saved options replace the present ones, as in PyTorch.
   *
   * @throws RangeError naming what does not fit: class, groups, a buffer, its shape, an option out of range.
   */
  loadStateDict(state: OptimizerState): void {
    loadOptimizerState(state, this.#rule, this.parameterGroups, this.#states);
  }
}
