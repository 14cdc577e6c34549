import type { Parameter } from "@rnn/nn";
import { needClass } from "../../library.ts";

/** Options of an optimizer in PyTorch's spelling; absent means its default. */
export type OptimizerOptions = Readonly<Record<string, unknown>>;

/** What the cases need of an optimizer. */
export interface Optimizer {
  readonly parameterGroups: readonly {
    learningRate: number;
    momentum?: number;
    betas?: readonly [number, number];
  }[];
  step(): void;
  zeroGrad(options?: { setToNull?: boolean }): void;
}

/** PyTorch's option names that are not just spelt differently. */
const renamed: Readonly<Record<string, string>> = { lr: "learningRate", lr_decay: "learningRateDecay" };

/** A group of parameters with options of its own. */
export interface Group {
  readonly parameters: readonly Parameter[];
  readonly options: OptimizerOptions;
}

/** An optimizer by its class name, over parameters or groups of them. */
export function makeOptimizer(
  name: string,
  members: readonly Parameter[] | readonly Group[],
  options: OptimizerOptions,
): Optimizer {
  const OptimizerClass = needClass<new (members: readonly unknown[], options: object) => Optimizer>(
    "train",
    name,
  );
  const given = members.map((member) =>
    "options" in member ? { parameters: member.parameters, ...translateOptions(member.options) } : member,
  );
  return new OptimizerClass(given, translateOptions(options));
}

/** PyTorch's option names as they are spelt here. */
export function translateOptions(options: OptimizerOptions): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [renamed[name] ?? camelCase(name), value]),
  );
}

function camelCase(words: string): string {
  return words.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
