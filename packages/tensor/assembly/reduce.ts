// Sums and extremes of contiguous float32. Sums are float64.

/** The two halves of four float32 as float64. */
// @ts-ignore: decorator
@inline
export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0));
}

/** Σ x. */
export function sum(count: i32, x: usize): f64 {
  // sums that do not wait for each other
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  const end8 = x + (<usize>(count & ~7) << 2);
  for (; x != end8; x += 32) {
    const y = v128.load(x), z = v128.load(x, 16);
    s0 = f64x2.add(s0, low(y)); s1 = f64x2.add(s1, high(y));
    s2 = f64x2.add(s2, low(z)); s3 = f64x2.add(s3, high(z));
  }
  s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  const end = x + (<usize>(count & 7) << 2);
  for (; x != end; x += 4) total += load<f32>(x);
  return total;
}

/** Σ (x - shift)². */
export function squareSum(count: i32, x: usize, shift: f64): f64 {
  const by = f64x2.splat(shift);
  let s0 = f64x2.splat(0), s1 = s0;
  const end4 = x + (<usize>(count & ~3) << 2);
  for (; x != end4; x += 16) {
    const y = v128.load(x);
    const d0 = f64x2.sub(low(y), by), d1 = f64x2.sub(high(y), by);
    s0 = f64x2.add(s0, f64x2.mul(d0, d0)); s1 = f64x2.add(s1, f64x2.mul(d1, d1));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  const end = x + (<usize>(count & 3) << 2);
  for (; x != end; x += 4) {
    const d = <f64>load<f32>(x) - shift;
    total += d * d;
  }
  return total;
}

/** `sums[j]` += the sum of column j of `x[rows, columns]`; columns are a multiple of four, `sums` are float64. */
export function sumColumns(rows: i32, columns: i32, x: usize, sums: usize): void {
  const width = <usize>columns << 2;
  const end = x + <usize>rows * width;
  for (const lineEnd = x + width; x != lineEnd; x += 16, sums += 32) {
    let s0 = v128.load(sums), s1 = v128.load(sums, 16);
    for (let at = x; at < end; at += width) {
      const y = v128.load(at);
      s0 = f64x2.add(s0, low(y)); s1 = f64x2.add(s1, high(y));
    }
    v128.store(sums, s0); v128.store(sums, s1, 16);
  }
}

/**
 * The position of the first largest of `count` numbers (of the smallest, with `sign` -1), or of the first NaN. There are at
 * least four numbers; the last vector overlaps the one before.
 */
export function extremum(count: i32, x: usize, sign: f32): i32 {
  const last = x + (<usize>count << 2) - 16;
  const by = f32x4.splat(sign);
  let m = f32x4.mul(by, v128.load(last));
  let isNumber = f32x4.eq(m, m);
  let at = x;
  for (; at < last; at += 16) {
    const y = f32x4.mul(by, v128.load(at));
    isNumber = v128.and(isNumber, f32x4.eq(y, y));
    m = f32x4.pmax(m, y);
  }
  m = f32x4.pmax(m, v128.shuffle<f32>(m, m, 2, 3, 0, 1));
  m = f32x4.mul(by, f32x4.pmax(m, v128.shuffle<f32>(m, m, 1, 0, 3, 2)));
  const hasNaN = !i32x4.all_true(isNumber);
  let found = isNumber;
  for (at = x; ; at = min(at + 16, last)) {
    const y = v128.load(at);
    found = hasNaN ? f32x4.ne(y, y) : f32x4.eq(y, m);
    if (v128.any_true(found)) break;
  }
  return (<i32>(at - x) >> 2) + ctz(i32x4.bitmask(found));
}

/**
 * Goes on along the rows of `x[rows, columns]`, the first of which is number `row`: where a number is larger than that of
 * `best` (smaller, with `sign` -1), or the first NaN, it replaces it, and the number of its row that of `indices`.
 * Columns are a multiple of four.
 */
export function extremumColumns(
  rows: i32, columns: i32, x: usize, sign: f32, row: i32, best: usize, indices: usize,
): void {
  const width = <usize>columns << 2;
  const end = x + <usize>rows * width;
  const by = f32x4.splat(sign);
  for (const lineEnd = x + width; x != lineEnd; x += 16, best += 16, indices += 16) {
    let most = f32x4.mul(by, v128.load(best)), index = v128.load(indices), j = i32x4.splat(row);
    for (let at = x; at < end; at += width) {
      const y = f32x4.mul(by, v128.load(at));
      // neither at most the best nor behind a NaN
      const isBetter = v128.andnot(f32x4.eq(most, most), f32x4.le(y, most));
      most = v128.bitselect(y, most, isBetter);
      index = v128.bitselect(j, index, isBetter);
      j = i32x4.add(j, i32x4.splat(1));
    }
    v128.store(best, f32x4.mul(by, most));
    v128.store(indices, index);
  }
}
