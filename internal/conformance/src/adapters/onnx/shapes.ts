import {
  arange,
  broadcastShapes,
  broadcastTo,
  cat,
  chunk,
  eye,
  ones,
  type PadMode,
  pad,
  permute,
  reshape,
  split,
  squeeze,
  type Tensor,
  tile,
  tril,
  triu,
  unsqueeze,
} from "@rnn/tensor";
import type { Numbers } from "../../judge.ts";
import type { Node, Operator } from "./node.ts";

/** Operators that lay numbers out differently or make them from a shape. */
export const shapes: Readonly<Record<string, Operator>> = {
  Concat: (node) => [cat(node.tensors(), node.number("axis", 0))],
  Expand: (node) => [
    broadcastTo(node.tensor(0), broadcastShapes(node.tensor(0).shape, node.numbers(1) ?? [])),
  ],
  Flatten: (node) => [flattenAt(node.tensor(0), node.number("axis", 1))],
  Reshape: (node) => [reshapeTo(node.tensor(0), node.numbers(1) ?? [], node.flag("allowzero"))],
  Transpose: (node) => {
    const x = node.tensor(0);
    return [permute(x, node.list("perm", 1) ?? x.shape.map((_, d) => x.ndim - 1 - d))];
  },
  Squeeze: (node) => [squeeze(node.tensor(0), node.list("axes", 1))],
  Unsqueeze: (node) => [unsqueezeAll(node.tensor(0), node.list("axes", 1) ?? [])],
  Split: splitNode,
  Slice: sliceNode,
  Tile: (node) => [tile(node.tensor(0), node.numbers(1) ?? [])],
  Pad: (node) => [padded(node)],
  Trilu: (node) => {
    const triangle = node.flag("upper", true) ? triu : tril;
    return [triangle(node.tensor(0), node.numbers(1)?.[0])];
  },
  EyeLike: (node) => [eyeLike(node)],
  Range: (node) => {
    const [start = 0, stop = 0, step = 1] = [0, 1, 2].map((at) => node.numbers(at)?.[0]);
    return [arange(start, stop, { step, dtype: node.tensor(0).dtype })];
  },
  Shape: (node) => [shapeOf(node)],
  Size: (node) => [{ dtype: "int32", shape: [], data: [node.tensor(0).size] }],
};

/** Two dimensions: those before the axis, and the rest. */
function flattenAt(x: Tensor, axis: number): Tensor {
  const at = axis < 0 ? axis + x.ndim : axis;
  const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
  return reshape(x, [product(x.shape.slice(0, at)), product(x.shape.slice(at))]);
}

/** 0 copies the extent of the input, unless zeros are allowed. */
function reshapeTo(x: Tensor, shape: readonly number[], allowZero: boolean): Tensor {
  return reshape(
    x,
    shape.map((extent, d) => (extent === 0 && !allowZero ? (x.shape[d] as number) : extent)),
  );
}

/** Axes count in the result. */
function unsqueezeAll(x: Tensor, axes: readonly number[]): Tensor {
  const rank = x.ndim + axes.length;
  return axes
    .map((axis) => (axis < 0 ? axis + rank : axis))
    .sort((a, b) => a - b)
    .reduce((value, axis) => unsqueeze(value, axis), x);
}

/** Given sizes, or equal parts of which the last may be smaller. */
function splitNode(node: Node): Tensor[] {
  const x = node.tensor(0);
  const axis = node.number("axis", 0);
  const sizes = node.list("split", 1);
  if (sizes) return split(x, sizes, axis);
  return chunk(x, node.number("num_outputs", node.outputs), axis);
}

function sliceNode(node: Node): Tensor[] {
  const x = node.tensor(0);
  const [starts = [], ends = [], axes, steps] = [1, 2, 3, 4].map((at) => node.numbers(at));
  const specs: ([number, number, number] | null)[] = x.shape.map(() => null);
  starts.forEach((start, i) => {
    const axis = axes?.[i] ?? i;
    specs[axis < 0 ? axis + x.ndim : axis] = [start, ends[i] as number, steps?.[i] ?? 1];
  });
  return [x.slice(...specs)];
}

/** All numbers of one end come before those of the other; the library counts in pairs from the last dimension. */
function padded(node: Node): Tensor {
  const x = node.tensor(0);
  const numbers = node.numbers(1) ?? [];
  const axes = (node.numbers(3) ?? x.shape.map((_, d) => d)).map((axis) => (axis < 0 ? axis + x.ndim : axis));
  const padding = x.shape.flatMap((_, back) => {
    const at = axes.indexOf(x.ndim - 1 - back);
    return at < 0 ? [0, 0] : [numbers[at] as number, numbers[at + axes.length] as number];
  });
  const modes: Readonly<Record<string, PadMode>> = {
    edge: "replicate",
    wrap: "circular",
    reflect: "reflect",
  };
  const mode = modes[node.text("mode", "constant")] ?? "constant";
  return pad(x, padding, { mode, value: node.numbers(2)?.[0] });
}

/** Ones on a diagonal; ONNX numbers its types, 1 is float32 and 11 float64. */
function eyeLike(node: Node): Tensor {
  const k = node.number("k", 0);
  const x = node.tensor(0);
  const [rows, columns] = x.shape as [number, number];
  const dtypes: Readonly<Record<number, Tensor["dtype"]>> = {
    1: "float32",
    6: "int32",
    7: "int32",
    9: "bool",
    11: "float64",
  };
  const options = { dtype: dtypes[node.number("dtype", 0)] ?? x.dtype };
  return k === 0 ? eye(rows, columns, options) : tril(triu(ones([rows, columns], options), k), k);
}

/** Extents from `start` to `end`, as Python slices a list. */
function shapeOf(node: Node): Numbers {
  const { shape } = node.tensor(0);
  const data = shape.slice(node.number("start", 0), node.number("end", shape.length));
  return { dtype: "int32", shape: [data.length], data };
}
