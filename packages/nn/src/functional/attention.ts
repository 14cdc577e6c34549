import { ShapeError, type Tensor } from "@rnn/tensor";
import { type Variable, variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { checkFloat } from "../dtype.ts";
import { checkLengths, type Lengths, lengthsOrAll } from "../lengths.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { matmul } from "./matmul.ts";
import { checkTensor } from "./operand.ts";
import { softmaxUpTo } from "./softmax-up-to.ts";

/**
 * What attention gives.
 *
 * @public
 */
export interface Attention {
  /** The mean of the values under the weights: `[N, Q, V]`, or `[N, V]` for a query of two dimensions. */
  output: Variable;
  /** How much each query looks at each key, each row adding up to 1: `[N, Q, S]` or `[N, S]`. */
  weights: Variable;
}

/**
 * Options of attention over a batch of sequences.
 *
 * @public
 */
export interface AttentionOptions {
  /** How many of its keys each row of the batch has; all if absent. Keys past the end get the weight 0. */
  lengths?: Lengths | undefined;
}

/**
 * Options of {@link dotProductAttention}.
 *
 * @public
 */
export interface DotProductAttentionOptions extends AttentionOptions {
  /** What scores are multiplied by; `1` for plain dot products. Default `1 / √E`. */
  scale?: number | undefined;
}

const optionNames: OptionNames<DotProductAttentionOptions> = { lengths: true, scale: true };

/**
 * Attention with dot products as scores: `softmax(scale q kᵀ) v`.
 *
 * @remarks
 * Shapes: `query` `[N, Q, E]` or `[N, E]`, `keys` `[N, S, E]`, `values` `[N, S, V]`, the output `[N, Q, V]` or `[N, V]`. For an
 * encoder's output `[S, N, H]`, pass `output.transpose(0, 1)` as keys and as values. A row of length 0 gives zeros. Without
 * `lengths` it equals `torch.nn.functional.scaled_dot_product_attention`. Source: Luong et al. 2015; the scale, Vaswani et
 * al. 2017.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws RangeError if a length is not an integer from 0 to the number of keys.
 * @throws TypeError if query, keys and values are not floating tensors of one dtype, or an option is unknown or no number.
 *
 * @example
 * ```ts
 * import { dotProductAttention, variable } from "@rnn/nn";
 *
 * const keys = variable([[[1, 0], [0, 1], [5, 5]]]); // [N, S, E]
 * const values = variable([[[10], [20], [99]]]);
 * const { output, weights } = dotProductAttention(variable([[0, 2]]), keys, values, { lengths: [2], scale: 1 });
 * weights.value.toArray(); // => [[0.1192, 0.8808, 0]]
 * output.value.toArray(); // => [[18.808]]
 * ```
 *
 * @public
 */
export function dotProductAttention(
  query: Variable | Tensor,
  keys: Variable | Tensor,
  values: Variable | Tensor,
  options: DotProductAttentionOptions = {},
): Attention {
  const where = "dotProductAttention";
  const { lengths, scale } = checkOptions(where, options, optionNames);
  checkAttention(where, query, keys, values, lengths);
  if (scale !== undefined && !Number.isFinite(scale)) {
    throw new TypeError(`${where}: scale must be a finite number, got ${describe(scale)}`);
  }
  const features = keys.shape[2]!;
  if (query.shape[query.ndim - 1] !== features) {
    throw new ShapeError(
      `${where}: query has ${query.shape[query.ndim - 1]} features in its last dimension, but keys have ${features} ` +
        `(query shape ${printShape(query.shape)}, keys shape ${printShape(keys.shape)})`,
    );
  }
  const q = variable(query);
  const rows = q.ndim === 2 ? q.unsqueeze(1) : q;
  const scores = matmul(rows.mul(scale ?? 1 / Math.sqrt(features)), variable(keys).transpose(1, 2));
  return attend(scores, variable(values), lengths, q.ndim === 2);
}

/**
 * The weighted mean of `values` `[N, S, V]` that `scores` `[N, Q, S]` ask for.
 *
 * @param single - whether there is one query per row, whose dimension is dropped
 */
export function attend(
  scores: Variable,
  values: Variable,
  lengths: Lengths | undefined,
  single: boolean,
): Attention {
  const [batch, , steps] = scores.shape as [number, number, number];
  const weights = softmaxUpTo(scores, lengthsOrAll(lengths, batch, steps));
  const output = matmul(weights, values);
  return single ? { output: output.squeeze(1), weights: weights.squeeze(1) } : { output, weights };
}

/** Throws unless query, keys and values are batches of one size, with as many values as keys. */
export function checkAttention(
  where: string,
  query: Variable | Tensor,
  keys: Variable | Tensor,
  values: Variable | Tensor,
  lengths: Lengths | undefined,
): void {
  const { dtype } = checkTensor(where, "keys", keys);
  checkFloat(where, "keys", dtype);
  for (const [name, x] of Object.entries({ query, values })) {
    if (checkTensor(where, name, x).dtype === dtype) continue;
    throw new TypeError(
      `${where}: ${name} is ${x.dtype}, but keys are ${dtype}; convert it with .to("${dtype}")`,
    );
  }
  if (query.ndim !== 2 && query.ndim !== 3) {
    throw new ShapeError(
      `${where}: query has shape ${printShape(query.shape)}, expected [N,Q,E], or [N,E] for one query per row`,
    );
  }
  for (const [name, sequence, expected] of [
    ["keys", keys, "[N,S,E]"],
    ["values", values, "[N,S,V]"],
  ] as const) {
    if (sequence.ndim !== 3) {
      throw new ShapeError(
        `${where}: ${name} have shape ${printShape(sequence.shape)}, expected ${expected}`,
      );
    }
  }
  const [batch, steps] = keys.shape as [number, number];
  if (query.shape[0] !== batch || values.shape[0] !== batch) {
    throw new ShapeError(
      `${where}: query, keys and values have batches of ${query.shape[0]}, ${batch} and ${values.shape[0]} rows; they must be equal`,
    );
  }
  if (values.shape[1] !== steps) {
    throw new ShapeError(
      `${where}: there are ${values.shape[1]} values for ${steps} keys (values shape ${printShape(values.shape)}, keys shape ${printShape(keys.shape)})`,
    );
  }
  if (lengths !== undefined) checkLengths(where, lengths, steps, batch, keys.shape);
}
