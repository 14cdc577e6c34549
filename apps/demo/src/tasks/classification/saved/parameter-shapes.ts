import { pooledSize, type RecurrentConfig } from "../model.ts";
import { KERNEL_SIZES } from "../models/baseline-classifier.ts";
import type { ModelConfig } from "../models/config.ts";

/** Rows of a recurrent weight per hidden unit. */
const GATES: Readonly<Record<RecurrentConfig["cell"], number>> = { rnn: 1, lstm: 4, gru: 3 };

/** Names and shapes of parameters. */
type Shapes = [name: string, shape: readonly number[]][];

/**
 * Names and shapes of the parameters a configuration leads to, in PyTorch's order.
 *
 * Known without building the model, so that a file can be refused before it makes anyone allocate.
 */
export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  return new Map(shapesOf(config, config.classes === 2 ? 1 : config.classes));
}

function shapesOf(config: ModelConfig, logits: number): Shapes {
  const { words, classes } = config;
  switch (config.kind) {
    case "recurrent":
      return recurrentShapes(config, logits);
    case "bag-of-words":
      return [
        ["network.bias", [logits]],
        ["network.words.weight", [words, logits]],
      ];
    case "mlp": {
      const { embedding, length, hidden, dropout } = config;
      // without dropout there is no layer of it to count
      const last = dropout === 0 ? 2 : 3;
      return [
        ["network.embedding.weight", [words, embedding]],
        ...linearShapes("network.mlp.0", length * embedding, hidden),
        ...linearShapes(`network.mlp.${last}`, hidden, logits),
      ];
    }
    case "cnn": {
      const { embedding, kernels } = config;
      return [
        ["network.embedding.weight", [words, embedding]],
        ...KERNEL_SIZES.flatMap((size, i): Shapes => {
          const name = `network.convs.${i}`;
          return [
            [`${name}.weight`, [kernels, embedding, size]],
            [`${name}.bias`, [kernels]],
          ];
        }),
        ...linearShapes("network.linear", kernels * KERNEL_SIZES.length, logits),
      ];
    }
    case "hmm": {
      const { states } = config;
      return [
        ["prior", [classes]],
        ["start", [classes, states]],
        ["transition", [classes, states, states]],
        ["emission", [classes, states, words]],
      ];
    }
  }
}

function recurrentShapes(config: RecurrentConfig, logits: number): Shapes {
  const { cell, words, embedding, hidden, layers, directions, pairs = [] } = config;
  const rows = GATES[cell] * hidden;
  const shapes: Shapes = [["embedding.weight", [words, embedding]]];
  if (pairs.length > 0) shapes.push(["pairs.weight", [pairs.length / 2 + 1, embedding]]);
  for (let layer = 0; layer < layers; layer++) {
    const inputs = layer === 0 ? embedding : directions * hidden;
    for (const direction of ["", "_reverse"].slice(0, directions)) {
      const suffix = `l${layer}${direction}`;
      shapes.push(
        [`${cell}.weight_ih_${suffix}`, [rows, inputs]],
        [`${cell}.weight_hh_${suffix}`, [rows, hidden]],
        [`${cell}.bias_ih_${suffix}`, [rows]],
        [`${cell}.bias_hh_${suffix}`, [rows]],
      );
    }
  }
  return [...shapes, ...linearShapes("linear", pooledSize(config), logits)];
}

function linearShapes(name: string, inFeatures: number, outFeatures: number): Shapes {
  return [
    [`${name}.weight`, [outFeatures, inFeatures]],
    [`${name}.bias`, [outFeatures]],
  ];
}
