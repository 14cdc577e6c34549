import { type CreateOptions, create, createKinds } from "./create.ts";
import { checkNumeric } from "./dtype.ts";
import { checkOptions, type OptionKinds } from "./options.ts";
import { describe } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Options of `arange`.
 *
 * @public
 */
export interface ArangeOptions extends CreateOptions {
  /** The difference between neighbours; 1 if absent. */
  readonly step?: number | undefined;
}

const arangeKinds: OptionKinds<ArangeOptions> = { step: "number", dtype: "name" };

/**
 * Evenly spaced numbers from `start` up to, not including, `stop`: start + i step.
 *
 * @remarks
 * With one number, it is `stop` and `start` is 0. The dtype is int32 if all three are whole numbers, else float32.
 *
 * @throws RangeError if an end is not finite, or the step is zero, not finite or leads away from `stop`.
 *
 * @example
 * ```ts
 * import { arange } from "@rnn/tensor";
 *
 * arange(4).toArray(); // => [0, 1, 2, 3]
 * arange(1, 2, { step: 0.25 }).toArray(); // => [1, 1.25, 1.5, 1.75]
 * ```
 *
 * @public
 */
export function arange(stop: number, options?: ArangeOptions): Tensor;
/**
 * As above, with a start of its own.
 *
 * @public
 */
export function arange(start: number, stop: number, options?: ArangeOptions): Tensor;
export function arange(first: number, second?: number | ArangeOptions, third?: ArangeOptions): Tensor {
  const [start, stop] = typeof second === "number" ? [first, second] : [0, first];
  const { options = {}, before } =
    typeof second === "number"
      ? { options: third, before: `${start}, ${stop}` }
      : { options: second ?? third, before: String(stop) };
  checkOptions("arange", options, arangeKinds, before);
  const { step = 1 } = options;
  for (const end of [start, stop]) {
    if (!Number.isFinite(end))
      throw new RangeError(`arange: an end is ${describe(end)}, expected a finite number`);
  }
  if (!Number.isFinite(step) || step === 0)
    throw new RangeError(`arange: step is ${step}; expected a finite number other than 0`);
  if ((stop - start) / step < 0)
    throw new RangeError(`arange: step ${step} leads away from ${stop}, starting at ${start}`);
  // "+ 0" turns the -0 of an empty range into 0
  const count = Math.ceil((stop - start) / step) + 0;
  const whole = [start, stop, step].every((value) => value === (value | 0));
  const dtype = checkNumeric("arange", options.dtype ?? (whole ? "int32" : "float32"));
  const x = create("arange", [count], dtype);
  for (let i = 0; i < count; i++) x.data[i] = start + i * step;
  return x;
}

/**
 * `count` evenly spaced numbers from `start` to `stop`, both included.
 *
 * @remarks
 * As in PyTorch the second half is counted back from `stop`, so that both ends are exact.
 *
 * @throws RangeError if an end is not finite; {@link ShapeError} if `count` is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { linspace } from "@rnn/tensor";
 *
 * linspace(0, 1, 5).toArray(); // => [0, 0.25, 0.5, 0.75, 1]
 * ```
 *
 * @public
 */
export function linspace(start: number, stop: number, count: number, options: CreateOptions = {}): Tensor {
  checkOptions("linspace", options, createKinds, "start, stop, count");
  for (const end of [start, stop]) {
    if (!Number.isFinite(end))
      throw new RangeError(`linspace: an end is ${describe(end)}, expected a finite number`);
  }
  const x = create("linspace", [count], checkNumeric("linspace", options.dtype ?? "float32"));
  if (count === 1) x.data[0] = start;
  if (count < 2) return x;
  const step = (stop - start) / (count - 1);
  const half = Math.floor(count / 2);
  for (let i = 0; i < count; i++) x.data[i] = i < half ? start + i * step : stop - (count - 1 - i) * step;
  return x;
}
