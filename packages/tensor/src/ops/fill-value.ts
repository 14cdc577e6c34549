import type { DType } from "../dtype.ts";
import { describe } from "../shape.ts";

/** A number as an element of the given dtype; throws if int32 would change it. bool is "not 0". */
export function fillValue(where: string, value: number, dtype: DType): number {
  if (typeof value !== "number") {
    throw new TypeError(`${where}: value must be a number, got ${describe(value)}`);
  }
  if (dtype === "bool") return value === 0 ? 0 : 1;
  if (dtype === "int32" && value !== (value | 0)) {
    throw new RangeError(
      `${where}: ${value} does not fit int32; convert the tensor with .to("float32") first`,
    );
  }
  return value;
}
