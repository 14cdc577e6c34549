import { diagonal, permute, reshape, type Tensor, transpose, unfold } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements, solidShape, viewed } from "../models/naive.ts";
import { counted } from "./shapes.ts";

describe("views", () => {
  const views: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    transpose: (x) => x.transpose(0, -1),
    permute: (x) => x.permute(x.shape.map((_, d) => x.ndim - 1 - d)),
    movedim: (x) => x.movedim(0, -1),
    unsqueeze: (x) => x.unsqueeze(-1),
    squeeze: (x) => x.squeeze(),
    expand: (x) => x.expand([2, ...x.shape]),
    broadcastTo: (x) => x.broadcastTo([2, ...x.shape]),
    flip: (x) => x.flip(0),
    slice: (x) => x.slice([null, null, -2]),
    select: (x) => x.select(0, -1),
    split: (x) => x.split(1).at(-1)!,
    chunk: (x) => x.chunk(2)[0]!,
    unbind: (x) => x.unbind()[0]!,
    unfold: (x) => unfold(x, 0, 1),
    diagonal: (x) => diagonal(x.unsqueeze(0)),
    "reshape of a contiguous tensor": (x) => (x.isContiguous ? x.reshape([x.size]) : x),
    "flatten of a contiguous tensor": (x) => (x.isContiguous ? x.flatten() : x),
  };

  test.each(Object.keys(views))(
    "%s shares memory: what is written through it is read in its source",
    (name) => {
      fc.assert(
        fc.property(viewed, (x) => {
          const y = views[name]!(x);
          const old = y.data[y.offset]!;
          y.data[y.offset] = 7777;
          expect(elements(x)).toContain(7777);
          y.data[y.offset] = old;
        }),
      );
    },
  );

  test("copies do not share memory", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        const copy = x.clone();
        const before = copy.toArray();
        x.data.fill(-1);
        expect(copy.toArray()).toEqual(before);
      }),
    );
  });

  test("transposing twice is the identity", () => {
    fc.assert(
      fc.property(viewed, fc.nat(3), fc.nat(3), (x, i, j) => {
        const [a, b] = [i % x.ndim, j % x.ndim];
        const twice = transpose(transpose(x, a, b), a, b);
        expect([twice.shape, twice.strides, twice.offset]).toEqual([x.shape, x.strides, x.offset]);
      }),
    );
  });

  test("permuting moves every element to the permuted index", () => {
    fc.assert(
      fc.property(
        solidShape.chain((dims) =>
          fc.tuple(
            fc.constant(dims),
            fc.shuffledSubarray(
              dims.map((_, d) => d),
              { minLength: dims.length },
            ),
          ),
        ),
        ([dims, order]) => {
          const x = counted(dims);
          const y = permute(x, order);
          const index = order.map((_, d) => y.shape[d]! - 1);
          const source = order.reduce((at, d, i) => at + index[i]! * x.strides[d]!, 0);
          expect(y.slice(...index).item()).toBe(source);
        },
      ),
    );
  });

  test("reshaping keeps the order of elements, whatever the strides", () => {
    fc.assert(
      fc.property(viewed, fc.boolean(), (x, split) => {
        const even = split && x.shape[0]! % 2 === 0;
        const wanted = even ? [2, x.shape[0]! / 2, ...x.shape.slice(1)] : [x.size];
        expect(reshape(x, wanted).clone().data).toEqual(x.clone().data);
      }),
    );
  });
});
