import * as nn from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { type GradientCase, ids, type Shapes } from "./check.ts";

const classTarget = ids([2, 0, 1, 1]);
const soft = tensor(
  [
    [0.2, 0.3, 0.5],
    [1, 0, 0],
    [0, 0.5, 0.5],
    [0.1, 0.1, 0.8],
  ],
  { dtype: "float64" },
);
const weight = tensor([0.5, 2, 1], { dtype: "float64" });
const scores: Shapes = [[4, 3]];

/** Every loss, by name, with options behind a space. */
export const losses: Record<string, GradientCase> = {
  crossEntropy: [(x) => nn.crossEntropy(x!, classTarget), scores],
  "crossEntropy with every option": [
    (x) => nn.crossEntropy(x!, classTarget, { weight, ignoreIndex: 1, labelSmoothing: 0.2 }),
    scores,
  ],
  "crossEntropy of each row": [
    (x) => nn.crossEntropy(x!, classTarget, { weight, reduction: "none" }),
    scores,
  ],
  "crossEntropy with probabilities": [
    (x) => nn.crossEntropy(x!, soft, { weight, labelSmoothing: 0.1 }),
    scores,
  ],
  "crossEntropy of sequences": [(x) => nn.crossEntropy(x!, ids([0, 1, 1, 0], [2, 2])), [[2, 2, 2]]],
  nllLoss: [(x) => nn.nllLoss(x!, classTarget, { weight, ignoreIndex: 0 }), scores],
  binaryCrossEntropy: [
    (x, t) => nn.binaryCrossEntropy(x!.mul(0.3), t!, { weight }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  bceWithLogits: [
    (x, t) => nn.bceWithLogits(x!, t!, { weight, posWeight: tensor([[3], [0.5]], { dtype: "float64" }) }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  mseLoss: [
    (x, t) => nn.mseLoss(x!, t!),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  l1Loss: [
    (x, t) => nn.l1Loss(x!, t!, { reduction: "sum" }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  smoothL1Loss: [
    (x, t) => nn.smoothL1Loss(x!, t!, { beta: 0.7, reduction: "none" }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  huberLoss: [
    (x, t) => nn.huberLoss(x!, t!, { delta: 0.7 }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  quantileLoss: [
    (x, t) => nn.quantileLoss(x!, t!, { quantile: 0.2 }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  klDiv: [
    (x, t) => nn.klDiv(x!, t!),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  "klDiv of log targets": [
    (x, t) => nn.klDiv(x!, t!, { logTarget: true, reduction: "batchmean" }),
    [
      [2, 3],
      [2, 3],
    ],
  ],
};
