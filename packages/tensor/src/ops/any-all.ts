import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions, type Run, reduceRuns } from "./reduction.ts";

/**
 * Whether at least one element is true (not zero), of all of them or along dimensions.
 *
 * @remarks
 * The result is bool; NaN counts as true. Of nothing, it is false.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { any, tensor } from "@rnn/tensor";
 *
 * any(tensor([[0, 1], [0, 0]]), { dim: 1 }).toArray(); // => [true, false]
 * ```
 *
 * @public
 */
export function any(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceTruth("any", x, options, anyOfRun);
}

/**
 * Whether all elements are true (not zero), of all of them or along dimensions.
 *
 * @remarks
 * The result is bool; NaN counts as true. Of nothing, it is true.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { all, tensor } from "@rnn/tensor";
 *
 * all(tensor([[1, 1], [0, 1]]), { dim: 1 }).toArray(); // => [true, false]
 * ```
 *
 * @public
 */
export function all(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduceTruth("all", x, options, allOfRun);
}

/**
 * How many elements are not zero, of all of them or along dimensions.
 *
 * @remarks
 * The result is int32; NaN counts.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { countNonzero, tensor } from "@rnn/tensor";
 *
 * countNonzero(tensor([[0, 1], [2, 3]]), { dim: 1 }).toArray(); // => [1, 2]
 * ```
 *
 * @public
 */
export function countNonzero(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("countNonzero", x, options);
  const out = new Int32Array(reduction.outer * reduction.inner);
  reduceRuns(reduction, countOfRun, out);
  return new Tensor(out, reduction.shape);
}

const countOfRun: Run = (x, at, n, stride) => {
  let count = 0;
  for (let j = 0; j < n; j++) if (x[at + j * stride] !== 0) count++;
  return count;
};

function reduceTruth(where: string, x: Tensor, options: ReduceOptions, run: Run): Tensor {
  const reduction = layReduction(where, x, options);
  const out = new Uint8Array(reduction.outer * reduction.inner);
  reduceRuns(reduction, run, out);
  return new Tensor(out, reduction.shape);
}

const anyOfRun: Run = (x, at, n, stride) => {
  for (let j = 0; j < n; j++) if (x[at + j * stride] !== 0) return 1;
  return 0;
};

const allOfRun: Run = (x, at, n, stride) => {
  for (let j = 0; j < n; j++) if (x[at + j * stride] === 0) return 0;
  return 1;
};
