import {
  crossEntropy,
  detectAnomaly,
  finalFeatures,
  Linear,
  LSTM,
  LSTMCell,
  Module,
  mseLoss,
  noGrad,
  packPaddedSequence,
  padPackedSequence,
  Sequential,
  Streaming,
  scan,
  sequenceMask,
  stack,
  summary,
  Tanh,
  variable,
} from "@rnn/nn";
import { randn, ShapeError, tensor, zeros } from "@rnn/tensor";
import { describe } from "vitest";
import { type Any, any, create, itRefuses } from "./it-refuses.ts";

const lstm: Any = new LSTM({ inputSize: 3, hiddenSize: 4 });
const linear: Any = new Linear({ inFeatures: 3, outFeatures: 2 });
const x = randn([5, 2, 3]);
const sizes = { inputSize: 3, hiddenSize: 4 };
const scores = variable(zeros([2, 3]));
const labels = tensor([0, 1], { dtype: "int32" });

class Parent extends Module {
  add(child: unknown): void {
    this.child("x", child as Module);
  }
  hold(parameter: unknown): void {
    this.parameter("p", parameter as Any);
  }
  keep(tensor: unknown): void {
    this.buffer("b", tensor as Any);
  }
  override forward(): void {}
}

describe("backward says which argument is meant", () => {
  const loss = variable([1], { requiresGrad: true });
  itRefuses([
    [
      "backward({ retainGraph })",
      () => loss.backward(any({ retainGraph: true })),
      new TypeError(
        "backward: gradient must be a Tensor, got a plain object; options come second: backward(undefined, { retainGraph: true })",
      ),
    ],
    ["backward(5)", () => loss.backward(any(5)), new TypeError("backward: gradient must be a Tensor, got 5")],
    [
      "backward({ gradient })",
      () => loss.backward(any({ gradient: zeros([1]) })),
      new TypeError("backward: gradient must be a Tensor, got a plain object"),
    ],
  ]);
});

describe("grad fits the value", () => {
  const weight: Any = variable([1, 2], { requiresGrad: true });
  const give = (gradient: unknown) => () => {
    weight.grad = gradient;
  };
  itRefuses([
    ["an array", give([1, 2]), new TypeError("Variable: grad must be a Tensor or null, got an array")],
    [
      "a variable",
      give(variable([1, 2])),
      new TypeError("Variable: grad must be a Tensor or null, got an instance of Variable"),
    ],
    ["undefined", give(undefined), new TypeError("Variable: grad must be a Tensor or null, got undefined")],
    [
      "another shape",
      give(zeros([3])),
      new ShapeError("Variable: grad has shape [3], but the value has [2]"),
    ],
    [
      "another dtype",
      give(zeros([2], { dtype: "float64" })),
      new TypeError('Variable: grad is float64, but the value is float32; convert it with .to("float32")'),
    ],
  ]);
});

describe("lengths must be a list", () => {
  const list = "lengths must be an array of integers or an Int32Array, got";
  itRefuses([
    [
      "a tensor",
      () => lstm.forward(x, { lengths: labels }),
      new TypeError(`LSTM.forward: ${list} an instance of Tensor; pass Int32Array.from(lengths.data)`),
    ],
    ["a number", () => lstm.forward(x, { lengths: 5 }), new TypeError(`LSTM.forward: ${list} 5`)],
    ["a string", () => lstm.forward(x, { lengths: "55" }), new TypeError(`LSTM.forward: ${list} "55"`)],
    [
      "a string in the list",
      () => lstm.forward(x, { lengths: ["5", 5] }),
      new RangeError('LSTM.forward: lengths[0] must be an integer from 0 to 5, the number of steps, got "5"'),
    ],
    ["sequenceMask(3)", () => sequenceMask(any(3)), new TypeError(`sequenceMask: ${list} 3`)],
    [
      "packPaddedSequence(x)",
      () => (packPaddedSequence as Any)(x),
      new TypeError(`packPaddedSequence: ${list} undefined`),
    ],
  ]);
});

describe("arguments of another type are named", () => {
  const tensorHint = "; make a tensor of it with tensor(…)";
  itRefuses([
    [
      "lstm.forward()",
      () => lstm.forward(),
      new TypeError("LSTM.forward: input must be a Tensor or a Variable, got undefined"),
    ],
    [
      "lstm.forward(null)",
      () => lstm.forward(null),
      new TypeError("LSTM.forward: input must be a Tensor or a Variable, got null"),
    ],
    [
      "lstm.forward(x, { state: null })",
      () => lstm.forward(x, { state: null }),
      new TypeError(
        "LSTM.forward: state must be an object { h, c }, got null; leave it out to start from zeros",
      ),
    ],
    [
      "lstm.forward(x, { state: [h, c] })",
      () => lstm.forward(x, { state: [x, x] }),
      new TypeError(
        "LSTM.forward: state must be an object { h, c }, got an array; leave it out to start from zeros",
      ),
    ],
    [
      "lstm.forward(x, { state: { h: 5 } })",
      () => lstm.forward(x, { state: { h: 5, c: 5 } }),
      new TypeError("LSTM.forward: state.h must be a Tensor or a Variable, got 5"),
    ],
    [
      "cell.forward(x, null)",
      () => new LSTMCell(sizes).forward(zeros([2, 3]), any(null)),
      new TypeError(
        "LSTMCell.forward: state must be an object { h, c }, got null; leave it out to start from zeros",
      ),
    ],
    [
      "linear.forward(5)",
      () => linear.forward(5),
      new TypeError("Linear.forward: input must be a Tensor or a Variable, got 5"),
    ],
    [
      "linear.forward([1, 2, 3])",
      () => linear.forward([1, 2, 3]),
      new TypeError(`Linear.forward: input must be a Tensor or a Variable, got an array${tensorHint}`),
    ],
    [
      "crossEntropy(v)",
      () => (crossEntropy as Any)(scores),
      new TypeError("crossEntropy: target must be a Tensor or a Variable, got undefined"),
    ],
    [
      "crossEntropy(v, [0, 1])",
      () => crossEntropy(scores, any([0, 1])),
      new TypeError(`crossEntropy: target must be a Tensor or a Variable, got an array${tensorHint}`),
    ],
    [
      "mseLoss(v, 5)",
      () => mseLoss(scores, any(5)),
      new TypeError("mseLoss: target must be a Tensor or a Variable, got 5"),
    ],
    [
      "stack(v)",
      () => stack(any(scores)),
      new TypeError("stack: inputs must be an array of tensors, got an instance of Variable"),
    ],
    [
      "stack([v, 5])",
      () => stack([scores, any(5)]),
      new TypeError("stack: inputs[1] must be a Tensor or a Variable, got 5"),
    ],
    [
      "padPackedSequence(5)",
      () => padPackedSequence(any(5)),
      new TypeError("padPackedSequence: packed must be a PackedSequence, got 5"),
    ],
    [
      "new Sequential()",
      () => create(Sequential),
      new TypeError("Sequential: steps must be an array of modules and functions, got undefined"),
    ],
    [
      "new Sequential(layer)",
      () => create(Sequential, linear),
      new TypeError("Sequential: steps must be an array of modules and functions, got an instance of Linear"),
    ],
    [
      "new Sequential([layer, 5])",
      () => create(Sequential, [linear, 5]),
      new TypeError("Sequential: steps[1] must be a module or a function, got 5"),
    ],
    [
      "new Sequential([Class])",
      () => create(Sequential, [linear, Tanh]),
      new TypeError(
        "Sequential: steps[1] must be a module or a function, got the class Tanh; pass new Tanh(…)",
      ),
    ],
    [
      "a Sequential of LSTM and Linear",
      () => new Sequential([lstm, linear]).forward(x),
      new TypeError(
        "Sequential.forward: steps[0] (LSTM) must return a Variable, but returned { output, state }; write a Module of your own that passes on what is needed, such as output",
      ),
    ],
    [
      "a Sequential with a function that returns nothing",
      () => new Sequential([linear, any(() => undefined)]).forward(x),
      new TypeError("Sequential.forward: steps[1] (a function) must return a Variable, got undefined"),
    ],
    [
      "new Streaming()",
      () => create(Streaming),
      new TypeError("Streaming: model must have a method forward, got undefined"),
    ],
    [
      "new Streaming(5)",
      () => create(Streaming, 5),
      new TypeError("Streaming: model must have a method forward, got 5"),
    ],
    [
      "scan(5, x)",
      () => scan(any(5), x),
      new TypeError("scan: cell must be a function or have a method forward, got 5"),
    ],
    [
      "finalFeatures(5)",
      () => finalFeatures(any(5)),
      new TypeError(
        "finalFeatures: result must be what forward of RNN, LSTM or GRU returned, { output, state }, got 5",
      ),
    ],
    [
      'state.layer("0")',
      () => lstm.forward(x).state.layer(any("0")),
      new RangeError('state.layer: index must be an integer from -1 to 0 (1 layer), got "0"'),
    ],
    [
      "summary(layer)",
      () => (summary as Any)(linear),
      new TypeError(
        "summary: inputShape must be an array, the shape of one input without the batch, got undefined",
      ),
    ],
    ["summary(5, [3])", () => summary(any(5), [3]), new TypeError("summary: model must be a Module, got 5")],
    ["noGrad(5)", () => noGrad(any(5)), new TypeError("noGrad: expected a function, got 5")],
    [
      "detectAnomaly()",
      () => (detectAnomaly as Any)(),
      new TypeError("detectAnomaly: expected a function, got undefined"),
    ],
    [
      "detectAnomaly(fn, { model: 5 })",
      () => detectAnomaly(() => 1, { model: any(5) }),
      new TypeError("detectAnomaly: model must be a Module, got 5"),
    ],
  ]);
});

describe("a module holds only what it can", () => {
  const parent = new Parent();
  const child = new Parent();
  child.add(parent);
  itRefuses([
    [
      "child(module, name)",
      () => (child as Any).child(linear, "a"),
      new TypeError(
        'Parent: the name comes first, this.child("name", …), and must be a string, got an instance of Linear',
      ),
    ],
    [
      "buffer(tensor, name)",
      () => (child as Any).buffer(x, "a"),
      new TypeError(
        'Parent: the name comes first, this.buffer("name", …), and must be a string, got an instance of Tensor',
      ),
    ],
    [
      "a child that is no module",
      () => new Parent().add(5),
      new TypeError('Parent: child "x" must be a Module, got 5'),
    ],
    [
      "itself",
      () => parent.add(parent),
      new Error('Parent: child "x" is this module itself, or has it below it'),
    ],
    [
      "what has it below",
      () => parent.add(child),
      new Error('Parent: child "x" is this module itself, or has it below it'),
    ],
    [
      "a parameter that is none",
      () => parent.hold(scores),
      new TypeError('Parent: parameter "p" must be a Parameter, got an instance of Variable'),
    ],
    [
      "a buffer that is no tensor",
      () => parent.keep([1]),
      new TypeError('Parent: buffer "b" must be a Tensor, got an array'),
    ],
  ]);
});
