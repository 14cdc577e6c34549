import {
  abs,
  add,
  argmax,
  ceil,
  clamp,
  div,
  elu,
  eq,
  erf,
  exp,
  floor,
  floorDivide,
  fmod,
  ge,
  gelu,
  gt,
  isinf,
  isnan,
  le,
  leakyRelu,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  lt,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  relu,
  remainder,
  round,
  scatter,
  selu,
  sigmoid,
  sign,
  softplus,
  softsign,
  sqrt,
  sub,
  type Tensor,
  tanh,
  where,
  zerosLike,
} from "@rnn/tensor";
import type { Operator } from "./node.ts";

const unary =
  (operation: (x: Tensor) => Tensor): Operator =>
  (node) => [operation(node.tensor(0))];

const binary =
  (operation: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (node) => [operation(node.tensor(0), node.tensor(1))];

/** Any number of operands, one after the other. */
const variadic =
  (operation: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (node) => [node.tensors().reduce((a, b) => operation(a, b))];

/** Elementwise operators. */
export const elementwise: Readonly<Record<string, Operator>> = {
  Abs: unary(abs),
  Ceil: unary(ceil),
  Exp: unary(exp),
  Floor: unary(floor),
  Identity: unary((x) => x),
  IsNaN: unary(isnan),
  Log: unary(log),
  Neg: unary(neg),
  Not: unary(logicalNot),
  Reciprocal: unary(reciprocal),
  Relu: unary(relu),
  Round: unary(round),
  Sigmoid: unary(sigmoid),
  Sign: unary(sign),
  Sqrt: unary(sqrt),
  Tanh: unary(tanh),
  Erf: unary(erf),
  Elu: (node) => [elu(node.tensor(0), { alpha: node.number("alpha", 1) })],
  Gelu: (node) => [
    gelu(node.tensor(0), { approximate: node.text("approximate", "none") as "none" | "tanh" }),
  ],
  // the slope is PyTorch's in no case
  HardSigmoid: (node) => [
    clamp(add(mul(node.tensor(0), node.number("alpha", 0.2)), node.number("beta", 0.5)), { min: 0, max: 1 }),
  ],
  Hardmax: (node) => {
    const [x, axis] = [node.tensor(0), node.number("axis", -1)];
    const index = argmax(x, { dim: axis, keepdim: true });
    return [scatter(zerosLike(x), axis, index, 1)];
  },
  LeakyRelu: (node) => [leakyRelu(node.tensor(0), { negativeSlope: node.number("alpha", 0.01) })],
  // PyTorch's has the numbers of the paper, which are ONNX's defaults
  Selu: (node) => {
    const alpha = node.number("alpha", Number.NaN);
    const x = node.tensor(0);
    return [Number.isNaN(alpha) ? selu(x) : mul(elu(x, { alpha }), node.number("gamma", 1))];
  },
  Softplus: unary(softplus),
  Softsign: unary(softsign),
  Add: binary(add),
  Sub: binary(sub),
  Mul: binary(mul),
  And: binary(logicalAnd),
  Or: binary(logicalOr),
  Equal: binary(eq),
  Greater: binary(gt),
  GreaterOrEqual: binary(ge),
  Less: binary(lt),
  LessOrEqual: binary(le),
  Max: variadic(maximum),
  Min: variadic(minimum),
  Sum: variadic(add),
  Mean: (node) => [
    div(
      node.tensors().reduce((a, b) => add(a, b)),
      node.count,
    ),
  ],
  Mod: (node) => [(node.flag("fmod") ? fmod : remainder)(node.tensor(0), node.tensor(1))],
  // ONNX divides integers without remainder, towards zero; here, as in PyTorch, division gives floats
  Div: (node) => {
    const [a, b] = [node.tensor(0), node.tensor(1)];
    if (!node.dtype(0).includes("int")) return [div(a, b)];
    return [mul(floorDivide(abs(a), abs(b)), mul(sign(a), sign(b)))];
  },
  // ONNX gives the type of the base, PyTorch the wider one
  Pow: (node) => [pow(node.tensor(0), node.tensor(1)).to(node.tensor(0).dtype)],
  Where: (node) => [where(node.tensor(0), node.tensor(1), node.tensor(2))],
  Clip: (node) => {
    const bound = (position: number): number | undefined => node.numbers(position)?.[0];
    const [min, max] = [bound(1), bound(2)];
    // without bounds there is nothing to clamp
    return [min === undefined && max === undefined ? node.tensor(0) : clamp(node.tensor(0), { min, max })];
  },
  IsInf: (node) => {
    const x = node.tensor(0);
    const positive = node.flag("detect_positive", true) ? gt(x, 0) : lt(x, x);
    const negative = node.flag("detect_negative", true) ? lt(x, 0) : lt(x, x);
    return [logicalAnd(isinf(x), logicalOr(positive, negative))];
  },
};
