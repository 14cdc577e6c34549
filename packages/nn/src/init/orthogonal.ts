import { randn, type Tensor } from "@rnn/tensor";
import { checkFinite, checkInitOptions } from "./check.ts";
import { needTwoDimensions } from "./fans.ts";
import { orthonormalColumns } from "./orthonormal.ts";
import { fill, type InitTarget, sizeOf } from "./target.ts";
import { type XavierOptions, xavierOptionNames } from "./xavier.ts";

/**
 * A random matrix whose rows (or columns, if there are fewer of them) are orthonormal, times `gain`: powers of it neither
 * grow nor shrink, which suits the recurrent weights of an RNN. Further dimensions count as columns. Equals
 * `torch.nn.init.orthogonal_`. Source: Saxe et al. 2014.
 *
 * @throws {@link @rnn/tensor#ShapeError} for fewer than two dimensions.
 *
 * @throws RangeError if `gain` is not finite.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * const w = init.orthogonal([3, 3], { dtype: "float64" });
 * w.matmul(w.transpose(0, 1)).sum().item().toFixed(6); // => "3.000000"
 * ```
 *
 * @public
 */
export function orthogonal(target: InitTarget, options: XavierOptions = {}): Tensor {
  const { gain = 1, generator } = checkInitOptions("init.orthogonal", options, xavierOptionNames);
  checkFinite("init.orthogonal", "gain", gain);
  return fill(target, options, (shape, dtype) => {
    const [rows = 0] = needTwoDimensions("init.orthogonal", shape);
    const size = sizeOf(shape);
    const columns = rows === 0 ? 0 : size / rows;
    const draws = randn([rows, columns], { dtype, generator });
    const isWide = rows < columns;
    const tall = Float64Array.from((isWide ? draws.transpose(0, 1) : draws).contiguous().data);
    const q = orthonormalColumns(tall, Math.max(rows, columns), Math.min(rows, columns));
    const values = new Float64Array(size);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        values[i * columns + j] = gain * (isWide ? q[j * rows + i]! : q[i * columns + j]!);
      }
    }
    return values;
  });
}
