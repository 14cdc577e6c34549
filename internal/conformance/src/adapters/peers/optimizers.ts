import { Linear, Module, mseLoss, mul, Parameter, sigmoid, sub, sum, Variable } from "@rnn/nn";
import { type DType, Tensor } from "@rnn/tensor";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor, StoredTensors, Tolerance } from "../../cases.ts";
import { mapValues, toTensor } from "../../tensors.ts";
import { compareOutputs } from "../outputs.ts";
import { makeOptimizer, type OptimizerOptions } from "../train/optimizers.ts";

interface NamedOptimizer extends OptimizerOptions {
  readonly type: string;
}

type LayerSpec =
  | {
      readonly type: "Linear";
      readonly in_features: number;
      readonly out_features: number;
      readonly bias: boolean;
    }
  | { readonly type: "Sigmoid" };

interface PeerOptimizerCase {
  readonly optimizer: NamedOptimizer;
  readonly model: LayerSpec[];
  readonly loss:
    | { readonly type: "sum_output" }
    | { readonly type: "mse"; readonly reduction: "mean" | "sum" };
  readonly input?: StoredTensor;
  readonly target?: StoredTensor;
  readonly inputs_per_step?: StoredTensor[];
  /** Keys `<layer index>.<name>`. */
  readonly init: StoredTensors;
  readonly steps: number;
  readonly expected: { readonly after_steps: number; readonly state_dict: StoredTensors }[];
  readonly dtype: DType;
  /** For a start that the project rounded, and for float32. */
  readonly tol_peer?: Tolerance;
}

/** kind `optimizer`: a small network trained step by step. */
export const peerOptimizerCase: PeerAdapter = peer<PeerOptimizerCase>((c, { judge }) => {
  const model = new LayerList(c.model, c.dtype);
  model.loadStateDict(mapValues(c.init, toTensor));
  const { type, ...options } = c.optimizer;
  const optimizer = makeOptimizer(type, model.parameters(), options);
  const samples = new Map(c.expected.map(({ after_steps, state_dict }) => [after_steps, state_dict]));
  for (let step = 0; step < c.steps; step++) {
    const input = c.inputs_per_step?.[step] ?? c.input;
    if (!input) throw new Error(`the case has no input for step ${step}`);
    optimizer.zeroGrad();
    lossOf(c, model.forward(new Variable(toTensor(input).to(c.dtype)))).backward();
    optimizer.step();
    const want = samples.get(step + 1);
    // stored as float32 or float64, computed in the dtype of the case
    if (want)
      compareOutputs(
        judge,
        Object.fromEntries(model.stateDict()),
        mapValues(want, (t) => ({ ...t, dtype: c.dtype })),
      );
  }
});

function lossOf({ loss, target }: PeerOptimizerCase, output: Variable): Variable {
  if (loss.type === "sum_output") return sum(output);
  if (!target) throw new Error("the case has no target");
  return mseLoss(output, toTensor(target).to(output.dtype), { reduction: loss.reduction });
}

/** Layers run one after the other, registered by position. */
class LayerList extends Module {
  readonly #layers: ((x: Variable) => Variable)[];

  constructor(specs: readonly LayerSpec[], dtype: DType) {
    super();
    this.#layers = specs.map((spec, i) => {
      if (spec.type === "Sigmoid") return sigmoid;
      const options = { inFeatures: spec.in_features, outFeatures: spec.out_features, bias: spec.bias };
      const linear = this.child(String(i), new Linear({ ...options, dtype: dtype as "float32" | "float64" }));
      return (x) => linear.forward(x);
    });
  }

  override forward(x: Variable): Variable {
    return this.#layers.reduce((value, layer) => layer(value), x);
  }
}

interface ScalarCase {
  readonly optimizer: NamedOptimizer;
  readonly objective: string;
  readonly init: number;
  readonly steps: number;
  readonly expected: number;
}

/** kind `optimizer_scalar`: the minimum of (x - a)^2. */
export const optimizerScalarCase: PeerAdapter = peer<ScalarCase>((c, { judge }) => {
  const minimum = /^\(x-([\d.]+)\)\^2$/.exec(c.objective)?.[1];
  if (minimum === undefined) throw new Error(`the adapter does not know the objective ${c.objective}`);
  const x = new Parameter(new Tensor(Float32Array.of(c.init), []));
  const { type, ...options } = c.optimizer;
  const optimizer = makeOptimizer(type, [x], options);
  for (let step = 0; step < c.steps; step++) {
    optimizer.zeroGrad();
    const error = sub(x, Number(minimum));
    mul(error, error).backward();
    optimizer.step();
  }
  judge.number("x", x.item(), c.expected);
});
