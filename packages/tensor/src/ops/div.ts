import { checkOptions, type OptionKinds } from "../options.ts";
import { describe } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type BinaryOperation, floatBinary, type Operand } from "./elementwise.ts";
import { dividedAs, floorDivision } from "./remainder.ts";

/**
 * Options of {@link div}.
 *
 * @public
 */
export interface DivOptions {
  /** Towards zero (`"trunc"`) or down (`"floor"`) to whole numbers; quotients are not rounded if absent. */
  readonly roundingMode?: "trunc" | "floor" | undefined;
}

const divKinds: OptionKinds<DivOptions> = { roundingMode: "name" };

/**
 * The quotient of two operands, element by element: a / b.
 *
 * @remarks
 * Shapes broadcast. int32 and bool are divided as float32; dividing by zero gives an infinity or NaN. With a rounding
 * mode, the dtype is the wider of the two.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast; with a rounding mode RangeError if an int32 is divided by
 * zero, and TypeError for bool.
 *
 * @example
 * ```ts
 * import { div, tensor } from "@rnn/tensor";
 *
 * const x = tensor([3, -3], { dtype: "int32" });
 * div(x, 2).toArray(); // => [1.5, -1.5]
 * div(x, 2, { roundingMode: "trunc" }).toArray(); // => [1, -1]
 * ```
 *
 * @public
 */
export function div(a: Operand, b: Operand, options?: DivOptions): Tensor {
  if (options === undefined) return floatBinary(division, a, b);
  checkOptions("div", options, divKinds, "a, b");
  const { roundingMode } = options;
  if (roundingMode === undefined) return floatBinary(division, a, b);
  if (roundingMode !== "trunc" && roundingMode !== "floor") {
    throw new TypeError(`div: roundingMode is ${describe(roundingMode)}, expected "trunc" or "floor"`);
  }
  return dividedAs(roundingMode === "trunc" ? truncDivision : { ...floorDivision, name: "div" }, a, b);
}

const division: BinaryOperation = {
  name: "div",
  kernel: "div",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! / b[bo]!;
  },
};

const truncDivision: BinaryOperation = {
  name: "div",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = Math.trunc(a[ao]! / b[bo]!);
  },
  boolLoop: null,
};
