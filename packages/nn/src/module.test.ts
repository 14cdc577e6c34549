import { ones, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it, vi } from "vitest";
import { Parameter } from "./autograd/parameter.ts";
import { type Variable, variable } from "./autograd/variable.ts";
import { Dropout } from "./layers/dropout.ts";
import { Linear } from "./layers/linear.ts";
import { LSTM } from "./layers/lstm.ts";
import { Sequential } from "./layers/sequential.ts";
import { Module } from "./module.ts";

class Leaf extends Module {
  readonly weight = this.parameter("weight", new Parameter(zeros([2])));
  override forward(x: Variable): Variable {
    return x.mul(this.weight);
  }
}

class Model extends Module {
  readonly scale = this.parameter("scale", new Parameter(ones([])));
  readonly first = this.child("first", new Leaf());
  readonly drop = this.child("drop", new Dropout());
  readonly fc = this.child("fc", new Linear({ inFeatures: 2, outFeatures: 1 }));

  override forward(x: Variable): Variable {
    return this.fc.forward(this.drop.forward(this.first.forward(x))).mul(this.scale);
  }
}

const keys = ["scale", "first.weight", "fc.weight", "fc.bias"];

describe("Module", () => {
  it("names parameters by their path, own ones first, in registration order", () => {
    const model = new Model();
    expect(model.namedParameters().map(([name]) => name)).toEqual(keys);
    expect(model.parameters().map((parameter) => parameter.name)).toEqual(keys);
    expect([...model.stateDict().keys()]).toEqual(keys);
  });

  it("lists its direct children", () => {
    const model = new Model();
    expect(model.children()).toEqual([model.first, model.drop, model.fc]);
    expect(model.namedChildren().map(([name]) => name)).toEqual(["first", "drop", "fc"]);
  });

  it("lists itself and everything below, once each", () => {
    const shared = new Linear({ inFeatures: 2, outFeatures: 2 });
    const inner = new Sequential([shared, shared]);
    const model = new Sequential([inner, shared]);
    expect(model.namedModules()).toEqual([
      ["", model],
      ["0", inner],
      ["0.0", shared],
    ]);
    expect(model.modules()).toEqual([model, inner, shared]);
  });

  it("gives the parameters' own tensors in the state dict", () => {
    const model = new Model();
    expect(model.stateDict().get("fc.weight")).toBe(model.fc.weight.value);
  });

  it("switches training mode for everything below", () => {
    const model = new Model();
    expect([model.training, model.drop.training]).toEqual([true, true]);
    expect(model.eval()).toBe(model);
    expect([model.training, model.drop.training]).toEqual([false, false]);
    model.train();
    expect(model.drop.training).toBe(true);
  });

  it("forgets gradients", () => {
    const model = new Model().eval();
    model.forward(model.first.weight).sum().backward();
    expect(model.fc.bias?.grad).not.toBeNull();
    model.zeroGrad();
    expect(model.parameters().every((parameter) => parameter.grad === null)).toBe(true);
  });

  it("lists a shared parameter once, and under each name in the state dict", () => {
    class Tied extends Module {
      readonly a = this.child("a", new Leaf());
      readonly b = this.parameter("b", this.a.weight);
      override forward(): void {}
    }
    const tied = new Tied();
    expect(tied.parameters()).toEqual([tied.b]);
    expect(tied.namedParameters().map(([name]) => name)).toEqual(["b"]);
    expect(tied.b.name).toBe("b");
    expect([...tied.stateDict().keys()]).toEqual(["b", "a.weight"]);
  });

  it("refuses names that would clash or hide a path", () => {
    class Twice extends Module {
      constructor(name: string) {
        super();
        this.child("a", new Leaf());
        this.parameter(name, new Parameter(zeros([1])));
      }
      override forward(): void {}
    }
    expect(() => new Twice("a")).toThrow(new Error('Twice: "a" is already registered'));
    expect(() => new Twice("a.b")).toThrow(
      new Error('Twice: a name must be non-empty and without dots, got "a.b"'),
    );
    expect(() => new Twice("")).toThrow(
      new Error('Twice: a name must be non-empty and without dots, got ""'),
    );
  });
});

/** Scales its inputs by a running maximum. */
class Scaler extends Module {
  readonly maximum = this.buffer("maximum", tensor([1, 1]));
  readonly gain = this.parameter("gain", new Parameter(ones([2])));
  readonly steps = this.buffer("steps", zeros([], { dtype: "int32" }));
  readonly scratch = this.buffer("scratch", zeros([2, 2]).transpose(0, 1), { persistent: false });
  readonly inner = this.child("inner", new Leaf());

  override forward(x: Tensor): Variable {
    this.maximum.data.forEach((largest, i) => {
      this.maximum.data[i] = Math.max(largest, x.data[i] as number);
    });
    this.steps.data[0] = (this.steps.data[0] as number) + 1;
    return this.gain.mul(x.div(this.maximum));
  }
}

describe("buffers", () => {
  it("are in the state dict after the parameters of their module, but are no parameters", () => {
    const model = new Sequential([new Scaler()]);
    expect([...model.stateDict().keys()]).toEqual(["0.gain", "0.maximum", "0.steps", "0.inner.weight"]);
    expect(model.namedParameters().map(([name]) => name)).toEqual(["0.gain", "0.inner.weight"]);
    expect(model.namedBuffers().map(([name]) => name)).toEqual(["0.maximum", "0.steps", "0.scratch"]);
    expect(model.buffers()).toHaveLength(3);
  });

  it("are changed by writing into them, and travel with the state dict", () => {
    const [a, b] = [new Scaler(), new Scaler()];
    expect(a.forward(tensor([2, 8])).value.toArray()).toEqual([1, 1]);
    b.loadStateDict(a.stateDict());
    expect(b.maximum.toArray()).toEqual([2, 8]);
    expect(b.steps.item()).toBe(1);
    expect(b.maximum.data).not.toBe(a.maximum.data);
  });

  it("that are views are copied, so that loading reaches all of them", () => {
    expect(new Scaler().scratch.isContiguous).toBe(true);
  });

  it("keep their dtype: integers are not taken for floats, nor floats for integers", () => {
    const model = new Scaler();
    const dict = new Map(model.stateDict())
      .set("steps", tensor(1.5))
      .set("maximum", zeros([2], { dtype: "int32" }));
    expect(() => model.loadStateDict(dict)).toThrow(
      new Error(
        'loadStateDict: "maximum" has dtype int32, expected float32; "steps" has dtype float32, expected int32',
      ),
    );
  });

  it("share the names of parameters and children", () => {
    class Twice extends Scaler {
      readonly again = this.buffer("gain", zeros([1]));
    }
    expect(() => new Twice()).toThrow(new Error('Twice: "gain" is already registered'));
  });
});

describe("freeze", () => {
  it("keeps gradients from everything below, and drops those there are, until it is undone", () => {
    const model = new Model();
    const step = (): void =>
      model
        .forward(variable([1, 2]))
        .sum()
        .backward();
    step();
    expect(model.first.freeze()).toBe(model.first);
    expect(model.first.weight.grad).toBeNull();
    step();
    expect(model.parameters().map(({ grad }) => grad !== null)).toEqual([true, false, true, true]);
    model.freeze(false);
    step();
    expect(model.first.weight.grad).not.toBeNull();
  });
});

describe("loadStateDict", () => {
  const full = (): Map<string, Tensor> =>
    new Map<string, Tensor>([
      ["scale", tensor(3)],
      ["first.weight", tensor([1, 2])],
      ["fc.weight", tensor([[4, 5]])],
      ["fc.bias", tensor([6])],
    ]);

  it("copies values into the parameters, which stay the same tensors", () => {
    const model = new Model();
    const { weight } = model.fc;
    const before = weight.value;
    const report = model.loadStateDict(full());
    expect(weight.value).toBe(before);
    expect(weight.value.toArray()).toEqual([[4, 5]]);
    expect(report).toEqual({ missing: [], unexpected: [] });
  });

  it("accepts a plain object, views and another floating dtype", () => {
    const model = new Model();
    model.loadStateDict({
      ...Object.fromEntries(full()),
      "fc.weight": tensor([[4], [5]], { dtype: "float64" }).transpose(0, 1),
    });
    expect(model.fc.weight.value.toArray()).toEqual([[4, 5]]);
    expect(model.fc.weight.dtype).toBe("float32");
  });

  it("round-trips the state dict of another model", () => {
    const [a, b] = [new Model(), new Model()];
    b.loadStateDict(a.stateDict());
    expect([...b.stateDict()].map(([, t]) => t.toArray())).toEqual(
      [...a.stateDict()].map(([, t]) => t.toArray()),
    );
    expect(b.fc.weight.value.data).not.toBe(a.fc.weight.value.data);
  });

  it("says what is missing, unexpected and probably meant", () => {
    class Recurrent extends Module {
      readonly weight = this.parameter("weight_hh_l1", new Parameter(zeros([1])));
      override forward(): void {}
    }
    expect(() => new Recurrent().loadStateDict({ weight_hh_1: zeros([1]) })).toThrow(
      new Error(
        'loadStateDict: missing "weight_hh_l1"; unexpected "weight_hh_1" (did you mean "weight_hh_l1"?)',
      ),
    );
    expect(() => new Model().loadStateDict({ scale: tensor(1), momentum: tensor(1) })).toThrow(
      new Error('loadStateDict: missing "first.weight", "fc.weight", "fc.bias"; unexpected "momentum"'),
    );
  });

  it("says which shapes and types do not fit", () => {
    const model = new Model();
    const dict = full()
      .set("fc.weight", zeros([2, 1]))
      .set("fc.bias", zeros([1], { dtype: "int32" }));
    expect(() => model.loadStateDict(dict)).toThrow(
      new Error(
        'loadStateDict: "fc.weight" has shape [2,1], expected [1,2]; "fc.bias" has dtype int32, expected float32',
      ),
    );
    const untyped = { ...Object.fromEntries(full()), scale: 3 } as unknown as Record<string, Tensor>;
    expect(() => model.loadStateDict(untyped)).toThrow(new Error('loadStateDict: "scale" is not a Tensor'));
  });

  it("writes nothing if anything does not fit", () => {
    const model = new Model();
    expect(() => model.loadStateDict(full().set("fc.bias", zeros([7])))).toThrow('"fc.bias" has shape [7]');
    expect(model.scale.item()).toBe(1);
    expect(model.first.weight.value.toArray()).toEqual([0, 0]);
  });

  it("reports instead of throwing with strict: false, but never loads a wrong shape", () => {
    const model = new Model();
    const report = model.loadStateDict({ scale: tensor(2), other: tensor(1) }, { strict: false });
    expect(report).toEqual({ missing: ["first.weight", "fc.weight", "fc.bias"], unexpected: ["other"] });
    expect(model.scale.item()).toBe(2);
    expect(() => model.loadStateDict({ scale: zeros([3]) }, { strict: false })).toThrow(
      new Error('loadStateDict: "scale" has shape [3], expected []'),
    );
  });

  it("is not misled by names such as __proto__ and constructor", () => {
    const dict = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, Tensor>;
    expect(() => new Model().loadStateDict(dict)).toThrow('unexpected "__proto__", "constructor"');
  });
});

describe("Module refuses to leave out what is not registered", () => {
  const linear = (): Linear => new Linear({ inFeatures: 2, outFeatures: 1 });
  abstract class Base extends Module {
    readonly first = this.child("first", linear());
    override forward(): void {}
  }

  class Plain extends Base {
    readonly head = linear();
  }
  class OwnWeight extends Base {
    readonly weight = new Parameter(ones([2]));
  }
  class InArray extends Base {
    readonly layers = [this.first, linear()];
  }
  class InMap extends Base {
    readonly heads = new Map([["a.b", new LSTM({ inputSize: 1, hiddenSize: 1 })]]);
  }
  class InObject extends Base {
    readonly heads = { main: linear() };
  }
  class Below extends Base {
    readonly plain = this.child("plain", new Plain());
  }

  it.each([
    [
      "a layer",
      Plain,
      'Plain: the property "head" is an unregistered Linear; write this.head = this.child("head", …)',
    ],
    [
      "a parameter",
      OwnWeight,
      'OwnWeight: the property "weight" is an unregistered Parameter; write this.weight = this.parameter("weight", …)',
    ],
    [
      "in an array",
      InArray,
      'InArray: the property "layers[1]" is an unregistered Linear; register it with this.child("layers1", …)',
    ],
    [
      "in a map",
      InMap,
      'InMap: the property "heads.a.b" is an unregistered LSTM; register it with this.child("heads_a_b", …)',
    ],
    [
      "in a plain object",
      InObject,
      'InObject: the property "heads.main" is an unregistered Linear; register it with this.child("heads_main", …)',
    ],
    [
      "further down",
      Below,
      'Plain: the property "head" is an unregistered Linear; write this.head = this.child("head", …)',
    ],
  ])("%s", (_where, Class, message) => {
    const model = new Class();
    const asks = [
      () => model.parameters(),
      () => model.namedParameters(),
      () => model.buffers(),
      () => model.namedBuffers(),
      () => model.stateDict(),
      () => model.loadStateDict({}),
      () => model.zeroGrad(),
      () => model.freeze(),
    ];
    for (const ask of asks) expect(ask).toThrow(new Error(message));
  });

  it("nor what has been replaced", () => {
    const model = new Model();
    expect(model.parameters()).toHaveLength(4);
    (model as { fc: Linear }).fc = linear();
    expect(() => model.parameters()).toThrow(
      new Error(
        'Model: the property "fc" is an unregistered Linear, and "fc" is another one; ' +
          "what is registered cannot be replaced: load weights into it, or build a new Model",
      ),
    );
  });

  it("but takes what is registered later, deeper, or beside it", () => {
    class Decoder extends Base {
      readonly encoder: Linear;
      constructor(encoder: Linear) {
        super();
        this.encoder = encoder;
      }
    }
    class Whole extends Base {
      readonly head = linear();
      readonly tail = linear();
      readonly layers = [this.head, this.tail];
      readonly decoder = this.child("decoder", new Decoder(this.head));
      readonly bias = this.decoder.first.bias;
      constructor() {
        super();
        this.child("head", this.head);
        this.child("tail", this.tail);
      }
    }
    expect(new Whole().parameters()).toHaveLength(8);
  });

  it("and looks into a list without modules once if it is long", () => {
    const words = Array.from({ length: 1000 }, (_, i) => String(i));
    const read = vi.spyOn(words, "entries");
    class Reader extends Base {
      readonly words = words;
    }
    const model = new Reader();
    model.parameters();
    model.parameters();
    expect(read).toHaveBeenCalledTimes(1);
  });
});
