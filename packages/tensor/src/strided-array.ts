import { type DType, dtypeOf, type TensorData } from "./dtype.ts";
import { formatShape, ShapeError } from "./errors.ts";
import { flatArray, type NestedArray, nestedArray } from "./nested.ts";
import { print } from "./print.ts";
import { contiguousStrides, copyShape, describe, isRowMajor, sizeOf } from "./shape.ts";

/**
 * Where the elements of a tensor lie in its data.
 *
 * @public
 */
export interface TensorLayout {
  /** How far apart neighbours of each dimension lie, in elements; row-major if absent. May be zero or negative. */
  readonly strides?: readonly number[] | undefined;
  /** Where the first element lies; 0 if absent. */
  readonly offset?: number | undefined;
  /** Must be the dtype that the array stores; useful only to state it. */
  readonly dtype?: DType | undefined;
}

/**
 * A tensor as `JSON.stringify` writes it.
 *
 * @public
 */
export interface TensorJSON {
  /** What the elements are. */
  readonly dtype: DType;
  /** The size of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** The elements in row-major order; truth values are 0 and 1. */
  readonly data: readonly number[];
}

/**
 * What a tensor is made of: elements in a typed array, and the shape, strides and offset that find them there. Element
 * `[i, j]` is `data[offset + i * strides[0] + j * strides[1]]`.
 *
 * @public
 */
export class StridedArray {
  // `declare`, because a field that is first defined and then assigned doubles the cost of making a tensor
  /** The elements, in an array that other tensors may share. */
  declare readonly data: TensorData;
  /** The size of each dimension, outermost first. */
  declare readonly shape: readonly number[];
  /** How far apart neighbours of each dimension lie in `data`, in elements. */
  declare readonly strides: readonly number[];
  /** Where the first element lies in `data`. */
  declare readonly offset: number;
  /** What the elements are. */
  declare readonly dtype: DType;
  /** The number of elements. */
  declare readonly size: number;
  /** Whether the elements lie one after another in row-major order. */
  declare readonly isContiguous: boolean;

  /**
   * Wraps `data` without copying.
   *
   * @throws {@link ShapeError} if the shape is not made of non-negative integers or needs more elements than there are;
   * RangeError if the strides and offset reach outside the data; TypeError if `data` is another kind of array.
   */
  constructor(data: TensorData, shape: readonly number[], layout?: TensorLayout) {
    const dtype = dtypeOf(data);
    if (dtype === undefined) throw notStorage(data);
    // arrays of its own, so that no write to another's reaches this tensor; freezing them would cost too much time
    const ownShape = copyShape("Tensor", shape);
    const size = sizeOf("Tensor", ownShape);
    const strides =
      layout?.strides === undefined
        ? contiguousStrides(shape)
        : copyShape("Tensor", layout.strides, "strides");
    const offset = layout?.offset ?? 0;
    if (layout?.dtype !== undefined && layout.dtype !== dtype) throw wrongDType(layout.dtype, data, dtype);
    if (layout?.strides === undefined) checkReach(data, shape, size, offset);
    else checkStrides(data, shape, size, strides, offset);
    this.data = data;
    this.shape = ownShape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype;
    this.size = size;
    this.isContiguous = layout?.strides === undefined || isRowMajor(shape, strides);
  }

  /** The number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /**
   * The only element, as a number; truth values give 0 or 1.
   *
   * @throws {@link ShapeError} unless there is exactly one element.
   */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(
        `item: shape ${formatShape(this.shape)} has ${this.size} elements; item() reads a single one`,
      );
    }
    return this.data[this.offset]!;
  }

  /** The elements as nested arrays; a 0-d tensor gives a number, and bool gives true and false. */
  toArray(): NestedArray {
    return nestedArray(this);
  }

  /** The elements as PyTorch prints them, with shape and dtype; of more than 1000, the first and last of each row. */
  toString(): string {
    return print(this);
  }

  /**
   * What `JSON.stringify(x)` writes: of a view, its own elements only. `tensor(data, { shape, dtype })` makes a tensor of it.
   *
   * @remarks
   * JSON has no NaN and no infinities: `JSON.stringify` writes them as `null`, which `tensor` refuses. `encodeNpy` keeps
   * them.
   *
   * @example
   * ```ts
   * import { arange, tensor, type TensorJSON } from "@rnn/tensor";
   *
   * const text = JSON.stringify(arange(4, { dtype: "int32" }).reshape([2, 2]).select(1, 0));
   * text; // => '{"dtype":"int32","shape":[2],"data":[0,2]}'
   *
   * const { data, shape, dtype } = JSON.parse(text) as TensorJSON;
   * tensor(data, { shape, dtype }).toArray(); // => [0, 2]
   * ```
   */
  toJSON(): TensorJSON {
    return { dtype: this.dtype, shape: this.shape, data: flatArray(this) };
  }

  static {
    // what console.log shows in Node; isolatedDeclarations has no syntax for a method of this name
    const inspect = Symbol.for("nodejs.util.inspect.custom");
    Object.defineProperty(StridedArray.prototype, inspect, { value: StridedArray.prototype.toString });
  }
}

function notStorage(data: unknown): TypeError {
  return new TypeError(
    `Tensor: data must be a Float32Array, Float64Array, Int32Array or Uint8Array, got ${describe(data)}`,
  );
}

function wrongDType(stated: DType, data: TensorData, stored: DType): TypeError {
  return new TypeError(`Tensor: dtype is ${describe(stated)}, but a ${describe(data)} stores ${stored}`);
}

/** For row-major elements. */
function checkReach(data: TensorData, shape: readonly number[], size: number, offset: number): void {
  if (offset >= 0 && offset + size <= data.length && Number.isInteger(offset)) return;
  const from = offset === 0 ? "" : ` from offset ${offset}`;
  throw new ShapeError(
    `Tensor: shape ${formatShape(shape)} needs ${size} elements${from}, but data has ${data.length}`,
  );
}

function checkStrides(
  data: TensorData,
  shape: readonly number[],
  size: number,
  strides: readonly number[],
  offset: number,
): void {
  if (strides.length !== shape.length) {
    throw new ShapeError(
      `Tensor: strides ${formatShape(strides)} do not match shape ${formatShape(shape)}: ${strides.length} != ${shape.length} dimensions`,
    );
  }
  let lowest = offset;
  let highest = offset;
  for (let d = 0; d < shape.length; d++) {
    if (!Number.isInteger(strides[d])) {
      throw new RangeError(`Tensor: strides ${formatShape(strides)} must be integers`);
    }
    const reach = (shape[d]! - 1) * strides[d]!;
    if (reach < 0) lowest += reach;
    else highest += reach;
  }
  // of no elements, none can lie outside
  if (size === 0 || (lowest >= 0 && highest < data.length && Number.isInteger(lowest + highest))) return;
  throw new RangeError(
    `Tensor: shape ${formatShape(shape)} with strides ${formatShape(strides)} and offset ${offset} reaches ` +
      `${lowest}..${highest}, but data has 0..${data.length - 1}`,
  );
}
