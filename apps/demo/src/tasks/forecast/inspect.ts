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
    name: networkName(model.config),
    facts: [
      ["forecasts", visible(columns.target)],
      ["date", visible(columns.date)],
      ...(columns.inputs.length > 0 ? [["looks at", columns.inputs.map(visible).join(", ")] as const] : []),
      ["step", stepName(task.step)],
      ["history", model.config.history],
      ["horizon", `${task.horizon}, ${task.strategy}`],
      ["calendar", calendar.join(", ") || "none"],
      ...(quantiles.length > 0 ? [["quantiles", quantiles.join(", ")] as const] : []),
      ["season of the competitors", task.season],
      ["scaler", scalerNote(scaler.toJSON())],
    ],
    module: model,
  };
}

/** The kind of a scaler, then its numbers, with four digits that count. */
function scalerNote(json: object): string {
  const { type, ...others } = json as { readonly type: string };
  const lists = Object.entries(others).filter(([, value]) => Array.isArray(value)) as [string, number[]][];
  const parts = lists.map(([name, list]) => [name, ...list.map((n) => Number(n.toPrecision(4)))].join(" "));
  return [type, ...parts].join(", ");
}
