import type { Tensor } from "@rnn/tensor";
import { ShapeError } from "@rnn/tensor";
import { type Variable, variable } from "../autograd/variable.ts";
import { type Attention, type AttentionOptions, attend, checkAttention } from "../functional/attention.ts";
import { Module } from "../module.ts";
import { checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { Linear } from "./linear.ts";
import { type ParameterOptions, parameterOptionNames } from "./options.ts";

/**
 * Options of {@link AdditiveAttention}.
 *
 * @public
 */
export interface AdditiveAttentionOptions extends ParameterOptions {
  /** Features of a query: the size of the decoder's state. */
  querySize: number;
  /** Features of a key: the size of the encoder's output. */
  keySize: number;
  /** Units that query and key are compared in. */
  hiddenSize: number;
}

const optionNames: OptionNames<AdditiveAttentionOptions> = {
  querySize: true,
  keySize: true,
  hiddenSize: true,
  ...parameterOptionNames,
};
const forwardNames = { values: true, lengths: true } as const;

/**
 * Attention with a small network as score: `softmax(wᵀ tanh(W_q q + W_k k + b)) v`.
 *
 * @remarks
 * Shapes: query `[N, Q, querySize]` or `[N, querySize]`, keys `[N, S, keySize]`, values `[N, S, V]` (the keys themselves if left
 * out), output `[N, Q, V]` or `[N, V]`. Parameters: `query.weight` `[hiddenSize, querySize]`, `key.weight`
 * `[hiddenSize, keySize]`, `key.bias` `[hiddenSize]` and `score.weight` `[1, hiddenSize]`, each initialised as those of
 * {@link Linear}. A row of length 0 gives zeros. Source: Bahdanau et al. 2015.
 *
 * @throws RangeError if a size is not a positive integer.
 *
 * @example
 * ```ts
 * import { AdditiveAttention } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const attention = new AdditiveAttention({ querySize: 4, keySize: 6, hiddenSize: 8 });
 * const { output, weights } = attention.forward(zeros([2, 4]), zeros([2, 3, 6]), { lengths: [3, 1] });
 * output.shape; // => [2, 6]
 * weights.value.toArray()[1]; // => [1, 0, 0]
 * ```
 *
 * @public
 */
export class AdditiveAttention extends Module {
  /** Features of a query. */
  readonly querySize: number;
  /** Features of a key. */
  readonly keySize: number;
  /** Units that query and key are compared in. */
  readonly hiddenSize: number;
  readonly #query: Linear;
  readonly #key: Linear;
  readonly #score: Linear;

  constructor(options: AdditiveAttentionOptions) {
    super();
    checkOptions("AdditiveAttention", options, optionNames);
    const { querySize, keySize, hiddenSize, dtype, generator } = options;
    for (const [name, size] of Object.entries({ querySize, keySize, hiddenSize })) {
      checkPositive("AdditiveAttention", name, size);
    }
    const shared = { dtype, generator };
    this.querySize = querySize;
    this.keySize = keySize;
    this.hiddenSize = hiddenSize;
    this.#query = this.child(
      "query",
      new Linear({ inFeatures: querySize, outFeatures: hiddenSize, bias: false, ...shared }),
    );
    this.#key = this.child("key", new Linear({ inFeatures: keySize, outFeatures: hiddenSize, ...shared }));
    this.#score = this.child(
      "score",
      new Linear({ inFeatures: hiddenSize, outFeatures: 1, bias: false, ...shared }),
    );
  }

  /**
   * Lets each query look at the keys.
   *
   * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
   * @throws RangeError if a length is not an integer from 0 to the number of keys.
   */
  override forward(
    query: Variable | Tensor,
    keys: Variable | Tensor,
    options: AttentionOptions & { values?: Variable | Tensor | undefined } = {},
  ): Attention {
    const { values = keys, lengths } = checkOptions("AdditiveAttention.forward", options, forwardNames);
    checkAttention("AdditiveAttention.forward", query, keys, values, lengths);
    checkSize("query", query, "querySize", this.querySize);
    checkSize("keys", keys, "keySize", this.keySize);
    const q = this.#query.forward(query); // [N, H] or [N, Q, H]
    const k = this.#key.forward(keys); // [N, S, H]
    const single = q.ndim === 2;
    const compared = (single ? q.unsqueeze(1) : q).unsqueeze(2).add(k.unsqueeze(1)).tanh(); // [N, Q, S, H]
    return attend(this.#score.forward(compared).squeeze(3), variable(values), lengths, single);
  }
}

function checkSize(what: string, x: Variable | Tensor, name: string, size: number): void {
  const features = x.shape[x.ndim - 1];
  if (features === size) return;
  throw new ShapeError(
    `AdditiveAttention.forward: ${what} ${what === "keys" ? "have" : "has"} ${features} features in the last dimension, ` +
      `but ${name} is ${size} (shape ${printShape(x.shape)})`,
  );
}
