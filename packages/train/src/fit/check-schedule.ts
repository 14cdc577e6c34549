import { checkChoice, describe, wrongKind } from "../check.ts";
import { monitoredMode, scheduleEveryOf } from "./option-defaults.ts";
import type { FitOptions } from "./options.ts";

/** Throws for options about the learning rate that `fit` cannot work with. */
export function checkSchedule<Batch, Name extends string>(
  where: string,
  options: FitOptions<Batch, Name>,
): void {
  const { schedule, scheduleEvery, optimizer } = options;
  checkChoice(where, "scheduleEvery", scheduleEvery ?? "epoch", ["epoch", "step"]);
  if (schedule === undefined) {
    if (scheduleEvery !== undefined) throw new TypeError(`${where}: scheduleEvery needs a schedule`);
    return;
  }
  if (typeof schedule?.step !== "function") {
    throw wrongKind(where, "schedule", "a schedule such as new LRScheduler(optimizer, rule)", schedule);
  }
  checkChoice(where, "schedule.every", schedule.every ?? "epoch", ["epoch", "step"]);
  const moved = schedule.optimizer;
  if (moved !== undefined && moved.parameterGroups !== optimizer.parameterGroups) {
    throw new TypeError(`${where}: schedule sets the rates of another optimizer`);
  }
  const { shown, mode } = shownTo(options);
  if (schedule.mode !== undefined && schedule.mode !== mode) {
    const better = mode === "min" ? "smaller" : "larger";
    throw new RangeError(
      `${where}: schedule has mode "${schedule.mode}", but it is shown ${shown}, of which ${better} is better; make it with mode: "${mode}"`,
    );
  }
}

/** What a schedule is shown of the training, and which values of it are better. */
function shownTo<Batch, Name extends string>(
  options: FitOptions<Batch, Name>,
): { shown: string; mode: "min" | "max" } {
  const { validation, monitor = "loss" } = options;
  if (validation === undefined || scheduleEveryOf(options) === "step") {
    return { shown: "the training loss", mode: "min" };
  }
  const shown = monitor === "loss" ? "the validation loss" : describe(monitor);
  return { shown, mode: monitoredMode(options) };
}
