import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * All positions of a dimension, which disappears: the steps of a sequence, for example; views.
 *
 * @remarks
 * One graph node for all of them: cheaper than as many {@link select}s. Gradient: the parts stacked again, zeros for a
 * part that was not used.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { unbind, variable } from "@rnn/nn";
 *
 * unbind(variable([[1, 2], [3, 4]])).map((row) => row.value.toArray()); // => [[1, 2], [3, 4]]
 * ```
 *
 * @public
 */
export function unbind(x: Variable | Tensor, dim = 0): Variable[] {
  const value = checkTensor("unbind", "input", x);
  return recordAll("unbind", [x], ops.unbind(value, dim), (dys) => {
    const known = dys.find((dy) => dy !== null) as Tensor;
    return [
      ops.stack(
        dys.map((dy) => dy ?? ops.zerosLike(known)),
        dim,
      ),
    ];
  });
}
