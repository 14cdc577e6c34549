import type { Parameter } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { checkList, checkObject, checkTensor, describe, nameOf, wrongKind } from "../check.ts";
import { type FloatArray, floatData } from "../float-data.ts";
import type { OptimizerState } from "./optimizer.ts";
import type { ParameterGroup, Resolved } from "./parameter-groups.ts";
import type { ParameterState, UpdateRule } from "./update-rule.ts";

/** Copies groups and per-parameter states into a saved state. */
export function saveOptimizerState(
  { name: optimizer, scalars = [] }: Pick<UpdateRule<unknown>, "name" | "scalars">,
  groups: readonly ParameterGroup[],
  states: ReadonlyMap<Parameter, ParameterState>,
): OptimizerState {
  const tensors = new Map<string, Tensor>();
  const steps: number[] = [];
  let position = 0;
  for (const [parameter, state] of states) {
    for (const [name, buffer] of state.buffers) {
      tensors.set(
        `${position}.${name}`,
        new Tensor(buffer.slice(), scalars.includes(name) ? [] : parameter.shape),
      );
    }
    steps.push(state.steps);
    position++;
  }
  const saved = groups.map(({ parameters, ...options }) => ({
    size: parameters.length,
    options: structuredCopy(options),
  }));
  return { optimizer, groups: saved, steps, tensors };
}

/** Puts a saved state into groups and per-parameter states, once all of it is known to fit. */
export function loadOptimizerState<Options extends object>(
  saved: OptimizerState,
  rule: UpdateRule<Options>,
  groups: readonly (Resolved<Options> & ParameterGroup)[],
  states: ReadonlyMap<Parameter, ParameterState>,
): void {
  const where = `${rule.name}.loadStateDict`;
  const { scalars = [] } = rule;
  checkForm(where, saved);
  const options = checkGroups(where, saved, rule, groups);
  if (saved.steps.length !== states.size || !saved.steps.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new RangeError(
      `${where}: steps must be ${states.size} whole numbers, got ${describe([...saved.steps])}`,
    );
  }
  const parameters = [...states.keys()];
  const buffers = parameters.map(() => new Map<string, FloatArray>());
  for (const [key, tensor] of saved.tensors) {
    const [, digits = "", name = ""] = /^(\d+)\.(\w+)$/.exec(key) ?? [];
    const parameter = parameters[Number(digits)];
    const isScalar = scalars.includes(name);
    if (digits === "" || parameter === undefined || !(isScalar || rule.buffers.includes(name))) {
      throw new RangeError(
        `${where}: unexpected tensor "${key}"; expected 0..${parameters.length - 1} with ${[...rule.buffers, ...scalars].join(", ") || "no buffers"}`,
      );
    }
    if (String(tensor.shape) !== (isScalar ? "" : String(parameter.shape))) {
      const { shape } = tensor;
      if (isScalar)
        throw new RangeError(`${where}: "${key}" has shape [${shape.join(",")}], but it is one number`);
      throw new RangeError(
        `${where}: "${key}" has shape [${shape.join(",")}], but ${nameOf(parameter, Number(digits))} ` +
          `has shape [${parameter.shape.join(",")}]`,
      );
    }
    (buffers[Number(digits)] as Map<string, FloatArray>).set(
      name,
      floatData(tensor.to(isScalar ? "float64" : parameter.dtype)).slice(),
    );
  }
  // everything fits: from here on nothing throws
  for (const [index, group] of groups.entries()) Object.assign(group, options[index]);
  parameters.forEach((parameter, position) => {
    const state = states.get(parameter) as ParameterState;
    state.steps = saved.steps[position] as number;
    state.buffers.clear();
    for (const [name, buffer] of buffers[position] as Map<string, FloatArray>)
      state.buffers.set(name, buffer);
  });
}

/** Throws unless a state has the members of a saved one. */
function checkForm(where: string, saved: OptimizerState): void {
  checkObject(where, "state", saved, "what stateDict() returned");
  if (typeof saved.optimizer !== "string") {
    throw wrongKind(where, "state", 'what stateDict() returned, with the member "optimizer"', saved);
  }
  checkList(where, "groups", saved.groups, "groups");
  saved.groups.forEach((group, position) => {
    checkObject(where, `groups[${position}]`, group, "{ size, options }");
    checkObject(where, `groups[${position}].options`, group.options);
  });
  checkList(where, "steps", saved.steps, "whole numbers");
  if (!(saved.tensors instanceof Map)) throw wrongKind(where, "tensors", "a Map", saved.tensors);
  for (const [name, tensor] of saved.tensors) checkTensor(where, describe(name), tensor);
}

/** The saved options of every group, checked against the rule and the present groups. */
function checkGroups<Options extends object>(
  where: string,
  saved: OptimizerState,
  rule: UpdateRule<Options>,
  groups: readonly (Resolved<Options> & ParameterGroup)[],
): Resolved<Options>[] {
  if (saved.optimizer !== rule.name) {
    throw new RangeError(`${where}: the state was saved by ${describe(saved.optimizer)}`);
  }
  const sizes = groups.map(({ parameters }) => parameters.length);
  const savedSizes = saved.groups.map(({ size }) => size);
  if (String(sizes) !== String(savedSizes)) {
    throw new RangeError(
      `${where}: the state has groups of ${describe(savedSizes)} parameters, the optimizer of ${describe(sizes)}`,
    );
  }
  return saved.groups.map(({ options }) => {
    const names = Object.keys(rule.defaults);
    const entries = names.filter((name) => Object.hasOwn(options, name)).map((name) => [name, options[name]]);
    const merged = { ...rule.defaults, ...structuredCopy(Object.fromEntries(entries)) };
    rule.check(where, merged);
    return merged;
  });
}

/** Options are numbers, booleans and short lists of numbers. */
function structuredCopy<T extends object>(options: T): T {
  const entries = Object.entries(options).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...value] : value,
  ]);
  return Object.fromEntries(entries) as T;
}
