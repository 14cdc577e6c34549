import { allocate } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { describe, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { fillValue } from "./fill-value.ts";
import { take } from "./take.ts";

/**
 * What {@link pad} puts around a tensor: one number, the elements mirrored at the border (which is not repeated), the
 * border element again (NumPy's "edge"), or the elements from the other end.
 *
 * @public
 */
export type PadMode = "constant" | "reflect" | "replicate" | "circular";

/**
 * Options of {@link pad}.
 *
 * @public
 */
export interface PadOptions {
  /** Where new elements come from; `"constant"` if absent. */
  readonly mode?: PadMode | undefined;
  /** The new elements of mode `"constant"`; 0 if absent. */
  readonly value?: number | undefined;
}

const padKinds: OptionKinds<PadOptions> = { mode: "name", value: "number" };

/**
 * A copy with dimensions made longer at their ends, or shorter where a number is negative.
 *
 * @remarks
 * As in PyTorch, `padding` counts from the last dimension: `[left, right]` pads the last one, `[left, right, top, bottom]`
 * the last two. Dimensions that are not mentioned stay.
 *
 * @throws RangeError if `padding` is not made of two integers per dimension, or the value does not fit int32;
 * {@link ShapeError} if a dimension would become negative or has too few elements to mirror or repeat; TypeError if the
 * mode is unknown.
 *
 * @example
 * ```ts
 * import { pad, tensor } from "@rnn/tensor";
 *
 * pad(tensor([[1, 2]]), [1, 0, 0, 1]).toArray(); // => [[0, 1, 2], [0, 0, 0]]
 * pad(tensor([1, 2, 3]), [2, 1], { mode: "reflect" }).toArray(); // => [3, 2, 1, 2, 3, 2]
 * pad(tensor([1, 2, 3]), [2, -1], { mode: "replicate" }).toArray(); // => [1, 1, 1, 2]
 * ```
 *
 * @public
 */
export function pad(x: Tensor, padding: readonly number[], options: PadOptions = {}): Tensor {
  checkTensor("pad", x);
  checkPadding(x, padding);
  checkOptions("pad", options, padKinds, "x, padding");
  const { mode = "constant", value = 0 } = options;
  if (!Object.hasOwn(sources, mode)) {
    throw new TypeError(
      `pad: unknown mode ${describe(mode)}; use "constant", "reflect", "replicate" or "circular"`,
    );
  }
  const filling = mode === "constant" ? fillValue("pad", value, x.dtype) : 0;
  const shape = x.shape.slice();
  for (let i = 0; i < padding.length; i += 2) {
    const d = x.ndim - 1 - i / 2;
    checkRoom(x, d, padding[i]!, padding[i + 1]!, mode);
    shape[d]! += padding[i]! + padding[i + 1]!;
  }
  if (sizeOf("pad", shape) === 0) return new Tensor(allocate(x.dtype, 0), shape);
  let result = x;
  for (let i = 0; i < padding.length; i += 2) {
    const d = x.ndim - 1 - i / 2;
    const before = padding[i]!;
    if (before === 0 && padding[i + 1] === 0) continue;
    const n = x.shape[d]!;
    const indices = Int32Array.from({ length: shape[d]! }, (_, to) => sources[mode](to - before, n));
    result = take("pad", result, d, indices, filling);
  }
  return result === x ? x.clone() : result;
}

/** For every mode, which of `n` elements stands at place `i`, which may be negative or past the end; -1 for none. */
const sources: Readonly<Record<PadMode, (i: number, n: number) => number>> = {
  constant: (i, n) => (i >= 0 && i < n ? i : -1),
  reflect: (i, n) => (i < 0 ? -i : i < n ? i : 2 * (n - 1) - i),
  replicate: (i, n) => Math.min(Math.max(i, 0), n - 1),
  circular: (i, n) => ((i % n) + n) % n,
};

function checkPadding(x: Tensor, padding: readonly number[]): void {
  const pairs = Array.isArray(padding) && padding.every(Number.isInteger) && padding.length % 2 === 0;
  if (!pairs || padding.length > 2 * x.ndim) {
    const given = Array.isArray(padding) ? formatShape(padding) : describe(padding);
    throw new RangeError(
      `pad: padding is ${given}, expected two integers per dimension, from the last one, ` +
        `at most ${2 * x.ndim} for shape ${formatShape(x.shape)}`,
    );
  }
}

function checkRoom(x: Tensor, dim: number, before: number, after: number, mode: PadMode): void {
  const n = x.shape[dim]!;
  const place = `dim ${dim} of shape ${formatShape(x.shape)}`;
  if (before + n + after < 0) throw new ShapeError(`pad: [${before},${after}] takes more than ${place} has`);
  if (mode === "constant") return;
  const most = Math.max(before, after);
  if (mode === "reflect" && most >= n && most > 0) {
    throw new ShapeError(
      `pad: [${before},${after}] mirrors more than ${place} has; at most ${Math.max(0, n - 1)} fit`,
    );
  }
  if (n === 0 && most > 0) throw new ShapeError(`pad: ${place} has no elements to repeat`);
}
