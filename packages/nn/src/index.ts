export type { BackwardOptions } from "./autograd/backward.ts";
export { isGradEnabled, noGrad } from "./autograd/no-grad.ts";
export { Parameter } from "./autograd/parameter.ts";
export { type Operand, record, recordAll } from "./autograd/record.ts";
export { Variable, type VariableOptions, variable } from "./autograd/variable.ts";
export { Module } from "./module.ts";
export type { StateDictReport } from "./state-dict.ts";
