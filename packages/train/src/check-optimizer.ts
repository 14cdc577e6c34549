import { wrongKind } from "./check.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";

/** Throws unless `value` has what the training loop and the schedules rely on. */
export function checkOptimizer(where: string, value: unknown): void {
  const { parameterGroups, step, zeroGrad } = Object(value) as Partial<Optimizer>;
  const isOptimizer =
    Array.isArray(parameterGroups) && typeof step === "function" && typeof zeroGrad === "function";
  if (!isOptimizer) {
    throw wrongKind(where, "optimizer", "an optimizer such as new Adam(model.parameters())", value);
  }
}
