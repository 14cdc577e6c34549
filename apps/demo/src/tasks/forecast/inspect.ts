import { visible } from "../../terminal/format.ts";
import type { Inspection } from "../task.ts";
import { stepName } from "./data/step.ts";
import type { SavedForecaster } from "./saved/model-file.ts";
import { networkName } from "./walk.ts";

/** What `inspect` shows of a forecaster. */
export function inspect({ model, task, note }: SavedForecaster): Inspection {
  const { columns, calendar, quantiles, scaler } = task;
  return {
    note,
    facts: [
      ["forecasts", visible(columns.target)],
      ["date", visible(columns.date)],
      ...(columns.inputs.length > 0 ? [["looks at", columns.inputs.map(visible).join(", ")] as const] : []),
      ["step", stepName(task.step)],
      ["history", model.config.history],
      ["horizon", `${task.horizon}, ${task.strategy}`],
      ["network", networkName(model.config)],
      ["calendar", calendar.join(", ") || "none"],
      ...(quantiles.length > 0 ? [["quantiles", quantiles.join(", ")] as const] : []),
      ["season of the competitors", task.season],
      ["scaler", JSON.stringify(scaler)],
    ],
    module: model,
  };
}
