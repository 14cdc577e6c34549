import {
  all,
  amax,
  amin,
  any,
  argmax,
  argmin,
  cumsum,
  flip,
  full,
  log,
  logsumexp,
  mean,
  norm,
  prod,
  square,
  sub,
  sum,
  type Tensor,
} from "@rnn/tensor";
import type { Node, Operator } from "./node.ts";

type Reduce = (x: Tensor, options: { dim: number[]; keepdim: boolean }) => Tensor;

/** No axes mean all of them, unless the node says that they mean none. */
const reduction =
  (reduce: Reduce): Operator =>
  (node) => {
    const x = node.tensor(0);
    const axes = node.list("axes", 1) ?? [];
    if (axes.length === 0 && node.flag("noop_with_empty_axes")) return [x];
    return [
      reduce(x, {
        dim: axes.length > 0 ? axes : x.shape.map((_, d) => d),
        keepdim: node.flag("keepdims", true),
      }),
    ];
  };

/** Truth values have any and all. */
const extremum = (ofNumbers: typeof amax, ofTruth: typeof any, ofNothing: number): Operator =>
  reduction((x, { dim, keepdim }) => {
    if (x.dtype === "bool") return ofTruth(x, { dim, keepdim });
    // the library refuses, as PyTorch does, to choose among no elements: ONNX has one more that loses to all others
    const rows = x.shape.map((n, d) => (n === 0 && dim.includes(d) ? 1 : n));
    return ofNumbers(x.size === 0 ? full(rows, ofNothing) : x, { dim, keepdim });
  });

const position =
  (find: typeof argmax): Operator =>
  (node) => {
    const x = node.tensor(0);
    const dim = node.number("axis", 0);
    const options = { dim, keepdim: node.flag("keepdims", true) };
    if (!node.flag("select_last_index")) return [find(x, options)];
    // the last of equal elements is the first from the other end
    return [sub((x.shape.at(dim) as number) - 1, find(flip(x, dim), options))];
  };

/** Operators that make fewer numbers of many, and running sums. */
export const reductions: Readonly<Record<string, Operator>> = {
  ReduceSum: reduction(sum),
  ReduceMean: reduction(mean),
  ReduceProd: reduction(prod),
  ReduceL1: reduction((x, options) => norm(x, { ...options, p: 1 })),
  ReduceL2: reduction((x, options) => norm(x, options)),
  ReduceLogSum: reduction((x, options) => log(sum(x, options))),
  ReduceLogSumExp: reduction(logsumexp),
  ReduceSumSquare: reduction((x, options) => sum(square(x), options)),
  ReduceMax: extremum(amax, any, -Infinity),
  ReduceMin: extremum(amin, all, Infinity),
  ArgMax: position(argmax),
  ArgMin: position(argmin),
  CumSum: (node) => [runningSum(node.tensor(0), axisOf(node), node)],
};

function axisOf(node: Node): number {
  return node.numbers(1)?.[0] ?? 0;
}

function runningSum(x: Tensor, axis: number, node: Node): Tensor {
  const isReverse = node.flag("reverse");
  const ordered = isReverse ? flip(x, [axis]) : x;
  const inclusive = cumsum(ordered, axis);
  const sums = node.flag("exclusive") ? sub(inclusive, ordered) : inclusive;
  return isReverse ? flip(sums, [axis]) : sums;
}
