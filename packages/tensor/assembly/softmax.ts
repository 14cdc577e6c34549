// Softmax of rows that are filled up with -Infinity to whole vectors.

import { expVector } from "./elementwise";
import { log } from "./pointwise";
import { high, low, sum } from "./reduce";

/** One vector, of whose logarithms the first counts. */
const SUM: usize = memory.data(16, 16);

/** e^(x - largest) over the sum of the row: the rows of `x[rows, columns]` in place. */
export function softmax(rows: i32, columns: i32, x: usize): void {
  const width = <usize>columns << 2;
  for (; rows > 0; rows--) {
    const end = x + width;
    const most = f32x4.splat(largest(x, end));
    for (let at = x; at < end; at += 16) v128.store(at, expVector(f32x4.sub(v128.load(at), most)));
    const total = f32x4.splat(<f32>sum(columns, x));
    for (; x < end; x += 16) v128.store(x, f32x4.div(v128.load(x), total));
  }
}

/** x - largest - ln of the sum of e^(x - largest): the rows of `x[rows, columns]` in place. */
export function logSoftmax(rows: i32, columns: i32, x: usize): void {
  const width = <usize>columns << 2;
  for (; rows > 0; rows--) {
    const end = x + width;
    const most = f32x4.splat(largest(x, end));
    let s0 = f64x2.splat(0), s1 = s0;
    for (let at = x; at < end; at += 16) {
      const e = expVector(f32x4.sub(v128.load(at), most));
      s0 = f64x2.add(s0, low(e)); s1 = f64x2.add(s1, high(e));
    }
    s0 = f64x2.add(s0, s1);
    store<f32>(SUM, <f32>(f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)));
    log(1, SUM);
    const logSum = v128.load32_splat(SUM);
    for (; x < end; x += 16) v128.store(x, f32x4.sub(f32x4.sub(v128.load(x), most), logSum));
  }
}

/** The largest number; NaN is passed over, and makes the sum NaN. */
function largest(x: usize, end: usize): f32 {
  let m = f32x4.splat(-Infinity);
  for (; x < end; x += 16) m = f32x4.pmax(m, v128.load(x));
  m = f32x4.pmax(m, v128.shuffle<f32>(m, m, 2, 3, 0, 1));
  return max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1));
}
