import { linear, Parameter } from "@rnn/nn";
import { Tensor, tensor } from "@rnn/tensor";
import { CountVectorizer } from "@rnn/text";
import { describe, expect, it } from "vitest";
import { sparseLinear } from "./sparse-linear.ts";

describe("sparseLinear", () => {
  it("equals the dense linear operation, gradients too", () => {
    const counts = new CountVectorizer().fitTransform(["sun and sun", "moon", "a", "moon and sun"]);
    expect(counts.shape).toEqual([4, 3]);
    const dense = new Tensor(counts.toDense(), [4, 3]);
    const factor = tensor([
      [1, -2],
      [3, 4],
      [5, -6],
      [7, 8],
    ]);
    const [sparse, expected] = [true, false].map((isSparse) => {
      const weight = new Parameter(
        tensor([
          [1, 2, 3],
          [-4, 5, -6],
        ]),
      );
      const bias = new Parameter(tensor([0.5, -0.5]));
      const y = isSparse ? sparseLinear(counts, weight, bias) : linear(dense, weight, bias);
      y.mul(factor).sum().backward();
      return [y.value.toArray(), weight.grad?.toArray(), bias.grad?.toArray()];
    });
    expect(sparse).toEqual(expected);
  });
});
