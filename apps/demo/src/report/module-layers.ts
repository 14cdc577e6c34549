import type { Module, Parameter } from "@rnn/nn";

/** One layer of a network. */
export interface Layer {
  /** Dotted name in the network. */
  readonly name: string;
  /** What it is, for example "GRU". */
  readonly kind: string;
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameters: number;
}

/** How many numbers a network learns. */
export function parameterCount(module: Module): number {
  return module.parameters().reduce((sum, { size }) => sum + size, 0);
}

/** The layers that a network is composed of: the modules without modules of their own, and parameters beside those. */
export function moduleLayers(module: Module, name = ""): Layer[] {
  const children = module.namedChildren();
  if (children.length === 0) return [layer(name, module.constructor.name, module.namedParameters())];
  const dotted = (key: string) => (name === "" ? key : `${name}.${key}`);
  const own = module.namedParameters().filter(([key]) => !key.includes("."));
  return [
    ...children.flatMap(([key, child]) => moduleLayers(child, dotted(key))),
    ...own.map(([key, parameter]) => layer(dotted(key), "Parameter", [[key, parameter]])),
  ];
}

function layer(name: string, kind: string, parameters: readonly [string, Parameter][]): Layer {
  return {
    name,
    kind,
    weights: parameters.map(([key, { value }]) => ({ name: key, shape: value.shape })),
    parameters: parameters.reduce((sum, [, { value }]) => sum + value.size, 0),
  };
}
