import type { Tensor } from "@rnn/tensor";
import type { StoredTensor } from "../../cases.ts";
import { type Numbers, toNumber } from "../../judge.ts";
import { toTensor, type Value } from "../../tensors.ts";

/** Runs one type of ONNX node; outputs it does not give are not compared. */
export type Operator = (node: Node) => (Value | Numbers)[];

/** Attributes and positional inputs of a node. */
export class Node {
  readonly #attributes: Readonly<Record<string, unknown>>;
  readonly #inputs: readonly (StoredTensor | null)[];
  /** How many outputs the node has. */
  readonly outputs: number;

  constructor(
    attributes: Readonly<Record<string, unknown>>,
    inputs: readonly (StoredTensor | null)[],
    outputs: number,
  ) {
    this.#attributes = attributes;
    this.#inputs = inputs;
    this.outputs = outputs;
  }

  /** A number or flag; flags are 0 or 1. */
  number(name: string, otherwise: number): number {
    return (this.#attributes[name] as number | undefined) ?? otherwise;
  }

  flag(name: string, otherwise = false): boolean {
    return this.number(name, otherwise ? 1 : 0) !== 0;
  }

  text(name: string, otherwise: string): string {
    return (this.#attributes[name] as string | undefined) ?? otherwise;
  }

  /** A list, from an attribute or, as later versions of ONNX have it, from an input. */
  list(name: string, position: number): number[] | undefined {
    return (this.#attributes[name] as number[] | undefined) ?? this.numbers(position);
  }

  has(position: number): boolean {
    return Boolean(this.#inputs[position]);
  }

  get count(): number {
    return this.#inputs.length;
  }

  dtype(position: number): string {
    return this.#stored(position).dtype;
  }

  tensor(position: number): Tensor {
    return toTensor(this.#stored(position));
  }

  tensors(): Tensor[] {
    return this.#inputs.map((_, position) => this.tensor(position));
  }

  /** The plain numbers of an input, which may lie beyond int32. */
  numbers(position: number): number[] | undefined {
    return this.#inputs[position]?.data.map(toNumber);
  }

  #stored(position: number): StoredTensor {
    const stored = this.#inputs[position];
    if (!stored) throw new Error(`the node has no input ${position}`);
    return stored;
  }
}
