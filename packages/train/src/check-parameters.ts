import { Module, Parameter } from "@rnn/nn";
import { describe, wrongKind } from "./check.ts";

/** The members of a list of parameters (or of what `of` says); throws if it is none, such as a model. */
export function membersOf<Member>(
  where: string,
  name: string,
  given: Iterable<Member>,
  of = "parameters",
): Member[] {
  if (typeof given === "object" && given !== null && Symbol.iterator in given) return [...given];
  throw wrongKind(where, name, `a list of ${of}`, given, adviceFor(given));
}

/** One parameter or several as a list. */
export function parametersOf(where: string, given: Parameter | Iterable<Parameter>): Parameter[] {
  if (given instanceof Parameter) return [given];
  const parameters = membersOf(where, "parameters", given);
  for (const [position, parameter] of parameters.entries()) checkParameter(where, parameter, position);
  return parameters;
}

/** Throws unless `parameter` is one. */
export function checkParameter(where: string, parameter: unknown, position: number): void {
  if (parameter instanceof Parameter) return;
  throw new TypeError(`${where}: parameter ${position} is ${describe(parameter)}, not a Parameter`);
}

function adviceFor(given: unknown): string {
  if (given instanceof Module) return "pass model.parameters()";
  return given instanceof Parameter ? "pass [parameter]" : "pass a list such as model.parameters()";
}
