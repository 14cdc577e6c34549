import { Tensor, type TensorData } from "@rnn/tensor";
import { describe } from "../check.ts";
import { isPlainObject } from "./plain-object.ts";

/** A batch in a form that can be posted to another thread, where tensors would lose their class. */
export type BatchMessage =
  | { readonly tensor: TensorData; readonly shape: readonly number[] }
  | { readonly list: readonly BatchMessage[] }
  | { readonly members: readonly (readonly [string, BatchMessage])[] }
  | { readonly value: unknown };

/**
 * Copies a batch into a message.
 *
 * @param transfer - collects the buffers that were made for the message, to be transferred with it
 */
export function encodeBatch(value: unknown, transfer: ArrayBuffer[], path = "batch"): BatchMessage {
  if (value instanceof Tensor) {
    const { data, offset, size, shape } = value.contiguous();
    return { tensor: copyOf(data.subarray(offset, offset + size), transfer), shape };
  }
  if (Array.isArray(value)) {
    return { list: value.map((item, i) => encodeBatch(item, transfer, `${path}[${i}]`)) };
  }
  if (ArrayBuffer.isView(value) && "slice" in value) return { value: copyOf(value as TensorData, transfer) };
  if (isPlainObject(value)) {
    const members = Object.entries(value).map(
      ([name, member]) => [name, encodeBatch(member, transfer, `${path}.${name}`)] as const,
    );
    return { members };
  }
  if (value === null || !["object", "function", "symbol"].includes(typeof value)) return { value };
  throw new TypeError(
    `fit: ${path} is ${describe(value)}, which cannot be sent to a replica; ` +
      "a batch is made of tensors, typed arrays, plain objects, arrays, numbers and strings",
  );
}

/** The batch of a message. */
export function decodeBatch(message: BatchMessage): unknown {
  if ("tensor" in message) return new Tensor(message.tensor, message.shape);
  if ("list" in message) return message.list.map(decodeBatch);
  if ("members" in message) {
    return Object.fromEntries(message.members.map(([name, member]) => [name, decodeBatch(member)]));
  }
  return message.value;
}

/** A copy, never a view: posting a view would post all of the buffer under it. */
function copyOf<Data extends TensorData>(data: Data, transfer: ArrayBuffer[]): Data {
  const copy = data.slice() as Data;
  transfer.push(copy.buffer as ArrayBuffer);
  return copy;
}
