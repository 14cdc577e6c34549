import type { Parameter } from "../autograd/parameter.ts";
import { describe } from "../describe.ts";
import type { Register } from "./parameters.ts";

/**
 * Registers the parameters of an LSTM, and gives the forget gate the initial bias `forgetBias` if that is set.
 *
 * What counts is the sum of the two biases, so `bias_ih` gets it and `bias_hh` zero. Everything is drawn before, so the
 * other parameters are those that a seed gives without.
 */
export function withForgetBias(
  where: string,
  { forgetBias, bias }: { forgetBias?: number | undefined; bias?: boolean | undefined },
  register: Register,
): Register {
  if (forgetBias === undefined) return register;
  if (!Number.isFinite(forgetBias)) {
    throw new RangeError(`${where}: forgetBias must be a finite number, got ${describe(forgetBias)}`);
  }
  if (bias === false) {
    throw new RangeError(`${where}: forgetBias ${forgetBias} needs biases, but bias is false`);
  }
  return (name, parameter) => {
    if (name.startsWith("bias_ih")) fillForgetGate(parameter, forgetBias);
    if (name.startsWith("bias_hh")) fillForgetGate(parameter, 0);
    return register(name, parameter);
  };
}

/** The gates are i f g o in memory: the forget gate has the second quarter. */
function fillForgetGate({ value: { data, size } }: Parameter, bias: number): void {
  data.fill(bias, size / 4, size / 2);
}
