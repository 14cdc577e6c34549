import { type GoldenAdapter, golden } from "../../adapter.ts";
import { need } from "../../library.ts";
import { toOperands, type Value } from "../../tensors.ts";
import { compare } from "../differentiate.ts";

/** Options of the losses in PyTorch's spelling; which ones are there depends on the loss. */
export interface LossConfig {
  readonly reduction?: "mean" | "sum" | "none" | "batchmean";
  readonly label_smoothing?: number;
  readonly ignore_index?: number;
  readonly beta?: number;
  readonly delta?: number;
  readonly log_target?: boolean;
}

/** Losses here, by their names in `torch.nn.functional`. */
const names: Readonly<Record<string, string>> = {
  cross_entropy: "crossEntropy",
  nll_loss: "nllLoss",
  binary_cross_entropy: "binaryCrossEntropy",
  binary_cross_entropy_with_logits: "bceWithLogits",
  mse_loss: "mseLoss",
  l1_loss: "l1Loss",
  smooth_l1_loss: "smoothL1Loss",
  huber_loss: "huberLoss",
  kl_div: "klDiv",
};

/** The losses of the cases, in PyTorch's spelling. */
export const lossNames: readonly string[] = Object.keys(names);

/** A loss by its PyTorch name; weights are constants, so tensors. */
export function loss(
  name: string,
  inputs: Readonly<Record<string, Value | undefined>>,
  config: LossConfig,
): Value {
  const { input, target, weight, pos_weight: posWeight } = inputs;
  const options = {
    reduction: config.reduction,
    labelSmoothing: config.label_smoothing,
    ignoreIndex: config.ignore_index,
    beta: config.beta,
    delta: config.delta,
    logTarget: config.log_target,
    weight,
    posWeight,
  };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return need("nn", names[name] ?? name)(input, target, given);
}

/** kinds of losses.json: the value of a loss, and the gradients of input and target. */
export const lossCase: GoldenAdapter = golden<LossConfig>((c, context) => {
  const inputs = toOperands(c.inputs, c.grads.inputs);
  compare(c, context, { outputs: { loss: loss(c.kind, inputs, c.config) }, inputs });
});
