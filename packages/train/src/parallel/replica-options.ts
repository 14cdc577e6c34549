import type { Module, Variable } from "@rnn/nn";

/**
 * What the loss function of a replica returns: the loss, a scalar; with its weight if that is not the number of samples.
 *
 * @public
 */
export type ShardLoss = Variable | { readonly loss: Variable; readonly weight?: number | undefined };

/**
 * What a replica computes: a model, and either its loss or chunks of truncated backpropagation.
 *
 * @public
 */
export interface ReplicaOptions<Batch> {
  /** The model: the same as the one that is trained, up to its weights, which come from there. */
  model: Module;
  /**
   * Computes the mean loss of a shard. With `weight`, the loss counts that much in the mean over the batch, such as the
   * number of tokens that it is a mean over, instead of the number of samples in the shard.
   */
  loss?: ((shard: Batch) => ShardLoss) | undefined;
  /** In place of `loss`, where `fit` has `chunks`: leaves gradients in the parameters at each turn. */
  chunks?:
    | ((shard: Batch) => Iterable<{ readonly loss: number; readonly weight?: number | undefined }>)
    | undefined;
}
