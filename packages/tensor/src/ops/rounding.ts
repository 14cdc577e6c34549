import type { Tensor } from "../tensor.ts";
import { type UnaryOperation, unary } from "./elementwise.ts";

/**
 * The largest whole number not above every element.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @example
 * ```ts
 * import { floor, tensor } from "@rnn/tensor";
 *
 * floor(tensor([1.5, -1.5])).toArray(); // => [1, -2]
 * ```
 *
 * @public
 */
export function floor(x: Tensor): Tensor {
  return unary(roundedDown, x);
}

const roundedDown: UnaryOperation = {
  name: "floor",
  result: "same",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.floor(a[ao]!);
  },
};

/**
 * The smallest whole number not below every element.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @example
 * ```ts
 * import { ceil, tensor } from "@rnn/tensor";
 *
 * ceil(tensor([1.5, -0.5])).toArray(); // => [2, -0]
 * ```
 *
 * @public
 */
export function ceil(x: Tensor): Tensor {
  return unary(roundedUp, x);
}

const roundedUp: UnaryOperation = {
  name: "ceil",
  result: "same",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.ceil(a[ao]!);
  },
};

/**
 * Every element without its fraction: rounded towards zero.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @example
 * ```ts
 * import { tensor, trunc } from "@rnn/tensor";
 *
 * trunc(tensor([1.5, -1.5])).toArray(); // => [1, -1]
 * ```
 *
 * @public
 */
export function trunc(x: Tensor): Tensor {
  return unary(cutOff, x);
}

const cutOff: UnaryOperation = {
  name: "trunc",
  result: "same",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = Math.trunc(a[ao]!);
  },
};

/**
 * The nearest whole number to every element; halves go to the even neighbour, as in PyTorch.
 *
 * @remarks
 * The shape and dtype stay.
 *
 * @example
 * ```ts
 * import { round, tensor } from "@rnn/tensor";
 *
 * round(tensor([0.4, 0.5, 1.5, 2.5])).toArray(); // => [0, 0, 2, 2]
 * ```
 *
 * @public
 */
export function round(x: Tensor): Tensor {
  return unary(rounded, x);
}

const rounded: UnaryOperation = {
  name: "round",
  result: "same",
  loop(n, a, ao, as, out, oo) {
    for (let i = 0; i < n; i++, ao += as) out[oo + i] = roundHalfToEven(a[ao]!);
  },
};

function roundHalfToEven(x: number): number {
  return x - Math.floor(x) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
}
