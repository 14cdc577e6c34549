import {
  add,
  allclose,
  arange,
  type DType,
  decodeNpy,
  type Extremum,
  einsum,
  encodeNpy,
  max,
  median,
  type NestedArray,
  type Operand,
  pad,
  rand,
  type SliceSpec,
  type Sorted,
  scatterReduce,
  sort,
  spectralNorm,
  sum,
  Tensor,
  type TensorData,
  tensor,
  topk,
  unique,
} from "@rnn/tensor";
import { expectTypeOf } from "vitest";

declare const x: Tensor;
declare const maybe: number | undefined;

// with a dimension, extremes come with their positions
expectTypeOf(max(x)).toEqualTypeOf<Tensor>();
expectTypeOf(max(x, { dim: 1 })).toEqualTypeOf<Extremum>();
expectTypeOf(x.min()).toEqualTypeOf<Tensor>();
expectTypeOf(x.min({ dim: 0, keepdim: true }).indices).toEqualTypeOf<Tensor>();

expectTypeOf(median(x)).toEqualTypeOf<Tensor>();
expectTypeOf(median(x, { dim: 1 })).toEqualTypeOf<Extremum>();
expectTypeOf(x.amax({ dim: [0, 1] })).toEqualTypeOf<Tensor>();

// numbers stand for tensors
expectTypeOf(add(x, 1)).toEqualTypeOf<Tensor>();
expectTypeOf<number>().toExtend<Operand>();
// @ts-expect-error a string is not an operand
add(x, "1");

x.div(2, { roundingMode: "floor" });
// @ts-expect-error NumPy's name of a mode is not PyTorch's
x.div(2, { roundingMode: "down" });

// options may be passed on when they are undefined
sum(x, { dim: maybe, keepdim: undefined });
rand([2], { dtype: undefined, generator: undefined });
new Tensor(new Float32Array(2), [2], { strides: undefined, offset: maybe });
arange(3, { step: maybe });

// slices: nothing, everything, one index, or a range with open ends
x.slice();
x.slice(null, 2, [0], [0, null], [null, null, -2]);
expectTypeOf<[number, null, number]>().toExtend<SliceSpec>();
// @ts-expect-error ranges have three parts at most
x.slice([0, 1, 2, 3]);

// sorting gives values and positions; einsum takes any number of operands
expectTypeOf(sort(x)).toEqualTypeOf<Sorted>();
expectTypeOf(topk(x, 2).indices).toEqualTypeOf<Tensor>();
expectTypeOf(unique(x).counts).toEqualTypeOf<Tensor>();
expectTypeOf(einsum("i,i,i", x, x, x)).toEqualTypeOf<Tensor>();
expectTypeOf(allclose(x, 1)).toEqualTypeOf<boolean>();
expectTypeOf(spectralNorm(x, { tolerance: maybe })).toEqualTypeOf<number>();
pad(x, [1, 1], { mode: "reflect", value: maybe });
// @ts-expect-error NumPy's name of a mode is not PyTorch's
pad(x, [1, 1], { mode: "edge" });
// @ts-expect-error a reduction has one of four names
scatterReduce(x, 0, x, x, "max");
expectTypeOf(encodeNpy(x)).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
expectTypeOf(decodeNpy(encodeNpy(x))).toEqualTypeOf<Tensor>();

// what goes in and out
expectTypeOf(x.data).toEqualTypeOf<TensorData>();
expectTypeOf(x.dtype).toEqualTypeOf<DType>();
expectTypeOf(x.toArray()).toEqualTypeOf<NestedArray>();
expectTypeOf(x.item()).toEqualTypeOf<number>();
tensor([[1], [2]] as const);
tensor(new Int32Array(2));
// @ts-expect-error a tensor is not made of text
tensor(["a"]);
// @ts-expect-error shapes are not changed in place
x.shape[0] = 3;
