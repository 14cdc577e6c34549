import {
  BagOfWords,
  bceWithLogits,
  crossEntropy,
  Dropout,
  dotProductAttention,
  Embedding,
  EmbeddingBag,
  type Extremum,
  init,
  Linear,
  Module,
  type ModuleConfig,
  maxOverTime,
  noGrad,
  Parameter,
  record,
  Sequential,
  saveSafetensors,
  summary,
  tanh,
  Variable,
  variable,
} from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { expectTypeOf } from "vitest";

declare const x: Tensor;
declare const v: Variable;
declare const maybe: boolean | undefined;

// operands are variables, tensors and numbers
expectTypeOf(v.add(x).mul(2).sub(v)).toEqualTypeOf<Variable>();
expectTypeOf(tanh(x)).toEqualTypeOf<Variable>();
// @ts-expect-error strings are not operands
v.add("1");
// @ts-expect-error a function of one tensor takes no number
tanh(1);

// max without a dimension is a variable, with one it has positions too
expectTypeOf(v.max()).toEqualTypeOf<Variable>();
expectTypeOf(v.max({ dim: 0 })).toEqualTypeOf<Extremum>();
// @ts-expect-error the dimension is an option
v.max(0);

// the value of a variable is fixed, its gradient is not
v.grad = null;
// @ts-expect-error write into the tensor instead
v.value = x;
// @ts-expect-error a gradient is a tensor
v.backward(v);

// options
new Linear({ inFeatures: 2, outFeatures: 1, bias: maybe });
// @ts-expect-error sizes are required
new Linear({ inFeatures: 2 });
// @ts-expect-error parameters are floating
new Linear({ inFeatures: 2, outFeatures: 1, dtype: "int32" });
// @ts-expect-error PyTorch's spelling
new Embedding({ num_embeddings: 2, embedding_dim: 1 });
// @ts-expect-error a misspelt option
new Dropout({ probability: 0.5 });
// @ts-expect-error one of three reductions
crossEntropy(v, x, { reduction: "avg" });
// @ts-expect-error posWeight is a tensor
bceWithLogits(v, x, { posWeight: 2 });
// @ts-expect-error initialisers fill tensors, parameters or new tensors of a shape
init.uniform(3);

// modules
class Model extends Module {
  readonly fc = this.child("fc", new Linear({ inFeatures: 2, outFeatures: 1 }));
  readonly scale = this.parameter("scale", new Parameter(x));

  override forward(input: Variable): Variable {
    return this.fc.forward(input).mul(this.scale);
  }
}
const model = new Model();
expectTypeOf(model.fc).toEqualTypeOf<Linear>();
expectTypeOf(model.stateDict()).toEqualTypeOf<Map<string, Tensor>>();
expectTypeOf(summary(model, [2]).total).toEqualTypeOf<number>();
// @ts-expect-error registration is the business of the class
model.parameter("late", new Parameter(x));
// @ts-expect-error a variable is not a parameter
Parameter satisfies new (
  value: Variable,
) => Parameter;
// @ts-expect-error a state dict holds tensors
model.loadStateDict({ scale: 3 });
// @ts-expect-error a module computes something
class Empty extends Module {}

// what a model says about itself is plain data
class Named extends Model {
  override getConfig(): ModuleConfig {
    return { class: "Named", sizes: [2, 1], scale: 0.5, isTiny: true };
  }
}
expectTypeOf(new Named().getConfig()).toEqualTypeOf<ModuleConfig>();
class Wrong extends Model {
  // @ts-expect-error no functions
  override getConfig() {
    return { scale: () => 1 };
  }
}

// the bytes of a file are what a Blob wants
expectTypeOf(saveSafetensors(model)).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
// @ts-expect-error a bag of words has no vectors of tokens
new BagOfWords({ numEmbeddings: 2, outFeatures: 1, embeddingDim: 3 });

new Sequential([model.fc, tanh, (y) => tanh(y)]);
// @ts-expect-error not a step
new Sequential(["tanh"]);

// lengths are numbers, the layout is an option
expectTypeOf(maxOverTime(v, Int32Array.of(2), { batchFirst: maybe })).toEqualTypeOf<Variable>();
// @ts-expect-error a tensor of lengths
maxOverTime(v, x);
// @ts-expect-error one of three modes
new EmbeddingBag({ numEmbeddings: 2, embeddingDim: 1, mode: "min" });
expectTypeOf(dotProductAttention(v, x, x).weights).toEqualTypeOf<Variable>();

// what a function returns comes out of noGrad
expectTypeOf(noGrad(() => 3)).toEqualTypeOf<number>();

// a backward function returns a list
expectTypeOf(record("same", [v], x, (dy) => [dy])).toEqualTypeOf<Variable>();
// @ts-expect-error not a bare tensor
record("same", [v], x, (dy) => dy);

expectTypeOf(variable([1, 2])).toEqualTypeOf<Variable>();
expectTypeOf(variable(v)).toEqualTypeOf<Variable>();
// @ts-expect-error not numbers
variable(["1"]);
new Variable(x, { requiresGrad: maybe });
void Empty;
void Wrong;
