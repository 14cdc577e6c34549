import { ShapeError, type Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "../functional/operand.ts";
import { sequenceMask } from "../functional/sequence-mask.ts";
import { where } from "../functional/where.ts";
import type { Embedding } from "../layers/embedding.ts";
import { checkLengths, type Lengths } from "../lengths.ts";
import { checkOptions } from "../options-check.ts";
import { printShape } from "../shape.ts";

/**
 * What `forward` of the text classifiers takes beside the ids.
 *
 * @public
 */
export interface TextForwardOptions {
  /** How many tokens each text has, in any order, zero included; what follows does not count. Default: all. */
  lengths?: Lengths | undefined;
}

/** Checks ids `[N, L]` and their lengths; returns the lengths. */
export function lengthsOfTexts(
  where: string,
  ids: Variable | Tensor,
  options: TextForwardOptions,
  expected = "[N,L]",
): Lengths {
  const { shape } = checkTensor(where, "ids", ids);
  const [batch, steps] = shape;
  if (batch === undefined || steps === undefined || shape.length > 2) {
    throw new ShapeError(`${where}: ids have shape ${printShape(shape)}, expected ${expected}`);
  }
  const { lengths = new Int32Array(batch).fill(steps) } = checkOptions(where, options, { lengths: true });
  checkLengths(where, lengths, steps, batch, shape);
  return lengths;
}

/** The vectors of the tokens of each text, `[N, L, E]`; zeros past its end. */
export function embedTexts(embedding: Embedding, ids: Variable | Tensor, lengths: Lengths): Variable {
  const embedded = embedding.forward(ids);
  return where(sequenceMask(lengths, ids.shape[1], { batchFirst: true }).unsqueeze(2), embedded, 0);
}
