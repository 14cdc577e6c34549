/** Plain JavaScript without any library: what the machine does with an obvious loop. Other speeds are compared to it. */
export default {
  gemm(m, k, n, a, b) {
    return () => {
      const c = new Float32Array(m * n);
      for (let i = 0; i < m; i++) {
        for (let p = 0; p < k; p++) {
          const factor = a[i * k + p];
          for (let j = 0; j < n; j++) c[i * n + j] += factor * b[p * n + j];
        }
      }
      return c;
    };
  },
};
