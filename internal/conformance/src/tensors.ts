import { Parameter, Variable } from "@rnn/nn";
import { type DType, Tensor } from "@rnn/tensor";
import type { StoredTensor, StoredTensors } from "./cases.ts";
import { libraryDType, type Numbers, toNumber } from "./judge.ts";
import { NotApplicable } from "./verdict.ts";

/** What operations take and give. */
export type Value = Tensor | Variable;

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const;

/** A tensor with the stored numbers; float32 numbers are rounded on the way in, int64 becomes int32. */
export function toTensor(stored: StoredTensor): Tensor {
  const dtype = libraryDType(stored.dtype) as DType;
  const array = arrays[dtype];
  if (!array) throw new NotApplicable(`@rnn/tensor has no ${stored.dtype} tensors`);
  const numbers = stored.data.map(toNumber);
  if (dtype === "int32" && numbers.some((n) => n !== (n | 0)))
    throw new NotApplicable("@rnn/tensor has no integers beyond int32");
  return new Tensor(array.from(numbers), [...stored.shape]);
}

/** Every stored tensor of a group, by name. */
export function toTensors(stored: StoredTensors): Record<string, Tensor> {
  return mapValues(stored, toTensor);
}

/** A variable for every stored tensor; those with a stored gradient require one. Integers and booleans stay tensors. */
export function toOperands(stored: StoredTensors, gradients: StoredTensors): Record<string, Value> {
  return mapValues(stored, (t, name) => {
    const value = toTensor(t);
    return t.dtype.startsWith("float")
      ? new Variable(value, { requiresGrad: Object.hasOwn(gradients, name) })
      : value;
  });
}

/** A parameter that starts from the stored numbers. */
export function toParameter(stored: StoredTensor): Parameter {
  return new Parameter(toTensor(stored));
}

/** The tensor inside a variable, or the tensor itself. */
export function tensorOf(x: Value): Tensor {
  return x instanceof Variable ? x.value : x;
}

/** The elements in row-major order, read by shape, strides and offset alone. */
export function toNumbers(x: Value): Numbers {
  const { data, shape, strides, offset, dtype } = tensorOf(x);
  let offsets = [offset];
  shape.forEach((extent, d) => {
    const stride = strides[d] as number;
    offsets = offsets.flatMap((start) => Array.from({ length: extent }, (_, i) => start + i * stride));
  });
  return { dtype, shape, data: offsets.map((at) => data[at] as number) };
}

/** An object with the same keys and other values. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
