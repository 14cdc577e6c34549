import { ReLU } from "../layers/activations.ts";
import { Dropout } from "../layers/dropout.ts";
import { Linear } from "../layers/linear.ts";
import type { ParameterOptions } from "../layers/options.ts";
import { Sequential, type Step } from "../layers/sequential.ts";
import { checkPositive } from "../options-check.ts";

/** The sizes of hidden layers, given as one number or as a list; checked. */
export function hiddenSizesOf(where: string, hiddenSize: number | readonly number[]): readonly number[] {
  const sizes = Array.isArray(hiddenSize) ? (hiddenSize as readonly number[]) : [hiddenSize as number];
  for (const size of sizes) checkPositive(where, "hiddenSize", size);
  return sizes;
}

/** Linear layers of the given sizes with ReLU between them, and dropout before the last one. */
export function perceptron(
  inFeatures: number,
  sizes: readonly number[],
  dropout: number,
  options: ParameterOptions,
): Sequential {
  const steps: Step[] = [];
  sizes.forEach((outFeatures, i) => {
    if (i > 0) steps.push(new ReLU());
    if (i === sizes.length - 1 && dropout !== 0) {
      steps.push(new Dropout({ p: dropout, generator: options.generator }));
    }
    steps.push(new Linear({ inFeatures, outFeatures, ...options }));
    inFeatures = outFeatures;
  });
  return new Sequential(steps);
}
