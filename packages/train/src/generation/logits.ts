import { Variable } from "@rnn/nn";
import { ShapeError, Tensor } from "@rnn/tensor";
import { checkList } from "../check.ts";

/** Scores of the tokens of a vocabulary, before softmax: of a tensor `[V]`, or a list. */
export type Logits = Variable | Tensor | ArrayLike<number>;

/** The logits of one choice as float64. */
export function logitsOf(where: string, logits: Logits): Float64Array {
  const tensor = logits instanceof Variable ? logits.value : logits;
  if (!(tensor instanceof Tensor)) {
    checkList(where, "logits", tensor, "numbers, or a tensor [V]");
    return Float64Array.from(tensor);
  }
  if (tensor.ndim === 1) return rowOf(tensor.unsqueeze(0), 0);
  throw new ShapeError(
    `${where}: logits must have the shape [V], got [${tensor.shape.join(",")}]; choose for one row at a time`,
  );
}

/** Row `n` of logits `[N, V]` as float64. */
export function rowOf({ data, shape, strides, offset }: Tensor, n: number): Float64Array {
  const [step, start] = [strides[1]!, offset + n * strides[0]!];
  const row = new Float64Array(shape[1]!);
  for (let i = 0; i < row.length; i++) row[i] = data[start + i * step]!;
  return row;
}

/** The number Z for which log softmax(logits) is (logits - largest) - Z. */
export function logNormalizer(logits: Float64Array, largest: number): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - largest);
  return Math.log(sum);
}
