import { checkBoolean, checkList, checkNumber } from "../check.ts";
import type { Resolved } from "./parameter-groups.ts";

/** The options that every relative of Adam has. */
export interface MomentOptions {
  learningRate?: number | undefined;
  betas?: readonly [number, number] | undefined;
  eps?: number | undefined;
  weightDecay?: number | undefined;
  maximize?: boolean | undefined;
}

/** Throws if one of the {@link MomentOptions} is out of range. */
export function checkMoments(where: string, options: Resolved<MomentOptions>): void {
  const { learningRate, betas, eps, weightDecay, maximize } = options;
  checkNumber(where, "learningRate", learningRate, { min: 0 });
  checkList(where, "betas", betas, "two numbers");
  checkNumber(where, "betas[0]", betas[0], { min: 0, below: 1 });
  checkNumber(where, "betas[1]", betas[1], { min: 0, below: 1 });
  checkNumber(where, "eps", eps, { min: 0 });
  checkNumber(where, "weightDecay", weightDecay, { min: 0 });
  checkBoolean(where, "maximize", maximize);
}
