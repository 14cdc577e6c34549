import { type DType, promote, scalarDType } from "../dtype.ts";
import type { TernaryLoop } from "../loops/strided.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor, convert, scalar, ternary } from "./elementwise.ts";

/**
 * The limits of {@link clamp}.
 *
 * @public
 */
export interface ClampOptions {
  /** No element stays below this. */
  readonly min?: number | undefined;
  /** No element stays above this. */
  readonly max?: number | undefined;
}

const clampKinds: OptionKinds<ClampOptions> = { min: "number", max: "number" };

/**
 * Every element, moved to the nearest limit if it lies outside: min(max(x, min), max).
 *
 * @remarks
 * The shape and dtype stay (a fractional limit makes int32 float32). NaN stays NaN. If `min` is above `max`, every
 * element becomes `max`, as in PyTorch.
 *
 * @throws TypeError if neither limit is given or one is not a number, or for bool.
 *
 * @example
 * ```ts
 * import { clamp, tensor } from "@rnn/tensor";
 *
 * clamp(tensor([-2, 0.25, 3]), { min: -1, max: 1 }).toArray(); // => [-1, 0.25, 1]
 * ```
 *
 * @public
 */
export function clamp(x: Tensor, limits: ClampOptions): Tensor {
  checkTensor("clamp", x);
  const given: ClampOptions = limits ?? {};
  checkOptions("clamp", given, clampKinds);
  const { min, max } = given;
  if (min === undefined && max === undefined) throw new TypeError("clamp: give min, max or both");
  if (x.dtype === "bool") {
    throw new TypeError(`clamp: bool tensors are not numbers; convert with .to("int32") first`);
  }
  let dtype: DType = x.dtype;
  for (const limit of [min, max])
    if (limit !== undefined) dtype = promote(dtype, scalarDType(limit, x.dtype));
  const low = scalar(min ?? -Infinity, "float64");
  const high = scalar(max ?? Infinity, "float64");
  return ternary("clamp", clampLoop, dtype, x.dtype === dtype ? x : convert(x, dtype), low, high);
}

const clampLoop: TernaryLoop = (n, a, ao, as, b, bo, bs, c, co, cs, out, oo) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs, co += cs) {
    out[oo + i] = Math.min(Math.max(a[ao]!, b[bo]!), c[co]!);
  }
};
