import { type DType, dtypeOf, type TensorData } from "./dtype.ts";
import { formatShape, ShapeError } from "./errors.ts";
import { type NestedArray, nestedArray } from "./nested.ts";
import { add, div, mul, sub } from "./ops/arithmetic.ts";
import { convert, type Operand } from "./ops/elementwise.ts";
import { matmul } from "./ops/matmul.ts";
import { permute, transpose } from "./ops/permute.ts";
import type { ReduceOptions } from "./ops/reduction.ts";
import { reshape } from "./ops/reshape.ts";
import { type SliceSpec, slice } from "./ops/slice.ts";
import { sum } from "./ops/sum.ts";
import { contiguousStrides, describe, isRowMajor, sizeOf } from "./shape.ts";

/**
 * Where the elements of a tensor lie in its data.
 *
 * @public
 */
export interface TensorLayout {
  /** How far apart neighbours of each dimension lie, in elements; row-major if absent. */
  readonly strides?: readonly number[] | undefined;
  /** Where the first element lies; 0 if absent. */
  readonly offset?: number | undefined;
  /** Must be the dtype stored by the array; useful only to state it. */
  readonly dtype?: DType | undefined;
}

/**
 * A strided array of numbers or truth values. Views (transposed, sliced, reshaped) share `data` with their source.
 *
 * @public
 */
export class Tensor {
  /** The elements, in an array that other tensors may share. */
  readonly data: TensorData;
  /** The size of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** How far apart neighbours of each dimension lie in `data`, in elements. */
  readonly strides: readonly number[];
  /** Where the first element lies in `data`. */
  readonly offset: number;
  readonly dtype: DType;
  /** The number of elements. */
  readonly size: number;
  /** Whether the elements lie one after another in row-major order. */
  readonly isContiguous: boolean;

  /** Wraps `data` (not copied; `shape` and `strides` are kept and must not be changed afterwards). */
  constructor(data: TensorData, shape: readonly number[], layout?: TensorLayout) {
    const dtype = dtypeOf(data);
    if (dtype === undefined) {
      throw new TypeError(
        `Tensor: data must be a Float32Array, Float64Array, Int32Array or Uint8Array, got ${describe(data)}`,
      );
    }
    const size = sizeOf("Tensor", shape);
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
    this.size = size;
    if (layout === undefined) {
      if (size > data.length) throw tooShort(shape, size, data.length);
      this.strides = contiguousStrides(shape);
      this.offset = 0;
      this.isContiguous = true;
    } else {
      checkLayout(data, dtype, shape, size, layout);
      this.strides = layout.strides ?? contiguousStrides(shape);
      this.offset = layout.offset ?? 0;
      this.isContiguous = layout.strides === undefined || isRowMajor(shape, this.strides);
    }
  }

  /** The number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** The only element, as a number; bool gives 0 or 1. */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(
        `item: the tensor has shape ${formatShape(this.shape)}; item() needs exactly one element`,
      );
    }
    return this.data[this.offset]!;
  }

  /** The elements as nested arrays; a 0-d tensor gives a number, bool gives true and false. */
  toArray(): NestedArray {
    return nestedArray(this);
  }

  /** This tensor if it is contiguous, else a row-major copy. */
  contiguous(): Tensor {
    return this.isContiguous ? this : this.clone();
  }

  /** A row-major copy with its own data. */
  clone(): Tensor {
    return convert(this, this.dtype);
  }

  /** This tensor if it has the dtype already, else a converted copy. */
  to(dtype: DType): Tensor {
    return dtype === this.dtype ? this : convert(this, dtype);
  }

  add(other: Operand): Tensor {
    return add(this, other);
  }

  sub(other: Operand): Tensor {
    return sub(this, other);
  }

  mul(other: Operand): Tensor {
    return mul(this, other);
  }

  div(other: Operand): Tensor {
    return div(this, other);
  }

  matmul(other: Tensor): Tensor {
    return matmul(this, other);
  }

  sum(options?: ReduceOptions): Tensor {
    return sum(this, options);
  }

  reshape(shape: readonly number[]): Tensor {
    return reshape(this, shape);
  }

  transpose(dim0: number, dim1: number): Tensor {
    return transpose(this, dim0, dim1);
  }

  permute(dims: readonly number[]): Tensor {
    return permute(this, dims);
  }

  slice(...specs: SliceSpec[]): Tensor {
    return slice(this, specs);
  }
}

function tooShort(shape: readonly number[], size: number, length: number): ShapeError {
  return new ShapeError(`Tensor: shape ${formatShape(shape)} needs ${size} elements, but data has ${length}`);
}

function checkLayout(
  data: TensorData,
  dtype: DType,
  shape: readonly number[],
  size: number,
  { strides, offset = 0, dtype: stated = dtype }: TensorLayout,
): void {
  if (stated !== dtype) {
    throw new TypeError(`Tensor: dtype is ${describe(stated)}, but ${data.constructor.name} stores ${dtype}`);
  }
  if (!Number.isInteger(offset) || offset < 0 || offset > data.length) {
    throw new RangeError(`Tensor: offset ${offset} is outside 0..${data.length}`);
  }
  if (strides === undefined) {
    if (offset + size > data.length) throw tooShort(shape, offset + size, data.length);
    return;
  }
  if (strides.length !== shape.length) {
    throw new ShapeError(
      `Tensor: ${strides.length} strides for ${shape.length} dimensions (shape ${formatShape(shape)})`,
    );
  }
  if (size === 0) return;
  let lowest = offset;
  let highest = offset;
  for (let d = 0; d < shape.length; d++) {
    const reach = (shape[d]! - 1) * strides[d]!;
    if (reach < 0) lowest += reach;
    else highest += reach;
  }
  if (!(Number.isInteger(highest - lowest) && lowest >= 0 && highest < data.length)) {
    throw new RangeError(
      `Tensor: shape ${formatShape(shape)} with strides ${formatShape(strides)} and offset ${offset} reaches elements ` +
        `${lowest}..${highest}, but data has ${data.length}`,
    );
  }
}
