import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkOptions } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { fill, type InitOptions, type InitTarget } from "./target.ts";

/**
 * Ones on the diagonal of a matrix, zeros elsewhere. Equals `torch.nn.init.eye_`.
 *
 * @throws {@link @rnn/tensor#ShapeError} unless there are two dimensions.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.eye([2, 3]).toArray(); // => [[1, 0, 0], [0, 1, 0]]
 * ```
 *
 * @public
 */
export function eye(target: InitTarget, options: Pick<InitOptions, "dtype"> = {}): Tensor {
  checkOptions("init.eye", options, { dtype: true });
  return fill(target, options, (shape) => {
    const [rows, columns] = shape;
    if (shape.length !== 2) {
      throw new ShapeError(`init.eye: needs two dimensions, got shape ${printShape(shape)}`);
    }
    const values = new Float64Array(rows! * columns!);
    for (let i = 0; i < Math.min(rows!, columns!); i++) values[i * columns! + i] = 1;
    return values;
  });
}
