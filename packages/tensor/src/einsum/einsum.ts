import { formatShape, ShapeError } from "../errors.ts";
import { diagonal } from "../ops/diagonal.ts";
import { checkTensor } from "../ops/elementwise.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { arrange, contract, type Labelled, sumOut } from "./contract.ts";
import { parseEquation } from "./equation.ts";

/**
 * Products of tensors and sums over their dimensions, said by naming the dimensions: Einstein's summation convention.
 *
 * @remarks
 * In `"bij,bjk->bik"` every letter is a dimension. Dimensions of one letter are multiplied element by element (a size of
 * 1 stretches), and those that the output does not name are summed. A letter twice in one operand takes the diagonal.
 * `...` stands for any dimensions before, between or behind the letters; they broadcast. Without `->` the output has
 * the dimensions of `...` and then the letters that are found once, in alphabetical order. Operands are joined from left
 * to right, by matrix products where there is something to sum; order them so that intermediate results stay small.
 * The result may be a view of an operand.
 * Source: the rules of `torch.einsum`.
 *
 * @throws RangeError if the equation is malformed or for another number of operands; {@link ShapeError} if it does not fit
 * the shapes; TypeError if the dtypes differ or are bool.
 *
 * @example
 * ```ts
 * import { einsum, tensor } from "@rnn/tensor";
 *
 * const a = tensor([[1, 2], [3, 4]]);
 * const b = tensor([[5, 6], [7, 8]]);
 * einsum("ij,jk->ik", a, b).toArray(); // => [[19, 22], [43, 50]]
 * einsum("ij->ji", a).toArray(); // => [[1, 3], [2, 4]]
 * einsum("ii", a).item(); // => 5
 * einsum("i,j->ij", tensor([1, 2]), tensor([3, 4])).toArray(); // => [[3, 4], [6, 8]]
 * einsum("...d,d->...", a, tensor([1, -1])).toArray(); // => [-1, -1]
 * ```
 *
 * @public
 */
export function einsum(equation: string, ...operands: Tensor[]): Tensor {
  for (const x of operands) checkTensor("einsum", x);
  const { inputs, output } = parseEquation(equation, operands);
  checkDTypes(operands);
  const parts = operands.map((x, i) => withoutRepeats(x, inputs[i]!, i));
  checkSizes(parts, output);

  let [result, ...rest] = parts as [Labelled, ...Labelled[]];
  rest.forEach((next, i) => {
    const later = rest.slice(i + 1).flatMap(({ labels }) => labels);
    const keep = new Set([...output, ...later]);
    // what only one of the two has is summed before it can make the product larger
    const left = sumOut(result, new Set([...keep, ...next.labels]));
    const right = sumOut(next, new Set([...keep, ...result.labels]));
    result = contract(left, right, keep);
  });
  return arrange(sumOut(result, new Set(output)), output);
}

/** A view in which every letter is one dimension: the diagonal of those that it named. */
function withoutRepeats(x: Tensor, labels: readonly string[], operand: number): Labelled {
  const first = labels.findIndex((label, d) => labels.lastIndexOf(label) !== d);
  if (first < 0) return { x, labels };
  const label = labels[first]!;
  const second = labels.indexOf(label, first + 1);
  if (x.shape[first] !== x.shape[second]) {
    throw new ShapeError(
      `einsum: "${label}" is ${x.shape[first]} (dim ${first}) and ${x.shape[second]} (dim ${second}) of operand ${operand}, ` +
        `which has shape ${formatShape(x.shape)}`,
    );
  }
  // the diagonal goes to the end, and may be there once more
  const others = labels.filter((_, d) => d !== first && d !== second);
  return withoutRepeats(diagonal(x, 0, first, second), [...others, label], operand);
}

function checkDTypes(operands: readonly Tensor[]): void {
  const dtype = operands[0]?.dtype;
  for (const x of operands) {
    if (x.dtype === "bool") {
      throw new TypeError(`einsum: bool tensors are not numbers; convert with .to("int32") first`);
    }
    if (x.dtype !== dtype) {
      throw new TypeError(
        `einsum: dtypes ${dtype} and ${x.dtype} differ; convert with .to("${dtype}") first`,
      );
    }
  }
}

/** A letter has one size everywhere, or 1, and the output is not too large. */
function checkSizes(parts: readonly Labelled[], output: readonly string[]): void {
  const sizes = new Map<string, { size: number; operand: number }>();
  parts.forEach(({ x, labels }, operand) => {
    labels.forEach((label, d) => {
      const size = x.shape[d]!;
      const known = sizes.get(label);
      if (known && known.size !== size && known.size !== 1 && size !== 1) {
        const name = label.length > 1 ? `dim -${label.slice(1)} of "..."` : `"${label}"`;
        throw new ShapeError(
          `einsum: ${name} is ${known.size} in operand ${known.operand} and ${size} in operand ${operand}`,
        );
      }
      if (!known || known.size === 1) sizes.set(label, { size, operand });
    });
  });
  sizeOf(
    "einsum",
    output.map((label) => sizes.get(label)!.size),
  );
}
