import type { Walk } from "../walk.ts";

/** Says if a simple forecast is better than the network, and what to do about it; empty if none is. */
export function verdictLines({ models, hasLinear }: Pick<Walk, "models" | "hasLinear">): string[] {
  const errors = Object.entries(models).map(([name, { scores }]) => ({ name, mae: scores.mae }));
  const [own] = errors;
  const best = errors.reduce((least, other) => (other.mae < least.mae ? other : least));
  if (own === undefined || best === own) return [];
  const percent = 100 * (1 - best.mae / own.mae);
  const amount = percent < 1 ? "less than 1 %" : `${Math.round(percent)} %`;
  const remedy = hasLinear
    ? "try other settings, or take the simple forecast"
    : "try train with --linear yes, which adds a linear forecast to the network";
  return [`  ${best.name} is better here: its MAE is ${amount} below that of ${own.name}; ${remedy}`];
}
