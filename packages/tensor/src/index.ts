export {
  type CreateOptions,
  empty,
  emptyLike,
  eye,
  full,
  fullLike,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./create.ts";
export type { DType, TensorData } from "./dtype.ts";
export { einsum } from "./einsum/einsum.ts";
export { ElementwiseMethods } from "./elementwise-methods.ts";
export { ShapeError } from "./errors.ts";
export { type FromOptions, tensor } from "./from.ts";
export { type Backend, backend, gemm, setBackend } from "./kernels/gemm.ts";
export type { FloatArray } from "./kernels/gemm-types.ts";
export { type SimdGemm, type SimdKernels, type SimdMemory, simdKernels } from "./kernels/simd-kernels.ts";
export type { NestedArray } from "./nested.ts";
export { decodeNpy } from "./npy/decode.ts";
export { encodeNpy } from "./npy/encode.ts";
export { NpyError } from "./npy/error.ts";
export { relu, sigmoid, tanh } from "./ops/activation.ts";
export { all, any, countNonzero } from "./ops/any-all.ts";
export { argmax, argmin, type ReduceOneOptions } from "./ops/arg-extremum.ts";
export { add, maximum, minimum, mul, sub } from "./ops/arithmetic.ts";
export { type ClampOptions, clamp } from "./ops/clamp.ts";
export { allclose, type CloseOptions, equal, isclose } from "./ops/close.ts";
export { eq, ge, gt, le, lt, ne } from "./ops/comparison.ts";
export { cumsum } from "./ops/cumsum.ts";
export { cummax, cummin, cumprod, logcumsumexp } from "./ops/cumulative.ts";
export { diagonal } from "./ops/diagonal.ts";
export { type DiffOptions, diff } from "./ops/diff.ts";
export { type DivOptions, div } from "./ops/div.ts";
export type { Operand } from "./ops/elementwise.ts";
export { erf, erfc } from "./ops/erf.ts";
export { broadcastTo, expand } from "./ops/expand.ts";
export { exp, expm1, log, log1p, log2, log10 } from "./ops/exponential.ts";
export { amax, amin, type Extremum, type ExtremumOptions, max, min } from "./ops/extremum.ts";
export { flip } from "./ops/flip.ts";
export { gather } from "./ops/gather.ts";
export { type GeluOptions, gelu, silu } from "./ops/gelu.ts";
export { acosh, asinh, atanh, cosh, sinh } from "./ops/hyperbolic.ts";
export { indexSelect } from "./ops/index-select.ts";
export { acos, asin, atan, atan2 } from "./ops/inverse-trigonometric.ts";
export { cat, cat as concat, stack } from "./ops/join.ts";
export { isfinite, isinf, isnan, logicalAnd, logicalNot, logicalOr, logicalXor } from "./ops/logical.ts";
export { logsumexp } from "./ops/logsumexp.ts";
export { maskedFill, maskedSelect } from "./ops/masked.ts";
export { matmul } from "./ops/matmul.ts";
export { median } from "./ops/median.ts";
export { meshgrid } from "./ops/meshgrid.ts";
export { type NanToNumOptions, nanToNum } from "./ops/nan-to-num.ts";
export { nonzero } from "./ops/nonzero.ts";
export { type NormOptions, norm } from "./ops/norm.ts";
export { oneHot } from "./ops/one-hot.ts";
export { PackedMatrix } from "./ops/packed-matrix.ts";
export { type PadMode, type PadOptions, pad } from "./ops/pad.ts";
export { movedim, permute, transpose, transpose as swapaxes } from "./ops/permute.ts";
export { hypot, pow, reciprocal, rsqrt, sqrt, square } from "./ops/power.ts";
export { prod } from "./ops/prod.ts";
export { dot, outer } from "./ops/products.ts";
export { quantile } from "./ops/quantile.ts";
export {
  type EluOptions,
  elu,
  type LeakyReluOptions,
  leakyRelu,
  type SoftplusOptions,
  selu,
  softplus,
} from "./ops/rectifiers.ts";
export type { ReduceOptions } from "./ops/reduction.ts";
export { floorDivide, fmod, remainder } from "./ops/remainder.ts";
export { repeatInterleave, tile, tile as repeat } from "./ops/repeat.ts";
export { flatten, reshape } from "./ops/reshape.ts";
export { roll } from "./ops/roll.ts";
export { ceil, floor, round, trunc } from "./ops/rounding.ts";
export { type ScatterReduction, scatter, scatterAdd, scatterReduce } from "./ops/scatter.ts";
export { type SearchSortedOptions, searchsorted } from "./ops/search-sorted.ts";
export { abs, neg, sign } from "./ops/sign.ts";
export { type SliceSpec, select, slice } from "./ops/slice.ts";
export { logSoftmax, softmax } from "./ops/softmax.ts";
export { argsort, type Sorted, type SortOptions, sort, type TopkOptions, topk } from "./ops/sort.ts";
export { chunk, split, unbind } from "./ops/split.ts";
export { hardSigmoid, hardTanh, softsign } from "./ops/squashing.ts";
export { squeeze, unsqueeze } from "./ops/squeeze.ts";
export { mean, sum } from "./ops/sum.ts";
export { tril, triu } from "./ops/triangle.ts";
export { cos, sin, tan } from "./ops/trigonometric.ts";
export { unfold } from "./ops/unfold.ts";
export { type Unique, type UniqueOptions, unique } from "./ops/unique.ts";
export { std, type VarianceOptions, variance } from "./ops/variance.ts";
export { where } from "./ops/where.ts";
export { defaultGenerator, manualSeed } from "./random/default-generator.ts";
export { normal, type RandomOptions, rand, randint, randn, randperm, uniform } from "./random/draw.ts";
export { type DrawOptions, normalFill, uniformFill } from "./random/fill.ts";
export { Generator, type GeneratorState } from "./random/generator.ts";
export { randintLike, randLike, randnLike } from "./random/like.ts";
export { type ArangeOptions, arange, linspace } from "./ranges.ts";
export { broadcastShapes } from "./shape.ts";
export { singularValues } from "./spectrum/singular-values.ts";
export { type SpectralNormOptions, spectralNorm } from "./spectrum/spectral-norm.ts";
export { spectralRadius } from "./spectrum/spectral-radius.ts";
export { StridedArray, type TensorJSON, type TensorLayout } from "./strided-array.ts";
export { Tensor } from "./tensor.ts";
