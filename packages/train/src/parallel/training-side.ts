import { RowGradient, record } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { zerosLike } from "../float-data.ts";
import { ROWS, type SharedModel, WHOLE } from "./shared-model.ts";

/** Before an exchange: copies weights and buffers to shared memory, and says which parameters are frozen. */
export function publishWeights({ parameters, weights, buffers, isLearned, gradients }: SharedModel): void {
  for (const { own, shared } of [...weights, ...buffers]) shared.set(own);
  for (const [i, parameter] of parameters.entries()) {
    isLearned[i] = Number(parameter.requiresGrad);
    // a gradient that is to be added to must not be overwritten
    const grad = parameter.rowGrad === null ? parameter.grad : null;
    if (grad !== null && grad.data.buffer === gradients[0]!.values[i]!.buffer) parameter.grad = grad.clone();
  }
}

/** After an exchange: adds the mean of the gradients to those of the parameters, as `backward()` would. */
export function receiveGradients(shared: SharedModel, factor: number): void {
  for (const buffer of shared.buffers) buffer.own.set(buffer.shared);
  const shares = shared.shares(factor);
  const means = shared.parameters.map(({ shape }, i) => {
    if (shared.has(WHOLE, i)) return new Tensor(shared.gradients[0]!.values[i]!, shape);
    return shared.has(ROWS, i) ? sumOfRows(shared, i, shares) : null;
  });
  record("replicas", shared.parameters, new Tensor(new Float32Array(1), []), () => means).backward();
}

/** Σ_r shares[r] g_r of a table of which every replica has some rows, or none. */
function sumOfRows({ parameters, gradients }: SharedModel, table: number, shares: Float64Array): RowGradient {
  const [count = 0, width = 0] = parameters[table]!.shape;
  const parts = gradients.map(({ values, lists, kinds }, r) => {
    const end = kinds[table] === ROWS ? 1 + lists[table]![0]! : 1;
    return { values: values[table]!, rows: lists[table]!.subarray(1, end), share: shares[r]! };
  });

  // the rows that any replica has, and the place of each in the sum, counted from 1
  const places = new Int32Array(count);
  const all: number[] = [];
  for (const { rows } of parts) for (const row of rows) if (places[row] === 0) places[row] = all.push(row);
  const sum = zerosLike(parts[0]!.values.subarray(0, all.length * width));
  for (const { values, rows, share } of parts) {
    for (let i = 0; i < rows.length; i++) {
      const to = (places[rows[i]!]! - 1) * width;
      for (let j = 0; j < width; j++) sum[to + j]! += share * values[i * width + j]!;
    }
  }
  return new RowGradient([count, width], Int32Array.from(all), sum);
}
