import { init, Parameter } from "@rnn/nn";
import { type Tensor, zeros } from "@rnn/tensor";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { compareOutputs } from "../outputs.ts";
import { seedDefault } from "./draws.ts";

/** Arguments of `torch.nn.init` functions; which ones are there depends on the function. */
interface InitialiserArguments {
  readonly a?: number;
  readonly b?: number;
  readonly mean?: number;
  readonly std?: number;
  readonly gain?: number;
  readonly val?: number;
  readonly mode?: "fan_in" | "fan_out";
  readonly nonlinearity?: "relu" | "tanh" | "leaky_relu";
}

type Initialiser = (weight: Parameter, given: InitialiserArguments) => Tensor;

/** kinds `nn.init.<name>_`: fills a parameter in place. */
export const initialiserCase: GoldenAdapter = golden<{
  seed: number;
  shape: number[];
  kwargs: InitialiserArguments;
}>((c, { judge }) => {
  const { seed, shape, kwargs } = c.config;
  const initialise = initialisers[c.kind.slice("nn.init.".length)];
  if (!initialise) throw new Error(`the adapter does not know ${c.kind}`);
  const weight = new Parameter(zeros(shape));
  seedDefault(seed);
  initialise(weight, kwargs);
  compareOutputs(judge, { out: weight }, c.outputs);
});

const initialisers: Readonly<Record<string, Initialiser>> = {
  uniform_: (weight, { a, b }) => init.uniform(weight, a, b),
  normal_: (weight, { mean, std }) => init.normal(weight, mean, std),
  constant_: (weight, { val = 0 }) => init.constant(weight, val),
  eye_: (weight) => init.eye(weight),
  orthogonal_: (weight, { gain }) => init.orthogonal(weight, { gain }),
  xavier_uniform_: (weight, { gain }) => init.xavierUniform(weight, { gain }),
  xavier_normal_: (weight, { gain }) => init.xavierNormal(weight, { gain }),
  kaiming_uniform_: (weight, given) => init.kaimingUniform(weight, kaimingOptions(given)),
  kaiming_normal_: (weight, given) => init.kaimingNormal(weight, kaimingOptions(given)),
  trunc_normal_: (weight, { mean, std, a, b }) => init.truncNormal(weight, { mean, std, low: a, high: b }),
};

function kaimingOptions({
  a,
  mode,
  nonlinearity,
}: InitialiserArguments): Parameters<typeof init.kaimingUniform>[1] {
  return {
    a,
    mode: mode === "fan_out" ? "fanOut" : "fanIn",
    nonlinearity: nonlinearity === "leaky_relu" ? "leakyRelu" : nonlinearity,
  };
}
