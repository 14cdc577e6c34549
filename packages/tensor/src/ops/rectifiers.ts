import { checkOptions, type OptionKinds } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { mapElements } from "./elementwise.ts";

/**
 * Options of {@link leakyRelu}.
 *
 * @public
 */
export interface LeakyReluOptions {
  /** What negative elements are multiplied by; 0.01 if absent. */
  readonly negativeSlope?: number | undefined;
}

const leakyReluKinds: OptionKinds<LeakyReluOptions> = { negativeSlope: "number" };

/**
 * Every element, or a fraction of it if it is negative: max(x, 0) + negativeSlope min(x, 0).
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { leakyRelu, tensor } from "@rnn/tensor";
 *
 * leakyRelu(tensor([-2, 3]), { negativeSlope: 0.25 }).toArray(); // => [-0.5, 3]
 * ```
 *
 * @public
 */
export function leakyRelu(x: Tensor, options: LeakyReluOptions = {}): Tensor {
  checkOptions("leakyRelu", options, leakyReluKinds);
  const { negativeSlope = 0.01 } = options;
  return mapElements("leakyRelu", (v) => (v > 0 ? v : v * negativeSlope), x);
}

/**
 * Options of {@link elu}.
 *
 * @public
 */
export interface EluOptions {
  /** Minus the limit for very negative elements; 1 if absent. */
  readonly alpha?: number | undefined;
}

const eluKinds: OptionKinds<EluOptions> = { alpha: "number" };

/**
 * The exponential linear unit of every element: x if positive, alpha (eˣ - 1) otherwise.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. Source: Clevert, Unterthiner & Hochreiter 2015.
 *
 * @example
 * ```ts
 * import { elu, tensor } from "@rnn/tensor";
 *
 * elu(tensor([-1, 0, 2])).toArray(); // => [-0.632121, 0, 2]
 * ```
 *
 * @public
 */
export function elu(x: Tensor, options: EluOptions = {}): Tensor {
  checkOptions("elu", options, eluKinds);
  const { alpha = 1 } = options;
  return mapElements("elu", (v) => (v > 0 ? v : alpha * Math.expm1(v)), x);
}

/**
 * The scaled exponential linear unit of every element, which keeps mean 0 and variance 1 from layer to layer.
 *
 * @remarks
 * It is 1.0507 times {@link elu} with alpha 1.67326. The shape stays; int32 and bool become float32.
 * Source: Klambauer, Unterthiner, Mayr & Hochreiter 2017.
 *
 * @example
 * ```ts
 * import { selu, tensor } from "@rnn/tensor";
 *
 * selu(tensor([-1, 0, 1])).toArray(); // => [-1.111331, 0, 1.050701]
 * ```
 *
 * @public
 */
export function selu(x: Tensor): Tensor {
  // the numbers of the paper, to float64
  const alpha = 1.6732632423543772;
  const scale = 1.0507009873554805;
  return mapElements("selu", (v) => scale * (v > 0 ? v : alpha * Math.expm1(v)), x);
}

/**
 * Options of {@link softplus}.
 *
 * @public
 */
export interface SoftplusOptions {
  /** How sharp the bend at zero is; 1 if absent. */
  readonly beta?: number | undefined;
  /** Where beta x is above this, the result is x itself; 20 if absent. */
  readonly threshold?: number | undefined;
}

const softplusKinds: OptionKinds<SoftplusOptions> = { beta: "number", threshold: "number" };

/**
 * A smooth {@link relu} of every element: ln(1 + exp(beta x)) / beta.
 *
 * @remarks
 * The shape stays; int32 and bool become float32.
 *
 * @example
 * ```ts
 * import { softplus, tensor } from "@rnn/tensor";
 *
 * softplus(tensor([-1, 0, 100])).toArray(); // => [0.313262, 0.693147, 100]
 * ```
 *
 * @public
 */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  checkOptions("softplus", options, softplusKinds);
  const { beta = 1, threshold = 20 } = options;
  return mapElements(
    "softplus",
    (v) => (beta * v > threshold ? v : Math.log1p(Math.exp(beta * v)) / beta),
    x,
  );
}
