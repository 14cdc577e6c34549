/**
 * Least squares by Householder's QR decomposition, of rows that come one after the other: min ‖X B - Y‖², X `[rows, n]`,
 * Y `[rows, m]`. Holds 4 n rows at most, however many come; never forms XᵀX, which would square the condition number.
 */
export class LeastSquares {
  readonly #n: number;
  readonly #m: number;
  /** The triangle R | QᵀY of all rows so far in the first n rows, new rows below; `[capacity, n + m]`. */
  readonly #rows: Float64Array;
  readonly #capacity: number;
  #count: number;

  /**
   * @param n - unknowns
   * @param m - right-hand sides
   */
  constructor(n: number, m: number) {
    this.#n = n;
    this.#m = m;
    this.#capacity = 5 * n;
    this.#rows = new Float64Array(this.#capacity * (n + m));
    this.#count = n;
  }

  /** Takes in a row of X and Y together, `[n + m]`. */
  add(row: ArrayLike<number>): void {
    if (this.#count === this.#capacity) this.#reduce();
    this.#rows.set(row, this.#count * (this.#n + this.#m));
    this.#count++;
  }

  /** B as `[m][n]`, or the first column of X that is a combination of those before it. */
  solve(): { solution: number[][] } | { dependent: number } {
    this.#reduce();
    const [n, width, a] = [this.#n, this.#n + this.#m, this.#rows];
    for (let j = 0; j < n; j++) {
      // the part of the column above the diagonal is explained by the columns before it
      let norm = 0;
      for (let i = 0; i <= j; i++) norm = Math.hypot(norm, a[i * width + j]!);
      if (Math.abs(a[j * width + j]!) <= 1e-12 * norm || norm === 0) return { dependent: j };
    }
    const solution = Array.from({ length: this.#m }, (_, k) => {
      const b = new Array<number>(n).fill(0);
      for (let i = n - 1; i >= 0; i--) {
        let rest = a[i * width + n + k]!;
        for (let j = i + 1; j < n; j++) rest -= a[i * width + j]! * b[j]!;
        b[i] = rest / a[i * width + i]!;
      }
      return b;
    });
    return { solution };
  }

  /** Reflects all rows onto the first n. */
  #reduce(): void {
    const [n, width, a, rows] = [this.#n, this.#n + this.#m, this.#rows, this.#count];
    const v = new Float64Array(rows);
    const dots = new Float64Array(width);
    for (let j = 0; j < n; j++) {
      let norm = 0;
      for (let i = j; i < rows; i++) norm += (v[i] = a[i * width + j]!) ** 2;
      if (norm === 0) continue;
      // v = x + sign(x_j) ‖x‖ e_j; H = I - 2 v vᵀ / vᵀv
      const alpha = v[j]! > 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
      const half = norm - alpha * v[j]!; // vᵀv / 2
      v[j]! -= alpha;
      dots.fill(0);
      for (let i = j; i < rows; i++) {
        for (let c = j; c < width; c++) dots[c]! += v[i]! * a[i * width + c]!;
      }
      for (let i = j; i < rows; i++) {
        const factor = v[i]! / half;
        for (let c = j; c < width; c++) a[i * width + c]! -= factor * dots[c]!;
      }
      for (let i = j + 1; i < rows; i++) a[i * width + j] = 0;
    }
    a.fill(0, n * width, rows * width);
    this.#count = n;
  }
}
