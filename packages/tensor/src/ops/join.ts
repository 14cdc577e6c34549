import { allocate, type DType, promote } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { normalizeDim, productOf, sameShape, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { unsqueeze } from "./squeeze.ts";

/**
 * Tensors joined one after another along an existing dimension, as a copy; also called `concat`.
 *
 * @remarks
 * Shapes: all sizes but that of `dim` must agree. As in PyTorch, vectors of no elements are ignored whatever the other
 * shapes. The dtype is the widest of all.
 *
 * @throws {@link ShapeError} if the shapes do not fit or there is no tensor; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { cat, tensor } from "@rnn/tensor";
 *
 * cat([tensor([[1, 2]]), tensor([[3, 4], [5, 6]])]).toArray(); // => [[1, 2], [3, 4], [5, 6]]
 * cat([tensor([[1], [2]]), tensor([[3], [4]])], 1).toArray(); // => [[1, 3], [2, 4]]
 * ```
 *
 * @public
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  checkList("cat", tensors);
  const parts = tensors.filter((x) => x.ndim !== 1 || x.size > 0);
  const first = parts[0] ?? tensors[0]!;
  if (first.ndim === 0) throw new ShapeError("cat: 0-d tensors have no dimension to join along; use stack");
  const d = normalizeDim("cat", dim, first.ndim);
  checkJoinable(tensors, parts, first, d);

  const dtype = tensors.reduce<DType>((widest, x) => promote(widest, x.dtype), first.dtype);
  const total = parts.reduce((sum, x) => sum + x.shape[d]!, 0);
  const shape = first.shape.slice();
  shape[d] = total;
  const outer = productOf(shape.slice(0, d));
  const inner = productOf(shape.slice(d + 1));
  const out = new Tensor(allocate(dtype, sizeOf("cat", shape)), shape);
  let start = 0;
  for (const part of parts) {
    const { data, offset, size } = part.to(dtype).contiguous();
    const run = size / outer;
    for (let o = 0; o < outer; o++) {
      const from = offset + o * run;
      const to = start + o * total * inner;
      for (let i = 0; i < run; i++) out.data[to + i] = data[from + i]!;
    }
    start += run;
  }
  return out;
}

/**
 * Tensors of one shape joined along a new dimension, as a copy.
 *
 * @remarks
 * Shapes: k tensors `[a, b]` give `[k, a, b]` for `dim` 0 and `[a, b, k]` for -1. The dtype is the widest of all.
 *
 * @throws {@link ShapeError} if the shapes differ or there is no tensor; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { stack, tensor } from "@rnn/tensor";
 *
 * stack([tensor([1, 2]), tensor([3, 4])]).toArray(); // => [[1, 2], [3, 4]]
 * stack([tensor([1, 2]), tensor([3, 4])], 1).toArray(); // => [[1, 3], [2, 4]]
 * ```
 *
 * @public
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  checkList("stack", tensors);
  const first = tensors[0]!;
  tensors.forEach((x, i) => {
    if (!sameShape(x.shape, first.shape)) {
      throw new ShapeError(
        `stack: tensor 0 has shape ${formatShape(first.shape)}, but tensor ${i} has shape ${formatShape(x.shape)}`,
      );
    }
  });
  const d = normalizeDim("stack", dim, first.ndim + 1, "result");
  return cat(
    tensors.map((x) => unsqueeze(x, d)),
    d,
  );
}

function checkList(where: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors)) throw new TypeError(`${where}: expected an array of tensors`);
  if (tensors.length === 0) throw new ShapeError(`${where}: the list of tensors is empty`);
  for (const x of tensors) checkTensor(where, x);
}

function checkJoinable(
  tensors: readonly Tensor[],
  parts: readonly Tensor[],
  first: Tensor,
  dim: number,
): void {
  for (const x of parts) {
    const other = x.shape.findIndex((size, d) => d !== dim && size !== first.shape[d]);
    if (x.ndim === first.ndim && other < 0) continue;
    const difference =
      x.ndim === first.ndim
        ? `${first.shape[other]} != ${x.shape[other]} (dim ${other})`
        : `${first.ndim} dimensions != ${x.ndim}`;
    throw new ShapeError(
      `cat: tensor ${tensors.indexOf(first)} has shape ${formatShape(first.shape)}, but tensor ${tensors.indexOf(x)} ` +
        `has shape ${formatShape(x.shape)}: ${difference}; all but dim ${dim} must agree`,
    );
  }
}
