import { einsum, ones, ShapeError, tensor } from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);

describe("einsum", () => {
  expectMessages([
    ["einsum: equation must be a string, got 5", TypeError, () => einsum(wrong(5), x)],
    ["einsum: expected a tensor, got Array", TypeError, () => einsum("i", wrong([1]))],
    ['einsum: "ij,jk" is for 2 operands, got 1', RangeError, () => einsum("ij,jk", x)],
    ['einsum: "i->j->k" has more than one "->"', RangeError, () => einsum("i->j->k", x)],
    [
      'einsum: "1" in "i1->i" is neither a letter nor part of "...", "," or "->"',
      RangeError,
      () => einsum("i1->i", x),
    ],
    [
      'einsum: "." in "i..j" is neither a letter nor part of "...", "," or "->"',
      RangeError,
      () => einsum("i..j", x),
    ],
    [
      'einsum: "ß" in "iß->i" is neither a letter nor part of "...", "," or "->"',
      RangeError,
      () => einsum("iß->i", x),
    ],
    ['einsum: "...i..." in "...i..." has more than one "..."', RangeError, () => einsum("...i...", x)],
    [
      'einsum: "i" in "i,ij" is for 1 dimensions, but operand 0 has shape [2,3]',
      ShapeError,
      () => einsum("i,ij", x, x),
    ],
    [
      'einsum: "i...jk" in "i...jk" is for at least 3 dimensions, but operand 0 has shape [2,3]',
      ShapeError,
      () => einsum("i...jk", x),
    ],
    ['einsum: the output of "ij->k" has "k", which no operand has', RangeError, () => einsum("ij->k", x)],
    ['einsum: the output of "ij->ii" has "i" twice', RangeError, () => einsum("ij->ii", x)],
    [
      'einsum: "i" is 2 (dim 0) and 3 (dim 1) of operand 0, which has shape [2,3]',
      ShapeError,
      () => einsum("ii", x),
    ],
    ['einsum: "j" is 3 in operand 0 and 2 in operand 1', ShapeError, () => einsum("ij,jk", x, x)],
    [
      'einsum: dim -1 of "..." is 3 in operand 0 and 2 in operand 1',
      ShapeError,
      () => einsum("...,...", x, ones([2])),
    ],
    [
      'einsum: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => einsum("i", tensor([true])),
    ],
    [
      'einsum: dtypes float32 and float64 differ; convert with .to("float32") first',
      TypeError,
      () => einsum("ij,ij", x, ones([2, 3], { dtype: "float64" })),
    ],
    [
      "einsum: shape [1048576,1048576] has 1099511627776 elements, more than the limit of 2147483647",
      ShapeError,
      () => einsum("i,j->ij", ones([1]).expand([2 ** 20]), ones([1]).expand([2 ** 20])),
    ],
  ]);
});
