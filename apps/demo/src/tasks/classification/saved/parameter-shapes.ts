import type { ModelConfig } from "../model.ts";

/** Rows of a recurrent weight per hidden unit. */
const GATES: Readonly<Record<ModelConfig["cell"], number>> = { rnn: 1, lstm: 4, gru: 3 };

/**
 * Names and shapes of the parameters a configuration leads to, in PyTorch's order.
 *
 * Known without building the model, so that a file can be refused before it makes anyone allocate.
 */
export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  const { cell, words, embedding, hidden, layers, directions, classes } = config;
  const rows = GATES[cell] * hidden;
  const shapes = new Map<string, readonly number[]>([["embedding.weight", [words, embedding]]]);
  for (let layer = 0; layer < layers; layer++) {
    const inputs = layer === 0 ? embedding : directions * hidden;
    for (const direction of ["", "_reverse"].slice(0, directions)) {
      const suffix = `l${layer}${direction}`;
      shapes.set(`${cell}.weight_ih_${suffix}`, [rows, inputs]);
      shapes.set(`${cell}.weight_hh_${suffix}`, [rows, hidden]);
      shapes.set(`${cell}.bias_ih_${suffix}`, [rows]);
      shapes.set(`${cell}.bias_hh_${suffix}`, [rows]);
    }
  }
  const logits = classes === 2 ? 1 : classes;
  shapes.set("linear.weight", [logits, directions * hidden]);
  shapes.set("linear.bias", [logits]);
  return shapes;
}
