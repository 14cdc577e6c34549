import { record, type Variable } from "@rnn/nn";
import { Tensor, zeros } from "@rnn/tensor";
import type { SparseMatrix } from "@rnn/text";

/**
 * y = x Wᵀ + b for a sparse x, as one differentiable operation: touches only the words that occur.
 *
 * Shapes: x `[N, V]`, weight `[K, V]`, bias `[K]`, y `[N, K]`. x gets no gradient.
 */
export function sparseLinear(x: SparseMatrix, weight: Variable, bias: Variable): Variable {
  const { rows, columns, values } = x;
  const [count, width] = x.shape;
  const classes = bias.value.size;
  const w = weight.value.data;
  const b = bias.value.data;
  const y = new Float32Array(count * classes);
  for (let n = 0; n < count; n++) y.set(b, n * classes);
  for (let e = 0; e < values.length; e++) {
    for (let k = 0; k < classes; k++) y[rows[e]! * classes + k]! += values[e]! * w[k * width + columns[e]!]!;
  }
  return record("sparseLinear", [weight, bias], new Tensor(y, [count, classes]), (dy) => {
    const d = dy.contiguous().data;
    const dw = zeros([classes, width]);
    for (let e = 0; e < values.length; e++) {
      for (let k = 0; k < classes; k++)
        dw.data[k * width + columns[e]!]! += values[e]! * d[rows[e]! * classes + k]!;
    }
    return [dw, dy.sum({ dim: 0 })];
  });
}
