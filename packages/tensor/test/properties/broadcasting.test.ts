import { add, broadcastShapes, broadcastTo, slice } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewed } from "../models/naive.ts";
import { broadcastable, counted } from "./shapes.ts";

describe("broadcasting", () => {
  test("is the same as expanding both operands and copying them", () => {
    fc.assert(
      fc.property(broadcastable, ({ a, b }) => {
        const x = counted(a);
        const y = counted(b).mul(100);
        const common = broadcastShapes(a, b);
        const explicit = add(broadcastTo(x, common).clone(), broadcastTo(y, common).clone());
        const got = add(x, y);
        expect(got.shape).toEqual(common);
        expect(got.data).toEqual(explicit.data);
      }),
    );
  });

  test("does not depend on how the operands lie in memory", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        const row = slice(x, [0]);
        expect(add(x, row).data).toEqual(add(x.clone(), row.clone()).data);
        expect(add(row, x).data).toEqual(add(row.clone(), x.clone()).data);
      }),
    );
  });
});
