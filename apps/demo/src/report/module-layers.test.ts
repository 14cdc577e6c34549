import { Linear, Module, Parameter, type Variable } from "@rnn/nn";
import { type Tensor, zeros } from "@rnn/tensor";
import { expect, it } from "vitest";
import { moduleLayers } from "./module-layers.ts";

class Head extends Module {
  readonly linear = this.child("linear", new Linear({ inFeatures: 3, outFeatures: 2 }));
  readonly scale = this.parameter("scale", new Parameter(zeros([2])));
  override forward(x: Tensor): Variable {
    return this.linear.forward(x).mul(this.scale);
  }
}

class Network extends Module {
  readonly head = this.child("head", new Head());
  override forward(x: Tensor): Variable {
    return this.head.forward(x);
  }
}

it("lists the innermost modules with dotted names, and parameters beside them", () => {
  expect(moduleLayers(new Network())).toEqual([
    {
      name: "head.linear",
      kind: "Linear",
      weights: [
        { name: "weight", shape: [2, 3] },
        { name: "bias", shape: [2] },
      ],
      parameters: 8,
    },
    { name: "head.scale", kind: "Parameter", weights: [{ name: "scale", shape: [2] }], parameters: 2 },
  ]);
});
