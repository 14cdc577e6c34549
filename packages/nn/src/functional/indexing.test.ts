import { zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";

describe("the gradient of a part", () => {
  it("is nothing but zeros of the whole where the part is empty", () => {
    const x = variable(zeros([2, 0, 3, 4]), { requiresGrad: true });
    x.select(2, 1).sum().backward();
    expect(x.grad?.shape).toEqual([2, 0, 3, 4]);
    const y = variable(zeros([3, 4]), { requiresGrad: true });
    y.slice([3, 3], [1, null]).sum().backward();
    expect(y.grad?.toArray()).toEqual(zeros([3, 4]).toArray());
  });
});
