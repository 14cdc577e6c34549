import type { Module } from "@rnn/nn";
import type { Tensor, TensorData } from "@rnn/tensor";

/** Memory that the threads of one training share; every thread makes its own views on it. */
export interface SharedMemory {
  /** The parameters and then the buffers of the model. */
  readonly tensors: SharedArrayBuffer;
  /** For each replica, the gradients of all parameters, followed by the lists of their rows. */
  readonly gradients: readonly SharedArrayBuffer[];
  /** Weight of each replica's loss, float64. */
  readonly weights: SharedArrayBuffer;
  /** For each parameter whether it is learned; then for each replica and parameter the kind of its gradient. */
  readonly flags: SharedArrayBuffer;
  readonly barrier: SharedArrayBuffer;
}

/** Name and form of a parameter or buffer, which must be the same in all threads. */
export interface TensorSpec {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Where a parameter or buffer lies in shared memory. */
export interface Place {
  readonly spec: TensorSpec;
  /** The elements of the thread's own tensor. */
  readonly own: TensorData;
  /** Its first byte. */
  readonly start: number;
}

/** Where everything of a model lies. */
export interface Layout {
  readonly parameters: readonly Place[];
  readonly buffers: readonly Place[];
  /** First bytes of the lists of rows, by parameter: int32, the number of rows and then their positions. */
  readonly lists: readonly number[];
  readonly tensorBytes: number;
  readonly gradientBytes: number;
}

/** What a {@link Barrier} needs: two numbers. */
const BARRIER_BYTES = 8;

/** Elements start at multiples of this many bytes, so that copies go word by word. */
const ALIGNMENT = 64;

/** The layout of a model: by the order of registration, so the same in every thread. Buffers are contiguous anyway. */
export function layoutOf(model: Module): Layout {
  let end = 0;
  const take = (bytes: number): number => {
    const start = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = start + bytes;
    return start;
  };
  const place = (name: string, { data, offset, size, dtype, shape, isContiguous }: Tensor): Place => {
    if (!isContiguous) {
      throw new TypeError(
        `fit: parallel needs contiguous parameters, but "${name}" is a view with other strides`,
      );
    }
    const own = data.subarray(offset, offset + size);
    return { spec: { name, dtype, shape }, own, start: take(own.byteLength) };
  };
  const parameters = model.namedParameters().map(([name, { value }]) => place(name, value));
  const parameterBytes = end;
  const buffers = model.namedBuffers().map(([name, tensor]) => place(name, tensor));
  const tensorBytes = end;
  end = parameterBytes;
  const lists = parameters.map(({ spec: { shape } }) => take(shape.length === 2 ? 4 * (1 + shape[0]!) : 0));
  return { parameters, buffers, lists, tensorBytes, gradientBytes: end };
}

/** Name, dtype and shape of everything that is shared. */
export function specsOf(model: Module): TensorSpec[] {
  const { parameters, buffers } = layoutOf(model);
  return [...parameters, ...buffers].map(({ spec }) => spec);
}

/** Takes the memory for a number of replicas of a model. */
export function shareMemory(model: Module, replicas: number): SharedMemory {
  const { parameters, tensorBytes, gradientBytes } = layoutOf(model);
  return {
    tensors: new SharedArrayBuffer(tensorBytes),
    gradients: Array.from({ length: replicas }, () => new SharedArrayBuffer(gradientBytes)),
    weights: new SharedArrayBuffer(8 * replicas),
    flags: new SharedArrayBuffer(parameters.length * (replicas + 1)),
    barrier: new SharedArrayBuffer(BARRIER_BYTES),
  };
}

/** The elements at a place. */
export function viewOf({ own, start }: Place, memory: SharedArrayBuffer): TensorData {
  const View = own.constructor as new (memory: SharedArrayBuffer, start: number, size: number) => TensorData;
  return new View(memory, start, own.length);
}
