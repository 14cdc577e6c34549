// Softmax over dense rows of float32: first what each row needs, then its probabilities.

import { expVector } from "../../tensor/assembly/elementwise";
import { lanesLeft, storeLanes, VECTOR } from "./lanes";

/** Bytes of a row that are added up in float32; from one such stretch to the next the sum is float64. */
const STRETCH: usize = 4096;

/** Writes two float64 for each of `rows` rows: its largest number, and the sum of e^(x - largest). NaN makes the sum NaN. */
export function softmaxStatistics(rows: i32, columns: i32, x: usize, statistics: usize): void {
  const width = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    const most = largest(x, width);
    let sum: f64 = 0;
    for (let j: usize = 0; j < width; j += STRETCH) sum += expSum(x + j, min(STRETCH, width - j), most);
    store<f64>(statistics, most);
    store<f64>(statistics, sum, 8);
    statistics += 16;
    x += width;
  }
}

/** Turns each x into factor e^(x - largest), with two float32 for each row: its largest number and its factor. */
export function softmaxScaled(rows: i32, columns: i32, x: usize, scales: usize): void {
  const width = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    const most = v128.load32_splat(scales);
    const factor = v128.load32_splat(scales, 4);
    const end = x + width;
    const whole = x + (width & ~(VECTOR - 1));
    for (; x != whole; x += VECTOR) v128.store(x, f32x4.mul(factor, expVector(f32x4.sub(v128.load(x), most))));
    if (x != end) {
      storeLanes(x, f32x4.mul(factor, expVector(f32x4.sub(v128.load(x), most))), lanesLeft(end - x));
      x = end;
    }
    scales += 8;
  }
}

/** The largest number of a row; NaN is passed over. */
function largest(x: usize, bytes: usize): f32 {
  const least = f32x4.splat(-Infinity);
  let m0 = least, m1 = least, m2 = least, m3 = least;
  const end = x + bytes;
  const end4 = x + (bytes & ~(4 * VECTOR - 1));
  for (; x != end4; x += 4 * VECTOR) {
    m0 = f32x4.pmax(m0, v128.load(x)); m1 = f32x4.pmax(m1, v128.load(x, 16));
    m2 = f32x4.pmax(m2, v128.load(x, 32)); m3 = f32x4.pmax(m3, v128.load(x, 48));
  }
  for (; x < end; x += VECTOR) m0 = f32x4.pmax(m0, v128.bitselect(v128.load(x), least, lanesLeft(end - x)));
  const m = f32x4.pmax(f32x4.pmax(m0, m1), f32x4.pmax(m2, m3));
  return max(
    max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1)), max(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)),
  );
}

/** The sum of e^(x - most). */
function expSum(x: usize, bytes: usize, most: f32): f64 {
  const shift = f32x4.splat(most);
  const end = x + bytes;
  const whole = x + (bytes & ~(VECTOR - 1));
  let sum = f32x4.splat(0);
  for (; x != whole; x += VECTOR) sum = f32x4.add(sum, expVector(f32x4.sub(v128.load(x), shift)));
  if (x != end) {
    const last = expVector(f32x4.sub(v128.load(x), shift));
    sum = f32x4.add(sum, v128.and(last, lanesLeft(end - x)));
  }
  const pairs = f64x2.add(f64x2.promote_low_f32x4(sum), f64x2.promote_low_f32x4(v128.shuffle<f64>(sum, sum, 1, 0)));
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}
