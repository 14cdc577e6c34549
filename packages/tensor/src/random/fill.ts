import { isFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { checkTensor } from "../ops/elementwise.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { describe } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { blockSize, transformFloat32, transformFloat64 } from "./box-muller.ts";
import { defaultGenerator } from "./default-generator.ts";
import { Generator } from "./generator.ts";

/**
 * Where random numbers come from.
 *
 * @public
 */
export interface DrawOptions {
  /** The source; the default generator if absent. */
  readonly generator?: Generator | undefined;
}

/** The options of functions that draw random numbers. */
export const drawKinds: OptionKinds<DrawOptions> = { generator: "object" };

/**
 * Overwrites the elements with uniform random numbers in [low, high), in row-major order, and returns the tensor.
 *
 * @remarks
 * As `torch.Tensor.uniform_`: each number is u (high - low) + low in the arithmetic of the dtype, u being a multiple of
 * 2⁻²⁴ for float32 and of 2⁻⁵³ for float64. The float32 numbers are those of PyTorch bit for bit.
 *
 * @throws TypeError for int32 and bool; {@link ShapeError} if the tensor is not contiguous; RangeError if a limit is
 * not finite or `low` is above `high`.
 *
 * @example
 * ```ts
 * import { Generator, uniformFill, zeros } from "@rnn/tensor";
 *
 * uniformFill(zeros([2]), -1, 1, { generator: new Generator(0) }).toArray(); // => [-0.007487, 0.536444]
 * ```
 *
 * @public
 */
export function uniformFill(x: Tensor, low: number, high: number, options: DrawOptions = {}): Tensor {
  checkOptions("uniformFill", options, drawKinds, "x, low, high");
  return fillUniform("uniformFill", x, low, high, options);
}

/** {@link uniformFill} under the name of the public function that was called. */
export function fillUniform(
  where: string,
  x: Tensor,
  low: number,
  high: number,
  options: DrawOptions,
): Tensor {
  const { data, from, to } = target(where, x);
  if (!([low, high, high - low].every(Number.isFinite) && low <= high)) {
    throw new RangeError(
      `${where}: low is ${describe(low)} and high ${describe(high)}; expected finite numbers, low <= high`,
    );
  }
  const generator = generatorOf(where, options);
  if (data instanceof Float64Array) {
    for (let i = from; i < to; i++) data[i] = generator.float64() * (high - low) + low;
  } else {
    const start = Math.fround(low);
    const range = Math.fround(Math.fround(high) - start);
    // the product is exact in float64, so this rounds once, like the fused multiply-add in PyTorch's builds
    for (let i = from; i < to; i++) data[i] = generator.float32() * range + start;
  }
  return x;
}

/**
 * Overwrites the elements with normally distributed random numbers, in row-major order, and returns the tensor.
 *
 * @remarks
 * As `torch.Tensor.normal_`: fewer than 16 elements are drawn one after another in float64; from 16 on, uniform numbers
 * of the tensor's dtype are transformed in blocks. The float32 numbers are those of PyTorch with AVX2 bit for bit.
 *
 * @throws TypeError for int32 and bool; {@link ShapeError} if the tensor is not contiguous; RangeError if a parameter
 * is not finite or `std` is negative.
 *
 * @example
 * ```ts
 * import { Generator, normalFill, zeros } from "@rnn/tensor";
 *
 * normalFill(zeros([2]), 10, 0.5, { generator: new Generator(0) }).toArray(); // => [10.7705, 9.85329]
 * ```
 *
 * @public
 */
export function normalFill(x: Tensor, mean: number, std: number, options: DrawOptions = {}): Tensor {
  checkOptions("normalFill", options, drawKinds, "x, mean, std");
  return fillNormal("normalFill", x, mean, std, options);
}

/** {@link normalFill} under the name of the public function that was called. */
export function fillNormal(
  where: string,
  x: Tensor,
  mean: number,
  std: number,
  options: DrawOptions,
): Tensor {
  const { data, from, to } = target(where, x);
  if (!(Number.isFinite(mean) && Number.isFinite(std) && std >= 0)) {
    throw new RangeError(
      `${where}: mean is ${describe(mean)} and std ${describe(std)}; expected finite numbers, std >= 0`,
    );
  }
  const generator = generatorOf(where, options);
  if (to - from < blockSize) {
    for (let i = from; i < to; i++) data[i] = generator.normal() * std + mean;
    return x;
  }
  if (data instanceof Float64Array) {
    fillBlocks(
      from,
      to,
      (i) => (data[i] = generator.float64()),
      (i) => transformFloat64(data, i, mean, std),
    );
  } else {
    fillBlocks(
      from,
      to,
      (i) => (data[i] = generator.float32()),
      (i) => transformFloat32(data, i, mean, std),
    );
  }
  return x;
}

/** Draws everything, then transforms block by block; a last block that is not whole is drawn again, to be one. */
function fillBlocks(
  from: number,
  to: number,
  draw: (i: number) => void,
  transform: (i: number) => void,
): void {
  for (let i = from; i < to; i++) draw(i);
  for (let i = from; i + blockSize <= to; i += blockSize) transform(i);
  if ((to - from) % blockSize === 0) return;
  for (let i = to - blockSize; i < to; i++) draw(i);
  transform(to - blockSize);
}

/** The source of random numbers that the options name. */
export function generatorOf(where: string, { generator }: DrawOptions): Generator {
  if (generator === undefined) return defaultGenerator();
  if (generator instanceof Generator) return generator;
  const advice =
    typeof generator === "number" ? `pass new Generator(${generator})` : "pass new Generator(seed)";
  throw new TypeError(`${where}: generator must be a Generator, got ${describe(generator)}; ${advice}`);
}

function target(where: string, x: Tensor): { data: Float32Array | Float64Array; from: number; to: number } {
  checkTensor(where, x);
  if (!isFloat(x.dtype)) throw new TypeError(`${where}: dtype is ${x.dtype}, expected float32 or float64`);
  if (!x.isContiguous)
    throw new ShapeError(`${where}: the tensor is a view that is not contiguous; fill its source`);
  return { data: x.data as Float32Array | Float64Array, from: x.offset, to: x.offset + x.size };
}
