import { inspect } from "node:util";
import { ones, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { Parameter } from "./parameter.ts";
import { record } from "./record.ts";
import { Variable, variable } from "./variable.ts";

describe("Variable", () => {
  it("wraps its tensor without copying", () => {
    const value = tensor([[1, 2, 3]]);
    const x = new Variable(value);
    expect(x.value).toBe(value);
    expect([x.shape, x.dtype, x.size, x.ndim, x.requiresGrad]).toEqual([[1, 3], "float32", 3, 2, false]);
  });

  it("requires no gradient unless asked to, a parameter does", () => {
    expect([variable([1]).requiresGrad, new Parameter(ones([1])).requiresGrad]).toEqual([false, true]);
    expect(new Parameter(ones([1]), { requiresGrad: false }).requiresGrad).toBe(false);
  });

  it("passes the need for a gradient on to results", () => {
    const x = variable([1], { requiresGrad: true });
    expect([x.add(1).requiresGrad, variable([1]).add(1).requiresGrad]).toEqual([true, false]);
    expect(x.add(1).detach().requiresGrad).toBe(false);
  });

  it("can be frozen and released", () => {
    const weight = new Parameter(tensor([2]));
    const x = variable([3], { requiresGrad: true });
    weight.requiresGrad = false;
    x.mul(weight).sum().backward();
    expect(weight.grad).toBeNull();
    weight.requiresGrad = true;
    x.mul(weight).sum().backward();
    expect(weight.grad?.toArray()).toEqual([3]);
  });

  it("prints as its tensor does, also in Node", () => {
    const value = tensor([1, 2]);
    const x = variable(value, { requiresGrad: true });
    expect(String(variable(value))).toBe(`Variable(${value})`);
    expect(String(x.mul(1))).toBe("Variable(tensor([1., 2.], shape=[2], dtype=float32), requiresGrad)");
    expect(inspect({ w: new Parameter(value) })).toBe(`{\n  w: Parameter(${value}, requiresGrad)\n}`);
  });

  it("gives its elements as arrays", () => {
    expect(variable([[1, 2]]).toArray()).toEqual([[1, 2]]);
    expect(variable(3).toArray()).toBe(3);
  });

  it("takes a gradient that fits, or null", () => {
    const x = variable([1, 2]);
    x.grad = tensor([3, 4]);
    expect(x.grad?.toArray()).toEqual([3, 4]);
    x.grad = null;
    expect(x.grad).toBeNull();
  });

  it("refuses gradients of integers", () => {
    expect(() => variable(zeros([2], { dtype: "int32" }), { requiresGrad: true })).toThrow(
      new TypeError("Variable: only float32 and float64 can require a gradient, got int32"),
    );
  });

  it("refuses to switch the gradient of a result off", () => {
    const y = variable([1], { requiresGrad: true }).tanh();
    expect(() => {
      y.requiresGrad = false;
    }).toThrow(
      new Error('Variable: requiresGrad cannot be switched off on the result of "tanh"; use detach()'),
    );
  });

  it("refuses to retain a gradient that is not computed", () => {
    expect(() => variable([1]).retainGrad()).toThrow(
      new Error("retainGrad: this variable does not require a gradient"),
    );
  });
});

it("is written in JSON as its value", () => {
  const x = variable([1, 2], { requiresGrad: true }).mul(2);
  expect(JSON.stringify({ x })).toBe('{"x":{"dtype":"float32","shape":[2],"data":[2,4]}}');
});

describe("copies of a variable", () => {
  const x = variable([1.5, -2.25], { requiresGrad: true });

  it("clone has its own elements, and passes the gradient", () => {
    const copy = x.clone();
    expect(copy.value).not.toBe(x.value);
    expect(copy.toArray()).toEqual([1.5, -2.25]);
    copy.mul(copy).sum().backward();
    expect(x.grad?.toArray()).toEqual([3, -4.5]);
    x.grad = null;
  });

  it("to another float passes the gradient, as the dtype of the variable", () => {
    const y = x.to("float64");
    expect(y.dtype).toBe("float64");
    y.mul(2).sum().backward();
    expect(x.grad?.dtype).toBe("float32");
    expect(x.grad?.toArray()).toEqual([2, 2]);
    x.grad = null;
  });

  it("to the same dtype is itself, and integers have no gradient", () => {
    expect(x.to("float32")).toBe(x);
    expect(x.to("int32").toArray()).toEqual([1, -2]);
    expect(x.to("int32").requiresGrad).toBe(false);
  });
});

describe("variable", () => {
  it("wraps tensors, arrays and numbers, and returns variables as they are", () => {
    const x = variable([[1, 2]], { dtype: "float64" });
    expect([x.shape, x.dtype]).toEqual([[1, 2], "float64"]);
    expect(variable(x)).toBe(x);
    expect(variable(3).item()).toBe(3);
    const value = tensor([1]);
    expect(variable(value).value).toBe(value);
  });
});

describe("record", () => {
  it("keeps nothing when no input requires a gradient", () => {
    expect(
      record("f", [variable([1]), tensor([1]), 3], tensor([1]), () => [null, null, null])._slot,
    ).toBeNull();
  });

  it("keeps slots of the inputs, not the inputs", () => {
    const x = variable([1], { requiresGrad: true });
    const y = x.mul(2);
    const node = y.mul(3)._slot?.node;
    expect(node?.inputs).toEqual([y._slot, null]);
    expect(y._slot?.variable).toBeNull();
  });
});
