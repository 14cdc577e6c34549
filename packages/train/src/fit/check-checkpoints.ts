import {
  checkBoolean,
  checkFunction,
  checkInteger,
  checkList,
  checkObject,
  checkOptions,
  type OptionNames,
  wrongKind,
} from "../check.ts";
import type { CheckpointOptions } from "./checkpoint.ts";

const CHECKPOINTS: OptionNames<CheckpointOptions> = {
  store: true,
  everyEpochs: true,
  everySteps: true,
  resume: true,
  generators: true,
  also: true,
};

/** Throws for the option `checkpoints` that `fit` cannot work with. */
export function checkCheckpoints(where: string, checkpoints: CheckpointOptions): void {
  const label = "checkpoints";
  if (typeof Object(checkpoints).save === "function") {
    throw wrongKind(where, label, "an object with the store in it", checkpoints, "pass { store: ... }");
  }
  checkOptions(where, checkpoints, CHECKPOINTS, label);
  const { store, everyEpochs, everySteps, resume = true, generators = [], also = {} } = checkpoints;
  checkFunction(where, `${label}.store.save`, Object(store).save);
  checkFunction(where, `${label}.store.load`, Object(store).load);
  for (const [name, every] of Object.entries({ everyEpochs, everySteps })) {
    if (every !== undefined && every !== Number.POSITIVE_INFINITY) {
      checkInteger(where, `${label}.${name}`, every, 1);
    }
  }
  checkBoolean(where, `${label}.resume`, resume);
  checkList(where, `${label}.generators`, generators, "generators");
  checkObject(where, `${label}.also`, also);
  for (const [name, state] of Object.entries(also)) {
    checkFunction(where, `${label}.also.${name}.stateDict`, Object(state).stateDict);
    checkFunction(where, `${label}.also.${name}.loadStateDict`, Object(state).loadStateDict);
  }
}
