import { add, gather, indexSelect, lt, reshape, type Tensor, where } from "@rnn/tensor";
import { absent } from "../../library.ts";
import type { Operator } from "./node.ts";

/** Operators that pick elements by position. */
export const indexing: Readonly<Record<string, Operator>> = {
  Gather: (node) => {
    const axis = node.number("axis", 0);
    return [takeAlong(node.tensor(0), axis, node.tensor(1))];
  },
  GatherElements: (node) => {
    const [x, axis] = [node.tensor(0), node.number("axis", 0)];
    return [gather(x, axis, countFromFront(node.tensor(1), x.shape.at(axis) as number))];
  },
  GatherND: () => absent("tensor", "gatherNd"),
  ScatterElements: () => absent("tensor", "scatter"),
  ScatterND: () => absent("tensor", "scatterNd"),
  Compress: () => absent("tensor", "maskedSelect"),
  NonZero: () => absent("tensor", "nonzero"),
  OneHot: () => absent("tensor", "oneHot"),
  TopK: () => absent("tensor", "topk"),
  Unique: () => absent("tensor", "unique"),
  ReverseSequence: () => absent("tensor", "reverseSequence"),
};

/** The axis is replaced by all dimensions of the index. */
function takeAlong(x: Tensor, axis: number, index: Tensor): Tensor {
  const at = axis < 0 ? axis + x.ndim : axis;
  const flat = reshape(countFromFront(index, x.shape[at] as number), [-1]);
  const taken = indexSelect(x, at, flat);
  return reshape(taken, [...x.shape.slice(0, at), ...index.shape, ...x.shape.slice(at + 1)]);
}

/** ONNX allows negative indices, the library and PyTorch do not. */
function countFromFront(index: Tensor, extent: number): Tensor {
  return where(lt(index, 0), add(index, extent), index);
}
