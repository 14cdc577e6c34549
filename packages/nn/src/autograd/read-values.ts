import type { GraphNode } from "./node.ts";

/** Operations whose backward function needs no input: at most the gradient, shapes, indices and its own result. */
const readNothing = new Set([
  "add",
  "sub",
  "neg",
  "clone",
  "to",
  "where",
  "sum",
  "mean",
  "cumsum",
  "maskedMean",
  "meanOverTime",
  "maxOverTime",
  "lastStep",
  "dropout",
  "embedding",
  "embeddingBag",
  "nllLoss",
  "gather",
  "indexSelect",
  "flip",
  "cat",
  "stack",
  "split",
  "chunk",
  "unbind",
  "select",
  "slice",
  "reshape",
  "flatten",
  "squeeze",
  "unsqueeze",
  "transpose",
  "permute",
  "expand",
  "contiguous",
  "sortRows",
  "unsortRows",
  "gatherSteps",
  "scatterSteps",
  "exp",
  "sqrt",
  "relu",
  "tanh",
  "sigmoid",
  "softmax",
  "softmaxUpTo",
  "logSoftmax",
]);

/** Products: either factor, the first two inputs, is read for the gradient of the other one; a bias is not. */
const products = new Set(["mul", "matmul", "linear", "conv1d"]);

/** Where the weights of the input are among the inputs of a layer's run; they are read for the gradient of input 0 alone. */
const inputWeights = new Map([
  ["layerNorm", 1],
  ["rnnSequence", 2],
  ["gruSequence", 2],
  ["gruResetBeforeSequence", 2],
  ["lstmSequence", 3],
]);

/** Whether the backward function of `node` reads the value of its input number `index`, of that shape. */
export function readsValue(node: GraphNode, index: number, shape: readonly number[]): boolean {
  const { name, inputs } = node;
  if (readNothing.has(name)) return false;
  if (products.has(name)) return index < 2 && Boolean(inputs[1 - index]);
  if (name === "div") return index === 1;
  const weights = inputWeights.get(name);
  if (weights === undefined) return true; // also operations of users: what they read is not known
  if (index === weights) return Boolean(inputs[0]);
  return index < weights || shape.length > 1; // biases have one dimension
}
