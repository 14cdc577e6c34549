/** The workload that stands for the speed of the machine: a plain JavaScript product of two 128 x 128 matrices. */
import { uniform } from "./data.mjs";
import plain from "./libraries/plain.mjs";

const SIZE = 128;

/** The product, to be called again and again, and the floating-point operations of a call. */
export function yardstick() {
  const [left, right] = [uniform(SIZE * SIZE, 1, 1), uniform(SIZE * SIZE, 2, 1)];
  return { run: plain.gemm(SIZE, SIZE, SIZE, left, right), operations: 2 * SIZE ** 3 };
}
