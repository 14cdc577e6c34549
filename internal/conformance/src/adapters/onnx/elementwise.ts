import {
  abs,
  add,
  argmax,
  ceil,
  clamp,
  div,
  eq,
  exp,
  floor,
  ge,
  gt,
  isinf,
  isnan,
  le,
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
  round,
  scatter,
  sigmoid,
  sign,
  sqrt,
  sub,
  type Tensor,
  tanh,
  where,
  zerosLike,
} from "@rnn/tensor";
import { absent, need } from "../../library.ts";
import { type Operator, without } from "./node.ts";

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

/** An operation that the library may have by that name. */
const named =
  (name: string): Operator =>
  (node) => [need("tensor", name)(node.tensor(0))];

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
  Erf: named("erf"),
  Elu: () => absent("tensor", "elu"),
  Gelu: () => absent("tensor", "gelu"),
  HardSigmoid: () => absent("tensor", "hardSigmoid"),
  Hardmax: (node) => {
    const [x, axis] = [node.tensor(0), node.number("axis", -1)];
    const index = argmax(x, { dim: axis, keepdim: true });
    return [scatter(zerosLike(x), axis, index, 1)];
  },
  LeakyRelu: () => absent("tensor", "leakyRelu"),
  Selu: () => absent("tensor", "selu"),
  Softplus: named("softplus"),
  Softsign: named("softsign"),
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
  Mod: (node) => [need("tensor", node.flag("fmod") ? "fmod" : "remainder")(node.tensor(0), node.tensor(1))],
  // ONNX divides integers without remainder; here, as in PyTorch, division gives floats
  Div: (node) =>
    node.dtype(0).includes("int") ? without("integer division") : [div(node.tensor(0), node.tensor(1))],
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
