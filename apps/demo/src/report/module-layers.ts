import type { Module } from "@rnn/nn";

/** One layer of a network. */
export interface Layer {
  /** Dotted name in the network. */
  readonly name: string;
  /** What it is, for example "GRU". */
  readonly kind: string;
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameters: number;
}

/** The layers that a network is composed of: the modules without modules of their own. */
export function moduleLayers(module: Module, name = ""): Layer[] {
  const children = module.namedChildren();
  if (children.length > 0) {
    return children.flatMap(([key, child]) => moduleLayers(child, name === "" ? key : `${name}.${key}`));
  }
  const parameters = module.namedParameters();
  return [
    {
      name,
      kind: module.constructor.name,
      weights: parameters.map(([key, { value }]) => ({ name: key, shape: value.shape })),
      parameters: parameters.reduce((sum, [, { value }]) => sum + value.size, 0),
    },
  ];
}
