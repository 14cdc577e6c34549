import {
  add,
  arange,
  argsort,
  expand,
  gather,
  indexSelect,
  lt,
  mul,
  nonzero,
  oneHot,
  permute,
  reshape,
  type ScatterReduction,
  scatter,
  scatterReduce,
  select,
  split,
  squeeze,
  stack,
  sub,
  type Tensor,
  topk,
  transpose,
  unique,
  unsqueeze,
  where,
  zeros,
} from "@rnn/tensor";
import type { Node, Operator } from "./node.ts";

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
  GatherND: (node) => [gatherBlocks(node)],
  ScatterElements: (node) => {
    const [x, axis] = [node.tensor(0), node.number("axis", 0)];
    const index = countFromFront(node.tensor(1), x.shape.at(axis) as number);
    return [scatterAs(node.text("reduction", "none"), x, axis, index, node.tensor(2))];
  },
  ScatterND: (node) => [scatterBlocks(node)],
  Compress: (node) => [compressed(node)],
  NonZero: (node) => [transpose(nonzero(node.tensor(0)), 0, 1)],
  OneHot: (node) => [oneHotBetween(node)],
  TopK: (node) => {
    const [k = 0] = node.numbers(1) ?? [];
    const { values, indices } = topk(node.tensor(0), k, {
      dim: node.number("axis", -1),
      largest: node.flag("largest", true),
    });
    return [values, indices];
  },
  Unique: (node) => uniqueParts(node),
  ReverseSequence: (node) => [reverseEach(node)],
};

/** The axis is replaced by all dimensions of the index. */
function takeAlong(x: Tensor, axis: number, index: Tensor): Tensor {
  const at = axis < 0 ? axis + x.ndim : axis;
  const flat = reshape(countFromFront(index, x.shape[at] as number), [-1]);
  const taken = indexSelect(x, at, flat);
  return reshape(taken, [...x.shape.slice(0, at), ...index.shape, ...x.shape.slice(at + 1)]);
}

function scatterAs(reduction: string, x: Tensor, dim: number, index: Tensor, values: Tensor): Tensor {
  const reductions: Readonly<Record<string, ScatterReduction>> = {
    add: "sum",
    mul: "prod",
    max: "amax",
    min: "amin",
  };
  const known = reductions[reduction];
  return known ? scatterReduce(x, dim, index, values, known) : scatter(x, dim, index, values);
}

/** The last dimension of the index names positions in the first dimensions of `x`: as positions in all of them as one. */
function flatPositions(index: Tensor, extents: readonly number[]): Tensor {
  let flat = zeros(index.shape.slice(0, -1), { dtype: "int32" });
  extents.forEach((extent, d) => {
    flat = add(mul(flat, extent), countFromFront(select(index, -1, d), extent));
  });
  return flat;
}

function gatherBlocks(node: Node): Tensor {
  const [x, index, batch] = [node.tensor(0), node.tensor(1), node.number("batch_dims", 0)];
  if (batch > 0) {
    const parts = split(x, 1).map((part, i) => pickBlocks(squeeze(part, 0), select(index, 0, i)));
    return stack(parts);
  }
  return pickBlocks(x, index);
}

function pickBlocks(x: Tensor, index: Tensor): Tensor {
  const depth = index.shape.at(-1) as number;
  const flat = flatPositions(index, x.shape.slice(0, depth));
  const taken = indexSelect(reshape(x, [-1, ...x.shape.slice(depth)]), 0, reshape(flat, [-1]));
  return reshape(taken, [...flat.shape, ...x.shape.slice(depth)]);
}

function scatterBlocks(node: Node): Tensor {
  const [x, index, values] = [node.tensor(0), node.tensor(1), node.tensor(2)];
  const depth = index.shape.at(-1) as number;
  const block = x.shape.slice(depth).reduce((a, b) => a * b, 1);
  const flat = reshape(flatPositions(index, x.shape.slice(0, depth)), [-1, 1]);
  const rows = expand(flat, [-1, block]);
  const result = scatterAs(
    node.text("reduction", "none"),
    reshape(x, [-1, block]),
    0,
    rows,
    reshape(values, [-1, block]),
  );
  return reshape(result, x.shape);
}

/** The positions of true elements, which may be fewer than there are elements, select. */
function compressed(node: Node): Tensor {
  const [x, condition] = [node.tensor(0), node.tensor(1)];
  const axis = node.number("axis", Number.NaN);
  const source = Number.isNaN(axis) ? reshape(x, [-1]) : x;
  return indexSelect(source, Number.isNaN(axis) ? 0 : axis, reshape(nonzero(condition), [-1]));
}

/** The class dimension goes where the axis says, and two values stand for no and yes. */
function oneHotBetween(node: Node): Tensor {
  const [depth = 0] = node.numbers(1) ?? [];
  const values = node.tensor(2);
  const rows = oneHot(countFromFront(node.tensor(0).to("int32"), depth), depth, { dtype: "bool" });
  const axis = node.number("axis", -1);
  const last = rows.ndim - 1;
  const order = rows.shape.map((_, d) => d).slice(0, last);
  order.splice(axis < 0 ? axis + rows.ndim : axis, 0, last);
  return where(permute(rows, order), select(values, 0, 1), select(values, 0, 0));
}

/** Unless they are to be sorted, the values are in the order in which they are found. */
function uniqueParts(node: Node): Tensor[] {
  const axis = node.number("axis", Number.NaN);
  const dim = Number.isNaN(axis) ? 0 : axis;
  const { values, indices, inverse, counts } = unique(
    node.tensor(0),
    Number.isNaN(axis) ? {} : { dim: axis },
  );
  const flat = reshape(inverse, [-1]);
  if (node.flag("sorted", true)) return [values, indices, flat, counts];
  const order = argsort(indices);
  const places = argsort(order);
  return [
    indexSelect(values, dim, order),
    indexSelect(indices, 0, order),
    indexSelect(places, 0, flat),
    indexSelect(counts, 0, order),
  ];
}

/** Along the time axis, the first elements of each sequence backwards. */
function reverseEach(node: Node): Tensor {
  const [x, lengths] = [node.tensor(0), node.tensor(1)];
  const alongTime = (list: Tensor): Tensor => (node.number("time_axis", 0) === 0 ? unsqueeze(list, 1) : list);
  const alongBatch = (list: Tensor): Tensor =>
    node.number("batch_axis", 1) === 0 ? unsqueeze(list, 1) : list;
  const axis = node.number("time_axis", 0);
  const time = alongTime(arange(x.shape[axis] as number));
  const length = alongBatch(lengths);
  const place = where(lt(time, length), sub(sub(length, 1), time), time);
  return gather(x, axis, place);
}

/** ONNX allows negative indices, the library and PyTorch do not. */
function countFromFront(index: Tensor, extent: number): Tensor {
  return where(lt(index, 0), add(index, extent), index);
}
