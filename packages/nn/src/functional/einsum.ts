import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor, needsGrad } from "./operand.ts";

/**
 * Products of tensors and sums over their dimensions, said by naming the dimensions: Einstein's summation convention.
 *
 * @remarks
 * In `"bij,bjk->bik"` every letter is a dimension: those of one letter are multiplied element by element, and those that the
 * output does not name are summed. A letter twice in one operand takes the diagonal; `...` stands for any dimensions, which
 * broadcast. Gradient of an operand: the same with `dy` in its place; saves the operands. Equals `torch.einsum`.
 *
 * @throws RangeError if the equation is malformed or for another number of operands; TypeError if the dtypes differ.
 * @throws {@link @rnn/tensor#ShapeError} if the equation does not fit the shapes.
 *
 * @example
 * ```ts
 * import { einsum, variable } from "@rnn/nn";
 *
 * const queries = variable([[1, 2], [3, 4]]);
 * const keys = variable([[5, 6], [7, 8]]);
 * einsum("qe,ke->qk", queries, keys).toArray(); // => [[17, 23], [39, 53]]
 * ```
 *
 * @public
 */
export function einsum(equation: string, ...operands: (Variable | Tensor)[]): Variable {
  const values = operands.map((x, i) => checkTensor("einsum", `operand ${i}`, x));
  const y = ops.einsum(equation, ...values);
  return record("einsum", operands, y, (dy) => {
    const { inputs, output } = withoutEllipses(equation, values);
    return operands.map((x, k) => (needsGrad(x) ? gradientOf(k, dy, output, inputs, values) : null));
  });
}

/** The letters of every operand and of the output, with letters of their own for what `...` stands for. */
function withoutEllipses(
  equation: string,
  values: readonly Tensor[],
): { inputs: readonly string[]; output: string } {
  const [left, right] = equation.replaceAll(" ", "").split("->") as [string, string?];
  const free = freeLetters(equation);
  const terms = left.split(",").map((term, i) => {
    const count = values[i]!.ndim - term.replace("...", "").length;
    // matched from the last one
    return { term, dims: free.slice(0, count).reverse().join("") };
  });
  const inputs = terms.map(({ term, dims }) => term.replace("...", dims));
  const longest = terms.reduce((longest, { dims }) => (dims.length > longest.length ? dims : longest), "");
  if (right !== undefined) return { inputs, output: right.replace("...", longest) };
  const letters = left.replaceAll(/[.,]/g, "");
  const once = [...letters].filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return { inputs, output: longest + once.sort().join("") };
}

/** The gradient of operand `k`: its letters from those of `dy` and of the other operands. */
function gradientOf(
  k: number,
  dy: Tensor,
  output: string,
  inputs: readonly string[],
  values: readonly Tensor[],
): Tensor {
  const { dtype, shape } = values[k]!;
  const terms = [output, ...inputs.filter((_, i) => i !== k)];
  const factors = [dy, ...values.filter((_, i) => i !== k)];
  const free = freeLetters([output, ...inputs].join(""));
  let own = "";
  for (const [d, letter] of [...inputs[k]!].entries()) {
    const size = shape[d]!;
    if (own.includes(letter)) {
      // of two dimensions of one letter the diagonal was read
      own += free[0]!;
      terms.push(letter + free.shift()!);
      factors.push(ops.eye(size, size, { dtype }));
      continue;
    }
    own += letter;
    if (factors.some((x, i) => x.shape[terms[i]!.indexOf(letter)] === size)) continue;
    // it was only summed, or others were stretched to it
    terms.push(letter);
    factors.push(ops.ones([size], { dtype }));
  }
  return ops.einsum(`${terms.join(",")}->${own}`, ...factors);
}

function freeLetters(used: string): string[] {
  return [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter(
    (letter) => !used.includes(letter),
  );
}
