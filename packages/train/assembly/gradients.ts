import { high, low, rounded } from "./lanes";

/** x' = x by. */
export function scale(count: i32, x: usize, by: f64): void {
  const end = x + (<usize>count << 2);
  for (; x < end; x += 16) {
    const y = v128.load(x);
    v128.store(x, rounded(f64x2.mul(low(y), f64x2.splat(by)), f64x2.mul(high(y), f64x2.splat(by))));
  }
}

/** Σ x², of exactly `count` floats. */
export function squareSum(count: i32, x: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  const end4 = x + (<usize>(count & ~3) << 2);
  for (; x != end4; x += 16) {
    const y = v128.load(x);
    const y0 = low(y), y1 = high(y);
    s0 = f64x2.add(s0, f64x2.mul(y0, y0)); s1 = f64x2.add(s1, f64x2.mul(y1, y1));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  const end = x + (<usize>(count & 3) << 2);
  for (; x != end; x += 4) total += <f64>load<f32>(x) * <f64>load<f32>(x);
  return total;
}

/**
 * Elements `from` to `to` of a table `[…, width]` that is zero but for some rows: row r is the row `positions[r] - 1` of
 * `values`, or zero where that is 0.
 */
export function spreadRows(from: i32, to: i32, width: i32, positions: usize, values: usize, table: usize): void {
  memory.fill(table, 0, <usize>(to - from) << 2);
  for (let row = from / width; row * width < to; row++) {
    const position = load<i32>(positions + (<usize>row << 2));
    if (position == 0) continue;
    // a stretch may begin and end within a row
    const start = max(from, row * width), end = min(to, (row + 1) * width);
    const source = values + (<usize>((position - 1 - row) * width + start) << 2);
    memory.copy(table + (<usize>(start - from) << 2), source, <usize>(end - start) << 2);
  }
}
