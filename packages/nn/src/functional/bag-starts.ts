import { ShapeError, type Tensor } from "@rnn/tensor";
import { printShape } from "../shape.ts";
import { checkTensor } from "./operand.ts";

/** Where each bag starts in the ids, and where the last one ends: the rows of `[N, L]`, or as `offsets` say. */
export function bagStarts(where: string, ids: Tensor, offsets: Tensor | undefined): Int32Array {
  if (ids.ndim === 2) {
    if (offsets !== undefined) {
      throw new ShapeError(
        `${where}: the rows of ids (shape ${printShape(ids.shape)}) are the bags; leave offsets out, or pass ids of one dimension`,
      );
    }
    const [bags, length] = ids.shape as [number, number];
    return Int32Array.from({ length: bags + 1 }, (_, bag) => bag * length);
  }
  if (ids.ndim !== 1 || offsets === undefined) {
    throw new ShapeError(
      `${where}: ids have shape ${printShape(ids.shape)}, expected [N,L], or [L] with offsets`,
    );
  }
  return checkedOffsets(where, offsets, ids.size);
}

function checkedOffsets(where: string, given: Tensor, total: number): Int32Array {
  const offsets = checkTensor(where, "offsets", given);
  if (offsets.dtype !== "int32") {
    throw new TypeError(
      `${where}: offsets are ${offsets.dtype}, expected int32; convert them with .to("int32")`,
    );
  }
  if (offsets.ndim !== 1) {
    throw new ShapeError(`${where}: offsets have shape ${printShape(offsets.shape)}, expected [N]`);
  }
  const { data, offset, size } = offsets.contiguous();
  const starts = new Int32Array(size + 1);
  for (let bag = 0; bag < size; bag++) {
    const start = data[offset + bag]!;
    const before = bag === 0 ? 0 : starts[bag - 1]!;
    if ((bag === 0 && start !== 0) || start < before || start > total) {
      const expected = bag === 0 ? "0" : `${before} to ${total}`;
      throw new RangeError(`${where}: offsets[${bag}] is ${start}, expected ${expected}`);
    }
    starts[bag] = start;
  }
  starts[size] = total;
  return starts;
}
