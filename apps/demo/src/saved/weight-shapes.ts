/** Names and shapes of weights, in the order of the state dict. */
export type WeightShapes = (readonly [name: string, shape: readonly number[]])[];

/** Sizes of a stack of recurrent layers. */
export interface RecurrentSizes {
  readonly cell: "rnn" | "lstm" | "gru";
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly directions?: 1 | 2 | undefined;
}

/** Rows of a recurrent weight per hidden unit. */
const GATES: Readonly<Record<RecurrentSizes["cell"], number>> = { rnn: 1, lstm: 4, gru: 3 };

/** The weights of recurrent layers, under the name of their cell. */
export function recurrentShapes({
  cell,
  inputSize,
  hiddenSize,
  layers,
  directions = 1,
}: RecurrentSizes): WeightShapes {
  const rows = GATES[cell] * hiddenSize;
  return Array.from({ length: layers }, (_, layer) => layer).flatMap((layer) => {
    const inputs = layer === 0 ? inputSize : directions * hiddenSize;
    return ["", "_reverse"].slice(0, directions).flatMap((direction): WeightShapes => {
      const suffix = `l${layer}${direction}`;
      return [
        [`${cell}.weight_ih_${suffix}`, [rows, inputs]],
        [`${cell}.weight_hh_${suffix}`, [rows, hiddenSize]],
        [`${cell}.bias_ih_${suffix}`, [rows]],
        [`${cell}.bias_hh_${suffix}`, [rows]],
      ];
    });
  });
}

/** The weights of a linear layer. */
export function linearShapes(name: string, inFeatures: number, outFeatures: number): WeightShapes {
  return [
    [`${name}.weight`, [outFeatures, inFeatures]],
    [`${name}.bias`, [outFeatures]],
  ];
}
