import { crossEntropy, Dropout, layerNorm, nllLoss } from "@rnn/nn";
import { add, einsum, logSoftmax, matmul, mul, softmax, type Tensor, transpose } from "@rnn/tensor";
import { absent } from "../../library.ts";
import type { Node, Operator } from "./node.ts";

/** Products, layers and losses. */
export const networks: Readonly<Record<string, Operator>> = {
  MatMul: (node) => [matmul(node.tensor(0), node.tensor(1))],
  Gemm: (node) => [gemm(node)],
  Einsum: (node) => [einsum(node.text("equation", ""), ...node.tensors())],
  Softmax: (node) => [softmax(node.tensor(0), node.number("axis", -1))],
  LogSoftmax: (node) => [logSoftmax(node.tensor(0), node.number("axis", -1))],
  // the operator's further outputs, mean and deviation, are not results of the layer
  LayerNormalization: (node) => {
    const x = node.tensor(0);
    const axis = node.number("axis", -1);
    const weight = node.tensor(1);
    const bias = node.has(2) ? node.tensor(2) : undefined;
    return [layerNorm(x, x.shape.slice(axis), { weight, bias, eps: node.number("epsilon", 1e-5) })];
  },
  BatchNormalization: () => absent("nn", "batchNorm", "BatchNorm1d"),
  InstanceNormalization: () => absent("nn", "instanceNorm", "InstanceNorm1d"),
  // the tests are in inference mode; the second output, the mask, is not a result of the layer
  Dropout: (node) => [new Dropout({ p: node.numbers(1)?.[0] ?? 0.5 }).eval().forward(node.tensor(0))],
  NegativeLogLikelihoodLoss: (node) => [nllLoss(node.tensor(0), node.tensor(1), lossOptions(node))],
  SoftmaxCrossEntropyLoss: (node) => [
    crossEntropy(node.tensor(0), node.tensor(1), lossOptions(node)),
    logSoftmax(node.tensor(0), 1),
  ],
};

/** alpha A B + beta C, with A and B transposed if wanted. */
function gemm(node: Node): Tensor {
  const operand = (position: number, flag: string): Tensor =>
    node.flag(flag) ? transpose(node.tensor(position), 0, 1) : node.tensor(position);
  const product = mul(matmul(operand(0, "transA"), operand(1, "transB")), node.number("alpha", 1));
  return node.has(2) ? add(product, mul(node.tensor(2), node.number("beta", 1))) : product;
}

function lossOptions(node: Node): {
  weight?: Tensor | undefined;
  ignoreIndex: number;
  reduction: "mean" | "sum" | "none";
} {
  return {
    weight: node.has(2) ? node.tensor(2) : undefined,
    // ONNX has no default; this is PyTorch's, and no class
    ignoreIndex: node.number("ignore_index", -100),
    reduction: node.text("reduction", "mean") as "mean" | "sum" | "none",
  };
}
