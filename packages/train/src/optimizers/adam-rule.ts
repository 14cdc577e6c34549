import type { RowGradient } from "@rnn/nn";
import { checkBoolean } from "../check.ts";
import type { FloatArray } from "../float-data.ts";
import { updateInChunks } from "../kernels/chunks.ts";
import { adamKernels } from "../kernels/update-kernels.ts";
import { checkMoments } from "./check-moments.ts";
import type { Resolved } from "./parameter-groups.ts";
import type { KernelRule, ParameterState } from "./update-rule.ts";

/**
 * Options of {@link Adam} and {@link AdamW}, for all parameters or for one group.
 *
 * @public
 */
export interface AdamOptions {
  /** Step size, at least 0. Default 0.001. */
  learningRate?: number | undefined;
  /** Shares of the running means of gradient and squared gradient that are kept, each at least 0 and below 1. Default [0.9, 0.999]. */
  betas?: readonly [number, number] | undefined;
  /** Added to the denominator, at least 0. Default 1e-8. */
  eps?: number | undefined;
  /** At least 0. Adam: L2 penalty, added to the gradient; default 0. AdamW: shrinks the parameter itself; default 0.01. */
  weightDecay?: number | undefined;
  /** Divide by the largest running mean so far instead of the current one. Default `false`. */
  amsgrad?: boolean | undefined;
  /** Go up the gradient instead of down. Default `false`. */
  maximize?: boolean | undefined;
}

/** Adam's rule; `decoupled` decay shrinks the parameter itself (AdamW) instead of joining the gradient. */
export function adamRule(name: string, weightDecay: number, decoupled: boolean): KernelRule<AdamOptions> {
  return {
    name,
    defaults: {
      learningRate: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay,
      amsgrad: false,
      maximize: false,
    },
    buffers: ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"],
    check: checkAdam,
    update: (w, dw, state, options) => updateAdam(w, dw, state, options, decoupled),
    updateInMemory: (w, dw, state, options) => updateInMemory(w, dw, state, options, decoupled),
  };
}

function checkAdam(where: string, options: Resolved<AdamOptions>): void {
  checkMoments(where, options);
  checkBoolean(where, "amsgrad", options.amsgrad);
}

function updateAdam(
  w: FloatArray,
  dw: FloatArray,
  state: ParameterState,
  options: Resolved<AdamOptions>,
  decoupled: boolean,
): void {
  const { betas, eps, amsgrad } = options;
  const [beta1, beta2] = betas;
  const { sign, decay, shrink, stepSize, root } = coefficients(options, state.steps, decoupled);
  const m = state.buffer("exp_avg");
  const v = state.buffer("exp_avg_sq");
  const largest = amsgrad ? state.buffer("max_exp_avg_sq") : v;
  for (let i = 0; i < w.length; i++) {
    const g = decay === 0 ? sign * dw[i]! : sign * dw[i]! + decay * w[i]!;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    if (amsgrad && !(largest[i]! >= v[i]!)) largest[i] = v[i]!;
    const denominator = Math.sqrt(largest[i]!) / root + eps;
    w[i] = shrink * w[i]! - (stepSize * m[i]!) / denominator;
  }
}

function updateInMemory(
  w: FloatArray,
  dw: FloatArray | RowGradient,
  state: ParameterState,
  options: Resolved<AdamOptions>,
  decoupled: boolean,
): boolean {
  const { betas, eps, amsgrad } = options;
  const [beta1, beta2] = betas;
  const { sign, decay, shrink, stepSize, root } = coefficients(options, state.steps, decoupled);
  const names = ["exp_avg", "exp_avg_sq", amsgrad ? "max_exp_avg_sq" : null];
  // biome-ignore format: one kind of argument per line
  return updateInChunks(adamKernels, w, state, names, dw, ({ adam }, n, wAt, mAt, vAt, largestAt, dwAt) =>
    adam(
      n, wAt, dwAt, mAt, vAt, amsgrad ? largestAt : vAt,
      sign, decay, beta1, 1 - beta1, beta2, 1 - beta2, root, eps, stepSize, shrink,
    ),
  );
}

/** What is the same for all elements. */
function coefficients(
  { learningRate, betas, weightDecay, maximize }: Resolved<AdamOptions>,
  steps: number,
  decoupled: boolean,
): { sign: number; decay: number; shrink: number; stepSize: number; root: number } {
  return {
    sign: maximize ? -1 : 1,
    decay: decoupled ? 0 : weightDecay,
    shrink: decoupled ? 1 - learningRate * weightDecay : 1,
    // the running means start at zero; dividing by these makes up for it
    stepSize: learningRate / (1 - betas[0] ** steps),
    root: Math.sqrt(1 - betas[1] ** steps),
  };
}
