import type { FitOptions } from "./options.ts";

/** Whether smaller or larger monitored results are better: what the option `mode` says, or else the metric itself. */
export function monitoredMode<Batch, Name extends string>({
  monitor = "loss",
  mode,
  metrics,
}: Pick<FitOptions<Batch, Name>, "monitor" | "mode" | "metrics">): "min" | "max" {
  if (mode !== undefined) return mode;
  return monitor === "loss" ? "min" : (metrics?.[monitor]().mode ?? "max");
}
