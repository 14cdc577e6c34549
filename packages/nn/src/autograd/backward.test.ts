import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { add } from "../functional/add.ts";
import { mul } from "../functional/mul.ts";
import { reshape } from "../functional/reshape.ts";
import { split } from "../functional/split.ts";
import { sum } from "../functional/sum.ts";
import { noGrad } from "./no-grad.ts";
import { record, recordAll } from "./record.ts";
import { type Variable, variable } from "./variable.ts";

const leaf = (values: Parameters<typeof variable>[0]): Variable => variable(values, { requiresGrad: true });
/** The garbage collector, which Node hides without a flag. */
function exposedGc(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

const gradOf = (x: Variable): unknown => x.grad?.toArray();

describe("backward", () => {
  it("adds up what arrives at a leaf from several uses", () => {
    const x = leaf([2, 3]);
    add(mul(x, x), mul(x, 5)).sum().backward();
    expect(gradOf(x)).toEqual([9, 11]);
  });

  it("runs a node only after everything that uses its result", () => {
    const x = leaf(3);
    const y = x.mul(x); // used directly and through z
    const z = y.mul(2);
    y.mul(z).backward(); // 2 x⁴
    expect(gradOf(x)).toBe(8 * 27);
  });

  it("accumulates over calls until the gradient is forgotten", () => {
    const x = leaf([1, 2]);
    x.mul(3).sum().backward();
    x.mul(3).sum().backward();
    expect(gradOf(x)).toEqual([6, 6]);
    x.grad = null;
    x.mul(3).sum().backward();
    expect(gradOf(x)).toEqual([3, 3]);
  });

  it("sums over broadcast dimensions", () => {
    const row = leaf([1, 2, 3]);
    const column = leaf([[1], [2]]);
    const scalar = leaf(4);
    row.mul(column).mul(scalar).sum().backward();
    expect(gradOf(row)).toEqual([12, 12, 12]);
    expect(gradOf(column)).toEqual([[24], [24]]);
    expect(gradOf(scalar)).toBe(18);
  });

  it("gives each gradient the dtype of its variable", () => {
    const x = variable([1, 2], { requiresGrad: true, dtype: "float32" });
    const y = variable([3, 4], { requiresGrad: true, dtype: "float64" });
    x.mul(y).sum().backward();
    expect([x.grad?.dtype, y.grad?.dtype]).toEqual(["float32", "float64"]);
  });

  it("starts from a given gradient", () => {
    const x = leaf([1, 2]);
    x.mul(x).backward(tensor([10, 100]));
    expect(gradOf(x)).toEqual([20, 400]);
  });

  it("treats a leaf as a graph of its own", () => {
    const x = leaf(5);
    x.backward();
    expect(gradOf(x)).toBe(1);
  });

  it("walks a graph of 100,000 nodes without overflowing the stack, also forwards and sideways", () => {
    const x = leaf(1);
    let y: Variable = x;
    for (let i = 0; i < 50_000; i++) y = add(mul(y, 1), i % 2 === 0 ? x : 0);
    y.backward();
    expect(gradOf(x)).toBe(25_001);
  });

  it("gives null for an output that the loss does not depend on", () => {
    const x = leaf([1, 2]);
    let received: readonly (Tensor | null)[] = [];
    const [first] = recordAll("pair", [x], [x.value, x.value], (dys) => {
      received = dys;
      return [dys[0] ?? null];
    });
    first?.sum().backward();
    expect(received.map((dy) => dy?.toArray() ?? null)).toEqual([[1, 1], null]);
  });

  it("does not run a backward function that no gradient reaches", () => {
    const x = leaf([1, 2]);
    const y = record("unreached", [x], x.value, () => {
      throw new Error("ran");
    });
    record("stop", [y, x], x.value, (dy) => [null, dy])
      .sum()
      .backward();
    expect(gradOf(x)).toEqual([1, 1]);
  });

  it("skips constants and inputs for which null is returned", () => {
    const x = leaf([1]);
    const y = leaf([1]);
    record("some", [x, 3, y], x.value, (dy) => [dy, dy, null])
      .sum()
      .backward();
    expect([gradOf(x), y.grad]).toEqual([[1], null]);
  });
});

describe("gradients and memory", () => {
  it("never share memory between leaves, or with the gradient that was passed in", () => {
    const [a, b, c] = [leaf([1, 2]), leaf([3, 4]), leaf([[5, 6]])];
    const dy = tensor([1, 1]);
    add(add(a, b), reshape(c, [2])).backward(dy);
    const buffers = [dy, a.grad, b.grad, c.grad].map((t) => t?.data.buffer);
    expect(new Set(buffers).size).toBe(4);
  });

  it("are copied where one backward function returned the same tensor twice", () => {
    const [a, b] = [leaf([1]), leaf([2])];
    record("twice", [a, b], a.value, (dy) => {
      const both = dy.mul(2);
      return [both, both];
    }).backward();
    expect(gradOf(a)).toEqual(gradOf(b));
    expect(a.grad?.data).not.toBe(b.grad?.data);
  });

  it("are whole tensors even where the backward function returned views", () => {
    const a = leaf([1, 2]);
    const b = leaf([3]);
    const [, second] = split(a, 1);
    add(sum(b), second as Variable).backward(tensor([1]));
    for (const x of [a, b]) expect(x.grad?.data.length).toBe(x.size);
  });

  it("accumulate in place, so that a reference to grad stays valid", () => {
    const x = leaf([1, 2]);
    x.mul(2).sum().backward();
    const first = x.grad;
    x.mul(2).sum().backward();
    expect(x.grad).toBe(first);
    expect(first?.toArray()).toEqual([4, 4]);
  });

  it("are not changed by a later use of the same incoming gradient", () => {
    // u's gradient first is dy itself, then grows; the other user of dy must not see that
    const x = leaf([1, 1]);
    const u = x.mul(1);
    const y = add(u, x);
    add(y, u).backward(tensor([1, 10]));
    expect(gradOf(x)).toEqual([3, 30]);
  });

  it("are kept for a result only after retainGrad", () => {
    const x = leaf([1, 2]);
    const h = x.mul(2).retainGrad();
    const forgotten = h.mul(3);
    forgotten.sum().backward();
    expect([gradOf(h), forgotten.grad]).toEqual([[3, 3], null]);
  });
});

describe("a graph that was walked", () => {
  it("is freed: it says how to carry state on", () => {
    const x = leaf([1, 2]);
    const state = x.tanh();
    state.sum().backward();
    expect(() => state.mul(2).sum().backward()).toThrow(
      new Error(
        'backward: the graph of "tanh" was already freed by an earlier backward(). To carry state from one chunk to the next, ' +
          "pass it on detached: h.detach() for a variable, detachState(state) of @rnn/train for the state of a layer. To " +
          "differentiate several losses of one graph, add them up and call backward() once, or pass retainGraph to all but " +
          "the last call: backward(undefined, { retainGraph: true })",
      ),
    );
  });

  it("changes no gradient when a freed part is found", () => {
    const x = leaf([1, 2]);
    const y = leaf([1, 1]);
    const state = x.tanh();
    state.sum().backward();
    expect(() => add(y.mul(2), state).sum().backward()).toThrow("already freed");
    expect(y.grad).toBeNull();
  });

  it("lets go of saved tensors and earlier nodes", () => {
    const x = leaf([1, 2]);
    const y = x.tanh().exp();
    y.sum().backward();
    const node = y._slot?.node;
    expect([node?.inputs, node?.backward, node?.backwardAll]).toEqual([[], null, null]);
  });

  it("holds no memory through its result: 2,000 kept losses, 100 kB saved by each", () => {
    const w = leaf(zeros([1000]));
    const collect = exposedGc();
    const usage = (): number => {
      // array buffers are freed after the collection that finds them unused
      collect();
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = usage();
    const losses: Variable[] = [];
    for (let step = 0; step < 2000; step++) {
      let y: Variable = w;
      for (let i = 0; i < 25; i++) y = y.tanh();
      const loss = y.mean();
      loss.backward();
      losses.push(loss);
    }
    expect(losses.length).toBe(2000);
    expect(usage() - before).toBeLessThan(5e6);
  });

  it("is kept with retainGraph", () => {
    const x = leaf(3);
    const y = x.mul(x);
    y.backward(undefined, { retainGraph: true });
    y.backward();
    expect(gradOf(x)).toBe(12);
  });

  it("can be continued from a detached state", () => {
    const x = leaf([1, 2]);
    const state = x.mul(2);
    state.sum().backward();
    state.detach().mul(x).sum().backward();
    expect(gradOf(x)).toEqual([4, 6]);
  });
});

describe("errors of backward", () => {
  it("asks for a reduction of a loss with several elements", () => {
    const loss = leaf(zeros([32])).mul(2);
    expect(() => loss.backward()).toThrow(
      new ShapeError(
        "backward: loss has shape [32]; backward() without a gradient needs one element, so reduce it first: loss.mean()",
      ),
    );
  });

  it("refuses a gradient of another shape", () => {
    expect(() =>
      leaf([1, 2])
        .mul(2)
        .backward(tensor([1, 2, 3])),
    ).toThrow(new ShapeError("backward: gradient has shape [3], but the variable has shape [2]"));
  });

  it("says when there is nothing to differentiate", () => {
    const x = leaf(1);
    const message =
      "backward: this variable depends on nothing that requires a gradient; was it detached, or computed inside noGrad?";
    expect(() => variable(1).mul(2).backward()).toThrow(new Error(message));
    expect(() => noGrad(() => x.mul(2)).backward()).toThrow(new Error(message));
    expect(() => x.detach().backward()).toThrow(new Error(message));
  });

  it("names the node whose gradient has a wrong shape", () => {
    const x = leaf([[1, 2, 3]]);
    const wrong = (gradient: Tensor): Variable => record("broken", [x], x.value, () => [gradient]);
    expect(() =>
      wrong(zeros([2, 2]))
        .sum()
        .backward(),
    ).toThrow(
      new ShapeError(
        'backward of "broken": gradient of input 0 has shape [2,2], which does not sum to the input\'s shape [1,3]',
      ),
    );
    expect(() =>
      wrong(zeros([3]))
        .sum()
        .backward(),
    ).toThrow('backward of "broken": gradient of input 0 has shape [3]');
    expect(() =>
      wrong(zeros([1, 1]))
        .sum()
        .backward(),
    ).toThrow("has shape [1,1]");
  });

  it("names the node that returns a wrong number of gradients", () => {
    const x = leaf(1);
    expect(() => record("broken", [x], x.value, (dy) => [dy, dy]).backward()).toThrow(
      new Error('backward of "broken": returned 2 gradients for 1 inputs'),
    );
  });

  it("can walk again after a backward function threw", () => {
    const x = leaf(2);
    const y = x.mul(x);
    const broken = record("broken", [y], y.value, () => {
      throw new Error("no");
    });
    expect(() => add(broken, y).backward()).toThrow("no");
    y.mul(3).backward();
    expect(gradOf(x)).toBe(12);
  });
});
