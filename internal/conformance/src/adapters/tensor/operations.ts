import type { Tensor } from "@rnn/tensor";
import { need, type PackageName } from "../../library.ts";
import type { Value } from "../../tensors.ts";

/** Everything the configuration of an operation may hold; which parts are there depends on the operation. */
export interface OperationConfig {
  readonly scalar?: number;
  readonly dim?: number | number[];
  readonly keepdim?: boolean;
  readonly dims?: number[];
  readonly shape?: number[];
  readonly slices?: [start: number | null, stop: number | null, step: number | null][];
  readonly index?: number;
  readonly size?: number | number[];
  readonly chunks?: number;
  readonly min?: number;
  readonly max?: number;
  /** Strided views of the inputs, taken before the operation: `{ input: [[operation, config], ...] }`. */
  readonly views?: Readonly<Record<string, [operation: string, config: OperationConfig][]>>;
}

type Operation = (from: PackageName, x: Value[], config: OperationConfig) => Value | Value[];

/**
 * Runs an operation by its PyTorch name: on tensors from `@rnn/tensor`, on variables from `@rnn/nn`.
 *
 * Both packages name and call their functions alike, so this table serves both.
 */
export function runOperation(
  from: PackageName,
  name: string,
  x: Value[],
  config: OperationConfig = {},
): Value | Value[] {
  const operation = operations[name];
  if (!operation) throw new Error(`the adapter does not know the operation ${name}`);
  return operation(from, x, config);
}

/** The results of an operation as the cases name them: `out`, or `out0`, `out1`, ... */
export function nameResults(result: Value | Value[]): Record<string, Value> {
  if (!Array.isArray(result)) return { out: result };
  return Object.fromEntries(result.map((value, i) => [`out${i}`, value]));
}

/** One operand and nothing else. */
const unary =
  (name: string): Operation =>
  (from, [x]) =>
    need(from, name)(x);

/** The second operand is a value or a number. */
const binary =
  (name: string): Operation =>
  (from, [a, b], { scalar }) =>
    need(from, name)(a, b ?? scalar);

/** Over everything, or over dimensions that are dropped or kept. */
const reduction =
  (name: string): Operation =>
  (from, [x], { dim, keepdim }) =>
    dim === undefined ? need(from, name)(x) : need(from, name)(x, { dim, keepdim });

/** With a dimension: the values and where they are. */
const extremum =
  (name: string): Operation =>
  (from, [x], { dim, keepdim }) => {
    if (dim === undefined) return need(from, name)(x);
    const { values, indices } = need(from, name)(x, { dim, keepdim });
    return [values, indices];
  };

const alongDimension =
  (name: string): Operation =>
  (from, [x], { dim }) =>
    need(from, name)(x, dim);

const operations: Readonly<Record<string, Operation>> = {
  add: binary("add"),
  sub: binary("sub"),
  mul: binary("mul"),
  div: binary("div"),
  pow: binary("pow"),
  maximum: binary("maximum"),
  minimum: binary("minimum"),
  eq: binary("eq"),
  ne: binary("ne"),
  lt: binary("lt"),
  le: binary("le"),
  gt: binary("gt"),
  ge: binary("ge"),
  matmul: binary("matmul"),
  outer: binary("outer"),
  neg: unary("neg"),
  abs: unary("abs"),
  sign: unary("sign"),
  tanh: unary("tanh"),
  sigmoid: unary("sigmoid"),
  relu: unary("relu"),
  exp: unary("exp"),
  log: unary("log"),
  sqrt: unary("sqrt"),
  contiguous: (_from, [x]) => (x as Tensor).contiguous(),
  clamp: (from, [x], { min, max }) => need(from, "clamp")(x, { min, max }),
  softmax: alongDimension("softmax"),
  log_softmax: alongDimension("logSoftmax"),
  cumsum: alongDimension("cumsum"),
  squeeze: alongDimension("squeeze"),
  unsqueeze: alongDimension("unsqueeze"),
  sum: reduction("sum"),
  mean: reduction("mean"),
  logsumexp: reduction("logsumexp"),
  argmax: reduction("argmax"),
  argmin: reduction("argmin"),
  max: extremum("max"),
  min: extremum("min"),
  reshape: (from, [x], { shape }) => need(from, "reshape")(x, shape),
  expand: (from, [x], { shape }) => need(from, "expand")(x, shape),
  permute: (from, [x], { dims }) => need(from, "permute")(x, dims),
  flip: (from, [x], { dims }) => need(from, "flip")(x, dims),
  transpose: (from, [x], { dims = [] }) => need(from, "transpose")(x, ...dims),
  slice: (from, [x], { slices }) => need(from, "slice")(x, slices),
  select: (from, [x], { dim, index }) => need(from, "select")(x, dim, index),
  index_select: (from, [x, index], { dim }) => need(from, "indexSelect")(x, dim, index),
  gather: (from, [x, index], { dim }) => need(from, "gather")(x, dim, index),
  where: (from, [condition, a, b]) => need(from, "where")(condition, a, b),
  cat: (from, x, { dim }) => need(from, "cat")(x, dim),
  stack: (from, x, { dim }) => need(from, "stack")(x, dim),
  split: (from, [x], { size, dim }) => need(from, "split")(x, size, dim),
  chunk: (from, [x], { chunks, dim }) => need(from, "chunk")(x, chunks, dim),
};

/** The operations of the cases, in PyTorch's spelling. */
export const operationNames: readonly string[] = Object.keys(operations);
