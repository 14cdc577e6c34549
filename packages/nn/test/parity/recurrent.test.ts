import { readFileSync } from "node:fs";
import { expectClose } from "@internal/testing";
import { GRU, GRUCell, LSTM, LSTMCell, type Module, RNN, RNNCell, Variable } from "@rnn/nn";
import { manualSeed, Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

/** A tensor as the fixtures write it. */
interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
type StoredByName = Readonly<Record<string, Stored>>;

/** One recorded case, in PyTorch's spelling. */
interface Case {
  readonly name: string;
  readonly kind: string;
  readonly config: {
    readonly input_size: number;
    readonly hidden_size: number;
    readonly num_layers?: number;
    readonly bias: boolean;
    readonly batch_first?: boolean;
    readonly bidirectional?: boolean;
    readonly nonlinearity?: string;
    readonly proj_size?: number;
    readonly lengths?: readonly number[];
  };
  readonly params: StoredByName;
  readonly inputs: StoredByName;
  readonly outputs: StoredByName;
  readonly cotangents: StoredByName;
  readonly grads: { readonly inputs: StoredByName; readonly params: StoredByName };
  readonly atol: number;
  readonly rtol: number;
}

/** Initial weights after `manualSeed`. */
interface InitialCase {
  readonly name: string;
  readonly kind: string;
  readonly config: {
    readonly seed: number;
    readonly args: readonly [number, number];
    readonly kwargs: {
      readonly num_layers?: number;
      readonly bidirectional?: boolean;
      readonly proj_size?: number;
    };
  };
  readonly outputs: StoredByName;
}

const path = new URL("../fixtures/recurrent.json", import.meta.url);
const all = (JSON.parse(readFileSync(path, "utf8")) as { cases: (Case | InitialCase)[] }).cases;
const cases = all.filter((c): c is Case => "params" in c && !c.kind.startsWith("init:"));
const initialCases = all.filter((c): c is InitialCase => c.kind.startsWith("init:"));

const classes = { RNN, LSTM, GRU, RNNCell, LSTMCell, GRUCell } as unknown as Record<
  string,
  new (
    options: object,
  ) => Module & { forward(...args: unknown[]): unknown }
>;

type DType = "float32" | "float64";
const load = ({ data, shape }: Stored, dtype: DType): Tensor =>
  new Tensor(dtype === "float64" ? Float64Array.from(data) : Float32Array.from(data), shape);

/** Outputs by PyTorch's names, and the variables that were given. */
function run(c: Case, module: Module & { forward(...args: unknown[]): unknown }, dtype: DType) {
  const inputs: Record<string, Variable> = {};
  for (const [name, stored] of Object.entries(c.inputs)) {
    inputs[name] = new Variable(load(stored, dtype), { requiresGrad: true });
  }
  const { input, h0, c0 } = inputs;
  const state = h0 && { h: h0, ...(c0 && { c: c0 }) };
  if (c.kind.endsWith("Cell"))
    return { inputs, outputs: module.forward(input, state) as Record<string, Variable> };
  const { output, state: final } = module.forward(input, { state, lengths: c.config.lengths }) as {
    output: Variable;
    state: { h: Variable; c?: Variable };
  };
  return {
    inputs,
    outputs: { output, h_n: final.h, ...(final.c && { c_n: final.c }) } as Record<string, Variable>,
  };
}

function expectNear(got: Variable | Tensor | null | undefined, want: Stored, c: Case, name: string): void {
  const tensor = got instanceof Variable ? got.value : got;
  expect(tensor?.shape, name).toEqual(want.shape);
  const { data, offset, size } = tensor!.contiguous();
  expectClose(data.subarray(offset, offset + size), want.data, c);
}

describe.each(["float32", "float64"] as const)("agrees with PyTorch in %s", (dtype) => {
  it.each(cases.map((c) => [c.name, c] as const))("%s", (_name, c) => {
    const { config } = c;
    const module = new classes[c.kind]!({
      inputSize: config.input_size,
      hiddenSize: config.hidden_size,
      numLayers: config.num_layers,
      bias: config.bias,
      batchFirst: config.batch_first,
      bidirectional: config.bidirectional,
      nonlinearity: config.nonlinearity,
      projSize: config.proj_size,
      dtype,
    });
    module.loadStateDict(
      new Map(Object.entries(c.params).map(([name, stored]) => [name, load(stored, dtype)])),
    );
    const { inputs, outputs } = run(c, module, dtype);
    for (const [name, want] of Object.entries(c.outputs)) expectNear(outputs[name], want, c, name);

    const terms = Object.entries(c.cotangents).map(([name, dy]) => outputs[name]!.mul(load(dy, dtype)).sum());
    terms.reduce((a, b) => a.add(b)).backward();
    for (const [name, want] of Object.entries(c.grads.inputs)) expectNear(inputs[name]!.grad, want, c, name);
    const parameters = new Map(module.namedParameters());
    for (const [name, want] of Object.entries(c.grads.params)) {
      expectNear(parameters.get(name)!.grad, want, c, name);
    }
  });
});

describe("draws PyTorch's initial weights", () => {
  it.each(initialCases.map((c) => [c.name, c] as const))("%s", (_name, { kind, config, outputs }) => {
    manualSeed(config.seed);
    const module = new classes[kind.slice("init:".length)]!({
      inputSize: config.args[0],
      hiddenSize: config.args[1],
      numLayers: config.kwargs.num_layers,
      bidirectional: config.kwargs.bidirectional,
      projSize: config.kwargs.proj_size,
    });
    const weights = [...module.stateDict()];
    expect(weights.map(([name]) => name)).toEqual(Object.keys(outputs));
    for (const [name, tensor] of weights) {
      expect([...tensor.data], name).toEqual(outputs[name]!.data.map(Math.fround));
    }
  });
});
