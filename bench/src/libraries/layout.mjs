/** Changes of layout that libraries with weights [inputs, outputs] and time-major sequences need. */

/** [rows, cols] to [cols, rows]. */
export function transposed({ values, shape: [rows, cols] }) {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) result[col * rows + row] = values[row * cols + col];
  }
  return { values: result, shape: [cols, rows] };
}

/** [batch, steps, ...] to [steps, batch, ...]; values per step are `values.length / (batch * steps)`. */
export function timeMajor(values, { batch, steps }) {
  const size = values.length / (batch * steps);
  const result = new values.constructor(values.length);
  for (let row = 0; row < batch; row++) {
    for (let step = 0; step < steps; step++) {
      const from = (row * steps + step) * size;
      result.set(values.subarray(from, from + size), (step * batch + row) * size);
    }
  }
  return result;
}

/** Element by element. */
export function sum(a, b) {
  return a.map((value, i) => value + b[i]);
}
