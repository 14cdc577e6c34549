// C = A Bᵀ for few rows of A: rows of A and of Bᵀ are contiguous, so packing B would cost more than the product.

import { multiplyAdd } from "./multiply-add";

/** C[m, n] (+)= A[m, k] B[k, n] where rows of A and columns of B are contiguous. Strides are in bytes. */
export function multiplyDots(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, b: usize, bCol: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  const quads = n & ~3;
  for (let j = 0; j < quads; j += 4) {
    let ai = a;
    let ci = c;
    for (let i = 0; i < m; i++) {
      const dots = dot4(k, ai, b, bCol);
      v128.store(ci, accumulate ? f32x4.add(v128.load(ci), dots) : dots);
      ai += aRow;
      ci += cRow;
    }
    b += 4 * bCol;
    c += 16;
  }
  for (let j = quads; j < n; j++) {
    let ai = a;
    let ci = c;
    for (let i = 0; i < m; i++) {
      const sum = dot(k, ai, b);
      store<f32>(ci, accumulate ? load<f32>(ci) + sum : sum);
      ai += aRow;
      ci += cRow;
    }
    b += bCol;
    c += 4;
  }
}

/** Scalar products of `a` with four vectors, `stride` bytes apart. */
function dot4(k: i32, a: usize, b0: usize, stride: usize): v128 {
  let b1 = b0 + stride;
  let b2 = b1 + stride;
  let b3 = b2 + stride;
  // two sets of sums, so that an addition need not wait for the one before
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  const end8 = a + ((<usize>(k & ~7)) << 2);
  while (a != end8) {
    const x = v128.load(a), y = v128.load(a, 16);
    s0 = multiplyAdd(x, v128.load(b0), s0); t0 = multiplyAdd(y, v128.load(b0, 16), t0);
    s1 = multiplyAdd(x, v128.load(b1), s1); t1 = multiplyAdd(y, v128.load(b1, 16), t1);
    s2 = multiplyAdd(x, v128.load(b2), s2); t2 = multiplyAdd(y, v128.load(b2, 16), t2);
    s3 = multiplyAdd(x, v128.load(b3), s3); t3 = multiplyAdd(y, v128.load(b3, 16), t3);
    a += 32; b0 += 32; b1 += 32; b2 += 32; b3 += 32;
  }
  s0 = f32x4.add(s0, t0); s1 = f32x4.add(s1, t1); s2 = f32x4.add(s2, t2); s3 = f32x4.add(s3, t3);
  // transpose and add: lane i is the sum of the four lanes of s_i
  const low01 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), low23 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7), high23 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
  let sum = f32x4.add(
    f32x4.add(v128.shuffle<f64>(low01, low23, 0, 2), v128.shuffle<f64>(low01, low23, 1, 3)),
    f32x4.add(v128.shuffle<f64>(high01, high23, 0, 2), v128.shuffle<f64>(high01, high23, 1, 3)),
  );
  const end = a + ((<usize>(k & 7)) << 2);
  while (a != end) {
    const column = f32x4(load<f32>(b0), load<f32>(b1), load<f32>(b2), load<f32>(b3));
    sum = multiplyAdd(v128.load32_splat(a), column, sum);
    a += 4; b0 += 4; b1 += 4; b2 += 4; b3 += 4;
  }
  return sum;
}

/** Scalar product of two contiguous vectors. */
function dot(k: i32, a: usize, b: usize): f32 {
  let s = f32x4.splat(0), t = s;
  const end8 = a + ((<usize>(k & ~7)) << 2);
  while (a != end8) {
    s = multiplyAdd(v128.load(a), v128.load(b), s);
    t = multiplyAdd(v128.load(a, 16), v128.load(b, 16), t);
    a += 32; b += 32;
  }
  s = f32x4.add(s, t);
  let sum = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  const end = a + ((<usize>(k & 7)) << 2);
  while (a != end) {
    sum += load<f32>(a) * load<f32>(b);
    a += 4; b += 4;
  }
  return sum;
}
