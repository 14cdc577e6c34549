import { lanesLeft, storeLanes, VECTOR } from "./lanes";

/** Sixteen columns at a time are one cache line of each row. */
const BLOCK: i32 = 16;

/** `sums[j]` = sum of column j of `matrix[rows, columns]`. Added up in float32: for some hundreds of rows. */
export function columnSums(rows: i32, columns: i32, matrix: usize, sums: usize): void {
  const width = <usize>columns << 2;
  const end = matrix + <usize>rows * width;
  let j = 0;
  for (; j + BLOCK <= columns; j += BLOCK) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let row = matrix + (<usize>j << 2); row < end; row += width) {
      s0 = f32x4.add(s0, v128.load(row)); s1 = f32x4.add(s1, v128.load(row, 16));
      s2 = f32x4.add(s2, v128.load(row, 32)); s3 = f32x4.add(s3, v128.load(row, 48));
    }
    v128.store(sums, s0); v128.store(sums, s1, 16); v128.store(sums, s2, 32); v128.store(sums, s3, 48);
    sums += 4 * VECTOR;
  }
  for (; j < columns; j += 4) {
    let sum = f32x4.splat(0);
    for (let row = matrix + (<usize>j << 2); row < end; row += width) sum = f32x4.add(sum, v128.load(row));
    storeLanes(sums, sum, lanesLeft(<usize>(columns - j) << 2));
    sums += VECTOR;
  }
}

/** `product[i] = x[i] y[i]` for `count` floats; `product` may be `x`. */
export function multiplyInto(count: i32, x: usize, y: usize, product: usize): void {
  const bytes = <usize>count << 2;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    storeLanes(product + j, f32x4.mul(v128.load(x + j), v128.load(y + j)), lanesLeft(bytes - j));
  }
}

/** `sum[i] += x[i]` for `count` floats. */
export function addInto(count: i32, x: usize, sum: usize): void {
  const bytes = <usize>count << 2;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    storeLanes(sum + j, f32x4.add(v128.load(sum + j), v128.load(x + j)), lanesLeft(bytes - j));
  }
}

/** `[rows, columns, width]` to `[columns, rows, width]`; up to 12 bytes behind the result are written. */
export function swapRows(rows: i32, columns: i32, width: i32, from: usize, to: usize): void {
  const bytes = <usize>width << 2;
  for (let column = 0; column < columns; column++) {
    let source = from + <usize>column * bytes;
    for (let row = 0; row < rows; row++) {
      // whole vectors: what is too much, the next row overwrites
      for (let j: usize = 0; j < bytes; j += VECTOR) v128.store(to + j, v128.load(source + j));
      source += <usize>columns * bytes;
      to += bytes;
    }
  }
}
