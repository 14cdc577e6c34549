import type { Parameter } from "@rnn/nn";
import { type FloatArray, floatData } from "../float-data.ts";
import type { Barrier } from "./barrier.ts";
import { NONE, ROWS, type SharedModel, WHOLE } from "./shared-model.ts";
import { sumPart } from "./weighted-sum.ts";

/** Before gradients are computed: copies weights and buffers from shared memory, and freezes the parameters that are frozen there. */
export function fetchWeights({ parameters, weights, buffers, isLearned }: SharedModel): void {
  for (const { own, shared } of [...weights, ...buffers]) own.set(shared);
  for (const [i, parameter] of parameters.entries()) parameter.requiresGrad = isLearned[i] === 1;
}

/**
 * Adds the gradients of replica `index` to those of the others, factor · Σ_r w_r g_r / Σ_r w_r.
 *
 * Waits for the others to do it too. Then each adds up its part of every gradient, in the order of the replicas; gradients that
 * consist of rows are left to the training thread. The first replica also copies its buffers to shared memory.
 *
 * @param weight - weight of its gradients in the mean; 0 if it has none
 */
export function exchangeGradients(
  shared: SharedModel,
  barrier: Barrier,
  index: number,
  weight: number,
  factor: number,
): void {
  const { parameters, gradients } = shared;
  const mine = gradients[index]!;
  shared.count(index, weight);
  for (const [i, parameter] of parameters.entries()) {
    mine.kinds[i] = weight === 0 ? NONE : write(parameter, mine.values[i]!, mine.lists[i]!);
  }
  if (index === 0) for (const buffer of shared.buffers) buffer.shared.set(buffer.own);
  barrier.wait();

  const wholes = [...parameters.keys()].filter((i) => shared.has(WHOLE, i));
  if (wholes.some((i) => shared.has(NONE, i) || shared.has(ROWS, i))) {
    for (const i of wholes) {
      if (mine.kinds[i] === NONE) mine.values[i]!.fill(0);
      if (mine.kinds[i] === ROWS) mine.values[i]!.set(floatData(parameters[i]!.grad!));
    }
    barrier.wait();
  }
  const shares = shared.shares(factor);
  for (const i of wholes) {
    const summands = gradients.map(({ values }) => values[i]!);
    sumPart(summands, shares, index, gradients.length);
  }
}

/** Writes the gradient of a parameter into shared memory; returns its kind. */
function write(parameter: Parameter, values: FloatArray, list: Int32Array): number {
  const { rowGrad } = parameter;
  if (rowGrad !== null) {
    list[0] = rowGrad.rows.length;
    list.set(rowGrad.rows, 1);
    values.set(rowGrad.values);
    return ROWS;
  }
  if (parameter.grad === null) return NONE;
  values.set(floatData(parameter.grad));
  return WHOLE;
}
