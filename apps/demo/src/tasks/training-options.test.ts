import { describe, expect, it } from "vitest";
import type { OptionTable } from "../options/spec.ts";
import { TASKS } from "./index.ts";
import { averagedTrainingOptions, trainingOptions } from "./training-options.ts";

describe("options of trainings", () => {
  it("keep what a task does not say itself", () => {
    const own = { epochs: { default: 7, help: "passes" }, clip: { max: 5 } };
    const plain = trainingOptions({});
    expect(trainingOptions(own)).toEqual({
      ...plain,
      epochs: { ...plain.epochs, default: 7, help: "passes" },
      clip: { ...plain.clip, max: 5 },
    });
    const averaged = averagedTrainingOptions({ ...own, average: { default: 0.5 } });
    expect(averaged).toMatchObject(trainingOptions(own));
    expect(averaged.average).toMatchObject({ kind: "number", default: 0.5, max: 0.9999 });
  });

  it.each(TASKS.map((task) => [task.name, task] as const))(
    "%s has them all, in the same order",
    (_, task) => {
      const table: OptionTable = Object.fromEntries(task.training.groups).training!;
      const { average: _average, ...options } = averagedTrainingOptions({});
      const names = Object.keys(options);
      expect(Object.keys(table).filter((name) => names.includes(name))).toEqual(names);
      for (const [name, { kind, max }] of Object.entries(options)) {
        expect(table[name]).toMatchObject({ kind, max: name === "learning-rate" ? expect.any(Number) : max });
      }
    },
  );
});
