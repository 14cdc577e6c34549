import type { TensorData } from "../dtype.ts";

/** `out = a`, converted as the output's typed array converts. */
export function copyLoop(
  n: number,
  a: TensorData,
  ao: number,
  as: number,
  out: TensorData,
  oo: number,
): void {
  for (let i = 0; i < n; i++, ao += as) out[oo + i] = a[ao]!;
}

/** `out = a != 0`: NaN is true. */
export function truthLoop(
  n: number,
  a: TensorData,
  ao: number,
  as: number,
  out: TensorData,
  oo: number,
): void {
  for (let i = 0; i < n; i++, ao += as) out[oo + i] = a[ao] === 0 ? 0 : 1;
}
