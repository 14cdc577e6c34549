import type { FitOptions } from "./options.ts";

/** When the schedule moves on: what the option `scheduleEvery` says, or else the schedule itself. */
export function scheduleEveryOf<Batch, Name extends string>({
  schedule,
  scheduleEvery,
}: Pick<FitOptions<Batch, Name>, "schedule" | "scheduleEvery">): "epoch" | "step" {
  return scheduleEvery ?? schedule?.every ?? "epoch";
}

/** Whether smaller or larger monitored results are better: what the option `mode` says, or else the metric itself. */
export function monitoredMode<Batch, Name extends string>({
  monitor = "loss",
  mode,
  metrics,
}: Pick<FitOptions<Batch, Name>, "monitor" | "mode" | "metrics">): "min" | "max" {
  if (mode !== undefined) return mode;
  return monitor === "loss" ? "min" : (metrics?.[monitor]().mode ?? "max");
}
