import { Parameter } from "@rnn/nn";
import { checkOptions, describe, nameOf } from "../check.ts";
import { checkParameter, membersOf } from "../check-parameters.ts";

/**
 * Parameters that are updated with the same options.
 *
 * Assigning to `learningRate` (or another option) takes effect at the next step: that is all a schedule does.
 *
 * @public
 */
export interface ParameterGroup {
  /** The parameters, in the order in which they were given. */
  readonly parameters: readonly Parameter[];
  /** The step size in force. */
  learningRate: number;
}

/**
 * A parameter group as it is passed to an optimizer: parameters, and the options in which the group differs.
 *
 * @public
 */
export type ParameterGroupInit<Options> = Options & { readonly parameters: Iterable<Parameter> };

/**
 * What an optimizer can be made from: parameters, or groups of them.
 *
 * @public
 */
export type OptimizedParameters<Options> = Iterable<Parameter> | Iterable<ParameterGroupInit<Options>>;

/**
 * `Options` with every option present.
 *
 * @public
 */
export type Resolved<Options> = { [Name in keyof Options]-?: Exclude<Options[Name], undefined> };

/** Turns what the user passed into groups with every option present; parameters must be distinct and trainable. */
export function resolveGroups<Options extends object>(
  where: string,
  given: OptimizedParameters<Options>,
  options: Options,
  defaults: Resolved<Options>,
): (Resolved<Options> & { readonly parameters: readonly Parameter[] })[] {
  const shared = { ...defaults, ...known(where, options, defaults) };
  const members = membersOf<Parameter | ParameterGroupInit<Options>>(
    where,
    "parameters",
    given,
    "parameters or groups",
  );
  const plain = members.filter((member) => member instanceof Parameter);
  const groups =
    plain.length === members.length
      ? [{ ...shared, parameters: plain }]
      : members.map((member, index) => group(where, member, index, shared, defaults));
  checkParameters(
    where,
    groups.flatMap(({ parameters }) => parameters),
  );
  return groups;
}

function group<Options extends object, Shared>(
  where: string,
  member: Parameter | ParameterGroupInit<Options>,
  index: number,
  shared: Shared,
  names: Resolved<Options>,
): Shared & { parameters: Parameter[] } {
  if (member instanceof Parameter || member?.parameters === undefined) {
    throw new TypeError(
      `${where}: item ${index} is ${member instanceof Parameter ? "a parameter beside groups" : describe(member)}; ` +
        "pass either parameters or groups { parameters, ...options }",
    );
  }
  const { parameters, ...options } = member;
  const list = membersOf(where, `parameters of group ${index}`, parameters);
  return { ...shared, ...known(where, options, names), parameters: list };
}

/** The options that are set, refusing names the optimizer does not have. */
function known<Options extends object>(
  where: string,
  options: object,
  names: Resolved<Options>,
): Partial<Options> {
  checkOptions(where, options, names);
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Options>;
}

function checkParameters(where: string, parameters: readonly Parameter[]): void {
  if (parameters.length === 0) throw new RangeError(`${where}: got no parameters to optimize`);
  const positions = new Map<Parameter, number>();
  parameters.forEach((parameter, position) => {
    checkParameter(where, parameter, position);
    const first = positions.get(parameter);
    if (first !== undefined) {
      throw new RangeError(
        `${where}: ${nameOf(parameter, position)} appears twice, at positions ${first} and ${position}`,
      );
    }
    if (!parameter.value.isContiguous) {
      throw new RangeError(
        `${where}: ${nameOf(parameter, position)} is a strided view; make it from value.contiguous()`,
      );
    }
    positions.set(parameter, position);
  });
}
