import { Module } from "@rnn/nn";
import { spectralNorm, spectralRadius, type Tensor } from "@rnn/tensor";
import { wrongKind } from "../check.ts";

/**
 * What a recurrent weight matrix does to a state at every step.
 *
 * @public
 */
export interface RecurrentSpectrum {
  /** Name of the parameter in the model. */
  readonly parameter: string;
  /** The gate that these rows of it belong to: `i`, `f`, `g`, `o` of an LSTM, `r`, `z`, `n` of a GRU; `null` for a plain recurrent layer. */
  readonly gate: string | null;
  /** Largest singular value: by how much one step can stretch a state. */
  readonly largestSingularValue: number;
  /** Largest absolute eigenvalue: the rate at which many steps grow or shrink it; `null` if the matrix is not square. */
  readonly spectralRadius: number | null;
}

/** The names of the gates by their number, in the order in which they lie in memory. */
const GATES: Readonly<Record<number, string>> = { 3: "rzn", 4: "ifgo" };

/**
 * Largest singular value and spectral radius of every recurrent weight matrix W_hh of a model, gate by gate.
 *
 * @remarks
 * Called at every `step` event of `fit` it shows how they change in training. For a plain recurrent layer, a largest singular
 * value below 1 makes gradients vanish, and they can explode only if it is above 1 (times the largest slope of the
 * nonlinearity). Recurrent matrices are the parameters whose names begin with `weight_hh`, those of layers and of cells.
 *
 * @throws TypeError if `model` is not a module.
 * @throws RangeError if a weight is not finite.
 *
 * @example
 * ```ts
 * import { RNN } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { recurrentSpectrum } from "@rnn/train/diagnostics";
 *
 * const rnn = new RNN({ inputSize: 1, hiddenSize: 2 });
 * rnn.loadStateDict({ weight_hh_l0: tensor([[0.5, 1], [0, 0.5]]) }, { strict: false });
 * const [spectrum] = recurrentSpectrum(rnn);
 * spectrum?.spectralRadius; // forgets in the long run ... => 0.5
 * spectrum?.largestSingularValue; // ... but can stretch a state for a while => 1.207
 * ```
 *
 * @public
 */
export function recurrentSpectrum(model: Module): RecurrentSpectrum[] {
  if (!(model instanceof Module)) throw wrongKind("recurrentSpectrum", "model", "a Module", model);
  const recurrent = model.namedParameters().filter(([name]) => /(^|\.)weight_hh[^.]*$/.test(name));
  return recurrent.flatMap(([parameter, { value }]) =>
    blocksOf(value).map(([gate, block]) => ({
      parameter,
      gate,
      largestSingularValue: spectralNorm(block),
      spectralRadius: block.shape[0] === block.shape[1] ? spectralRadius(block) : null,
    })),
  );
}

/** The square blocks of the gates, or the matrix as it is. */
function blocksOf(matrix: Tensor): [gate: string | null, block: Tensor][] {
  const [rows = 0, columns = 0] = matrix.shape;
  const gates = GATES[rows / columns];
  if (gates === undefined) return [[null, matrix]];
  return [...gates].map((gate, k) => [gate, matrix.slice([k * columns, (k + 1) * columns])]);
}
