import { mul } from "../ops/arithmetic.ts";
import { expand } from "../ops/expand.ts";
import { matmul } from "../ops/matmul.ts";
import { permute } from "../ops/permute.ts";
import { reshape } from "../ops/reshape.ts";
import { sum } from "../ops/sum.ts";
import { productOf, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** A tensor whose dimensions have names, each a different one. */
export interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/** Sums over every dimension whose label is not kept. */
export function sumOut({ x, labels }: Labelled, keep: ReadonlySet<string>): Labelled {
  const gone = labels.flatMap((label, d) => (keep.has(label) ? [] : [d]));
  if (gone.length === 0) return { x, labels };
  return { x: sum(x, { dim: gone }), labels: labels.filter((label) => keep.has(label)) };
}

/** A view with the dimensions in the order of the labels. */
export function arrange({ x, labels }: Labelled, order: readonly string[]): Tensor {
  return permute(
    x,
    order.map((label) => labels.indexOf(label)),
  );
}

/**
 * The product of two tensors, summed over the labels that both have and nobody keeps.
 *
 * Labels that one of them has alone must be kept. With something to sum it is a matrix product: shared labels that are
 * kept are its batch, those of one operand its rows and columns.
 */
export function contract(a: Labelled, b: Labelled, keep: ReadonlySet<string>): Labelled {
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => keep.has(label));
  const inner = shared.filter((label) => !keep.has(label));
  const rows = a.labels.filter((label) => !b.labels.includes(label));
  const columns = b.labels.filter((label) => !a.labels.includes(label));
  const sizes = (list: readonly string[]): number[] => list.map((label) => sizeOfLabel(label, a, b));
  const labels = [...batch, ...rows, ...columns];
  sizeOf("einsum", sizes(labels));

  if (inner.length === 0) {
    // rows stand beside as many dimensions of size 1 as there are columns
    const left = reshape(arrange(a, [...batch, ...rows]), [
      ...ownSizes(a, batch),
      ...sizes(rows),
      ...columns.map(() => 1),
    ]);
    const right = reshape(arrange(b, [...batch, ...columns]), [
      ...ownSizes(b, batch),
      ...rows.map(() => 1),
      ...sizes(columns),
    ]);
    return { x: mul(left, right), labels };
  }
  const k = productOf(sizes(inner));
  const left = grouped(a, batch, [rows, inner], sizes);
  const right = grouped(b, batch, [inner, columns], sizes);
  const [m, n] = [productOf(sizes(rows)), productOf(sizes(columns))];
  const product = matmul(
    reshape(left, [...ownSizes(a, batch), m, k]),
    reshape(right, [...ownSizes(b, batch), k, n]),
  );
  return { x: reshape(product, sizes(labels)), labels };
}

/** The batch as it is, for matmul to stretch, then the dimensions of two groups, stretched to the size they have in common. */
function grouped(
  a: Labelled,
  batch: readonly string[],
  groups: readonly (readonly string[])[],
  sizes: (labels: readonly string[]) => number[],
): Tensor {
  const arranged = arrange(a, [...batch, ...groups.flat()]);
  return expand(arranged, [...ownSizes(a, batch), ...sizes(groups.flat())]);
}

function ownSizes({ x, labels }: Labelled, list: readonly string[]): number[] {
  return list.map((label) => x.shape[labels.indexOf(label)]!);
}

/** A size of 1 gives way to the other. */
function sizeOfLabel(label: string, a: Labelled, b: Labelled): number {
  const inA = a.labels.includes(label) ? ownSizes(a, [label])[0]! : 1;
  return inA === 1 && b.labels.includes(label) ? ownSizes(b, [label])[0]! : inA;
}
