import { type CreateOptions, create } from "../create.ts";
import { allocate, checkNumeric, type DType } from "../dtype.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { copyShape, describe, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { type DrawOptions, drawKinds, fillNormal, fillUniform, generatorOf } from "./fill.ts";

/**
 * Options of functions that create a tensor of random numbers.
 *
 * @public
 */
export interface RandomOptions extends CreateOptions, DrawOptions {}

/**
 * Uniform random numbers in [0, 1); those of `torch.rand` for the same seed.
 *
 * @throws TypeError for int32 and bool; {@link ShapeError} if the shape is not made of non-negative integers.
 *
 * @example
 * ```ts
 * import { manualSeed, rand } from "@rnn/tensor";
 *
 * manualSeed(0);
 * rand([2, 2]).toArray(); // => [[0.496257, 0.768222], [0.088477, 0.132030]]
 * ```
 *
 * @public
 */
export function rand(shape: readonly number[], options: RandomOptions = {}): Tensor {
  const x = createRandom("rand", shape, options);
  return fillUniform("rand", x, 0, 1, options);
}

/**
 * Random numbers from the standard normal distribution; those of `torch.randn` for the same seed.
 *
 * @throws TypeError for int32 and bool; {@link ShapeError} if the shape is not made of non-negative integers.
 *
 * @example
 * ```ts
 * import { manualSeed, randn } from "@rnn/tensor";
 *
 * manualSeed(42);
 * randn([2]).toArray(); // => [0.336690, 0.128809]
 * ```
 *
 * @public
 */
export function randn(shape: readonly number[], options: RandomOptions = {}): Tensor {
  const x = createRandom("randn", shape, options);
  return fillNormal("randn", x, 0, 1, options);
}

/**
 * Uniform random numbers in [low, high).
 *
 * @throws TypeError for int32 and bool; {@link ShapeError} if the shape is not made of non-negative integers;
 * RangeError if a limit is not finite or `low` is above `high`.
 *
 * @example
 * ```ts
 * import { manualSeed, uniform } from "@rnn/tensor";
 *
 * manualSeed(0);
 * uniform(-1, 1, [2]).toArray(); // => [-0.007487, 0.536444]
 * ```
 *
 * @public
 */
export function uniform(
  low: number,
  high: number,
  shape: readonly number[],
  options: RandomOptions = {},
): Tensor {
  const x = createRandom("uniform", shape, options, "low, high, shape");
  return fillUniform("uniform", x, low, high, options);
}

/**
 * Random numbers from the normal distribution with the given mean and standard deviation.
 *
 * @throws TypeError for int32 and bool; {@link ShapeError} if the shape is not made of non-negative integers;
 * RangeError if a parameter is not finite or `std` is negative.
 *
 * @example
 * ```ts
 * import { manualSeed, normal } from "@rnn/tensor";
 *
 * manualSeed(0);
 * normal(10, 0.5, [2]).toArray(); // => [10.7705, 9.85329]
 * ```
 *
 * @public
 */
export function normal(
  mean: number,
  std: number,
  shape: readonly number[],
  options: RandomOptions = {},
): Tensor {
  const x = createRandom("normal", shape, options, "mean, std, shape");
  return fillNormal("normal", x, mean, std, options);
}

/**
 * Random whole numbers from `low` up to, not including, `high`; those of `torch.randint` for the same seed.
 *
 * @remarks
 * The dtype is int32; limits beyond it need `dtype: "float64"`. Numbers are drawn modulo the range, as in PyTorch, so
 * they are uniform only as far as 2³² (or 2⁶⁴ for ranges of 2³² and more) is a multiple of it.
 *
 * @throws RangeError if a limit is not a safe integer, `low` is not below `high`, or they do not fit the dtype;
 * {@link ShapeError} if the shape is not made of non-negative integers.
 *
 * @example
 * ```ts
 * import { manualSeed, randint } from "@rnn/tensor";
 *
 * manualSeed(0);
 * randint(0, 10, [5]).toArray(); // => [4, 9, 3, 0, 3]
 * ```
 *
 * @public
 */
export function randint(
  low: number,
  high: number,
  shape: readonly number[],
  options: RandomOptions = {},
): Tensor {
  return drawIntegers("randint", low, high, shape, options, "int32");
}

/** {@link randint} under the name of the public function that was called, with the dtype it takes if none is given. */
export function drawIntegers(
  where: string,
  low: number,
  high: number,
  shape: readonly number[],
  options: RandomOptions,
  otherwise: DType,
): Tensor {
  checkOptions(where, options, randomKinds, where === "randint" ? "low, high, shape" : "x, low, high");
  const range = high - low;
  if (
    !(Number.isSafeInteger(low) && Number.isSafeInteger(high) && Number.isSafeInteger(range) && range > 0)
  ) {
    throw new RangeError(
      `${where}: low is ${describe(low)} and high ${describe(high)}; expected safe integers, low < high`,
    );
  }
  const { dtype = otherwise } = options;
  const generator = generatorOf(where, options);
  if (dtype === "int32" && (low < -(2 ** 31) || high > 2 ** 31)) {
    throw new RangeError(`${where}: ${low}..${high - 1} does not fit int32; pass dtype: "float64"`);
  }
  const x = create(where, shape, checkNumeric(where, dtype));
  if (range < 2 ** 32) {
    for (let i = 0; i < x.size; i++) x.data[i] = low + (generator.uint32() % range);
  } else {
    const wide = BigInt(range);
    for (let i = 0; i < x.size; i++) x.data[i] = low + Number(generator.uint64() % wide);
  }
  return x;
}

/**
 * The numbers 0..n-1 in random order, as int32; those of `torch.randperm` for the same seed.
 *
 * @throws {@link ShapeError} if `n` is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { manualSeed, randperm } from "@rnn/tensor";
 *
 * manualSeed(0);
 * randperm(10).toArray(); // => [4, 1, 7, 5, 3, 9, 0, 8, 6, 2]
 * ```
 *
 * @public
 */
export function randperm(n: number, options: DrawOptions = {}): Tensor {
  sizeOf("randperm", [n]);
  checkOptions("randperm", options, drawKinds, "n");
  const generator = generatorOf("randperm", options);
  const data = allocate("int32", n);
  for (let i = 0; i < n; i++) data[i] = i;
  for (let i = 0; i < n - 1; i++) {
    const j = i + (generator.uint32() % (n - i));
    const taken = data[i]!;
    data[i] = data[j]!;
    data[j] = taken;
  }
  return new Tensor(data, [n]);
}

const randomKinds: OptionKinds<RandomOptions> = { dtype: "name", generator: "object" };

/** A tensor to be filled, with the dtype of the options, or else of the tensor it is to be like. */
export function createRandom(
  where: string,
  shape: readonly number[],
  options: RandomOptions,
  before = "shape",
  otherwise: DType = "float32",
): Tensor {
  const own = copyShape(where, shape);
  checkOptions(where, options, randomKinds, before);
  return create(where, own, options.dtype ?? otherwise);
}
