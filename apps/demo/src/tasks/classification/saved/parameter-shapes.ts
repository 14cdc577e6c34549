import { linearShapes, recurrentShapes, type WeightShapes } from "../../../saved/weight-shapes.ts";
import { pooledSize, type RecurrentConfig } from "../model.ts";
import { KERNEL_SIZES } from "../models/baseline-classifier.ts";
import type { ModelConfig } from "../models/config.ts";

/**
 * Names and shapes of the parameters a configuration leads to, in PyTorch's order.
 *
 * Known without building the model, so that a file can be refused before it makes anyone allocate.
 */
export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  return new Map(shapesOf(config, config.classes === 2 ? 1 : config.classes));
}

function shapesOf(config: ModelConfig, logits: number): WeightShapes {
  const { words, classes } = config;
  switch (config.kind) {
    case "recurrent":
      return classifierShapes(config, logits);
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
        ...KERNEL_SIZES.flatMap((size, i): WeightShapes => {
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

function classifierShapes(config: RecurrentConfig, logits: number): WeightShapes {
  const { words, embedding, hidden, pairs = [] } = config;
  return [
    ["embedding.weight", [words, embedding]],
    ...(pairs.length > 0 ? [["pairs.weight", [pairs.length / 2 + 1, embedding]] as const] : []),
    ...recurrentShapes({ ...config, inputSize: embedding, hiddenSize: hidden }),
    ...linearShapes("linear", pooledSize(config), logits),
  ];
}
