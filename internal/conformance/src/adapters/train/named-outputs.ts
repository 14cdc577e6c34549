import type { Module } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { gradientOf } from "./clip.ts";

/** Outputs `final/<name>`: the parameters after training. */
export function finalParameters(model: Module): Record<string, Tensor> {
  return Object.fromEntries([...model.stateDict()].map(([name, value]) => [`final/${name}`, value]));
}

/** Outputs `grad/<name>`: the accumulated gradients. */
export function accumulatedGradients(model: Module): Record<string, Tensor> {
  const entries = model.namedParameters();
  return Object.fromEntries(entries.map(([name, parameter]) => [`grad/${name}`, gradientOf(parameter)]));
}
