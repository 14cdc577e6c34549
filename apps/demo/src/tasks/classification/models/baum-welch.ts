import type { Parameter } from "@rnn/nn";
import type { Optimizer, OptimizerState, ParameterGroup } from "@rnn/train";

/** Options of {@link BaumWelch}. */
export interface BaumWelchOptions {
  /** Texts behind a gradient, which is that of their mean loss. */
  readonly samples: number;
  /** Added to every expected count, so that words a class never showed stay possible. */
  readonly smoothing: number;
}

/**
 * The maximisation step of Baum-Welch as an optimizer of log probabilities.
 *
 * The gradient of the log likelihood with respect to log probabilities is the expected counts; the next
 * probabilities of each row are these counts, smoothed and divided by their sum. One step per pass over all texts.
 */
export class BaumWelch implements Optimizer {
  readonly parameterGroups: readonly ParameterGroup[];
  readonly #options: BaumWelchOptions;
  #steps = 0;

  constructor(parameters: readonly Parameter[], options: BaumWelchOptions) {
    this.parameterGroups = [{ parameters, learningRate: 1 }];
    this.#options = options;
  }

  step(): void {
    const { samples, smoothing } = this.#options;
    for (const parameter of this.#parameters) {
      const { value, grad } = parameter;
      if (grad === null) continue;
      const logs = value.data as Float32Array;
      const slopes = grad.contiguous().data as Float32Array;
      const width = value.shape.at(-1)!;
      // counts are minus the gradient of the sum of the losses
      const countOf = (slope: number) => smoothing - samples * slope;
      for (let row = 0; row < logs.length; row += width) {
        const sum = slopes.subarray(row, row + width).reduce((total, slope) => total + countOf(slope), 0);
        if (sum === 0) continue; // a state that was never in
        for (let i = row; i < row + width; i++) logs[i] = Math.log(countOf(slopes[i]!) / sum);
      }
      parameter.markChanged();
    }
    this.#steps++;
  }

  zeroGrad(): void {
    for (const parameter of this.#parameters) parameter.grad = null;
  }

  stateDict(): OptimizerState {
    const parameters = this.#parameters;
    return {
      optimizer: "BaumWelch",
      groups: [{ size: parameters.length, options: { ...this.#options } }],
      steps: parameters.map(() => this.#steps),
      tensors: new Map(),
    };
  }

  loadStateDict({ steps }: OptimizerState): void {
    this.#steps = steps[0] ?? 0;
  }

  get #parameters(): readonly Parameter[] {
    return this.parameterGroups[0]!.parameters;
  }
}
