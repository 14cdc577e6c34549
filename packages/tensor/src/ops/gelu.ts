import { checkOptions, type OptionKinds } from "../options.ts";
import { describe } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { mapElements } from "./elementwise.ts";
import { erfcOf } from "./erf.ts";

/**
 * Options of {@link gelu}.
 *
 * @public
 */
export interface GeluOptions {
  /** `"none"` (if absent) for the normal distribution itself, `"tanh"` for the usual approximation. */
  readonly approximate?: "none" | "tanh" | undefined;
}

const geluKinds: OptionKinds<GeluOptions> = { approximate: "name" };

/**
 * The Gaussian error linear unit of every element: x Φ(x), Φ being the normal distribution function.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. With `approximate: "tanh"` it is
 * x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. Source: Hendrycks & Gimpel 2016.
 *
 * @throws TypeError if the approximation is unknown.
 *
 * @example
 * ```ts
 * import { gelu, tensor } from "@rnn/tensor";
 *
 * gelu(tensor([-1, 0, 1])).toArray(); // => [-0.158655, 0, 0.841345]
 * ```
 *
 * @public
 */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  checkOptions("gelu", options, geluKinds);
  const { approximate = "none" } = options;
  if (approximate === "none") return mapElements("gelu", exactGelu, x);
  if (approximate === "tanh") return mapElements("gelu", tanhGelu, x);
  throw new TypeError(`gelu: unknown approximation ${describe(approximate)}; use "none" or "tanh"`);
}

/** At -Infinity the product is NaN; so it is in PyTorch. */
function exactGelu(x: number): number {
  return 0.5 * x * erfcOf(-x * Math.SQRT1_2);
}

function tanhGelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}

/**
 * Every element times its logistic function: x / (1 + e⁻ˣ); also known as swish.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. Source: Elfwing, Uchibe & Doya 2017.
 *
 * @example
 * ```ts
 * import { silu, tensor } from "@rnn/tensor";
 *
 * silu(tensor([-1, 0, 1])).toArray(); // => [-0.268941, 0, 0.731059]
 * ```
 *
 * @public
 */
export function silu(x: Tensor): Tensor {
  return mapElements("silu", (v) => v / (1 + Math.exp(-v)), x);
}
