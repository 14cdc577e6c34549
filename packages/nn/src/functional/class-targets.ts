import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkFloat } from "../dtype.ts";
import { positionOf, printPosition, printShape, sameShape } from "../shape.ts";

/**
 * Scores of classes, laid out for a loop: the scores of row `r` start at `start(r)` and lie `stride` apart.
 */
export interface ClassScores {
  /** The scores, contiguous: `[C]`, `[N, C]` or `[N, C, …]`. */
  readonly scores: Tensor;
  readonly classes: number;
  /** How many scores are judged: the size of the target of class indices. */
  readonly rows: number;
  /** The shape of the rows: that of the scores without the class dimension. */
  readonly rowShape: readonly number[];
  readonly stride: number;
  start(row: number): number;
}

/** Finds the class dimension: the only one, or the second. */
export function classScores(where: string, input: Tensor): ClassScores {
  checkFloat(where, "input", input.dtype);
  const scores = input.contiguous();
  const { shape } = scores;
  if (shape.length === 0)
    throw new ShapeError(`${where}: input has shape [], expected [C], [N,C] or [N,C,...]`);
  const classDim = shape.length === 1 ? 0 : 1;
  const classes = shape[classDim]!;
  const rowShape = shape.filter((_, dim) => dim !== classDim);
  const stride = shape.slice(classDim + 1).reduce((product, n) => product * n, 1);
  const rows = rowShape.reduce((product, n) => product * n, 1);
  return {
    scores,
    classes,
    rows,
    rowShape,
    stride,
    start: (row) => Math.floor(row / stride) * stride * classes + (row % stride),
  };
}

/** Class indices in row-major order, checked against the scores; `ignoreIndex` passes whatever it is. */
export function classIndices(
  where: string,
  target: Tensor,
  { classes, rowShape, scores }: ClassScores,
  ignoreIndex: number,
): ArrayLike<number> {
  if (!sameShape(target.shape, rowShape)) {
    throw new ShapeError(
      `${where}: target has shape ${printShape(target.shape)}, expected ${printShape(rowShape)} for input of shape ${printShape(scores.shape)}`,
    );
  }
  const { data, offset, size } = target.contiguous();
  const indices = data.subarray(offset, offset + size);
  for (let i = 0; i < size; i++) {
    const index = indices[i]!;
    if (index === ignoreIndex || (index >= 0 && index < classes)) continue;
    throw new RangeError(
      `${where}: target ${index}${printPosition(positionOf(i, rowShape))} is outside 0..${classes - 1} ` +
        `(${classes} classes) and is not ignoreIndex (${ignoreIndex})`,
    );
  }
  return indices;
}

/** One factor per class, all 1 without a weight. */
export function classWeights(where: string, weight: Tensor | undefined, classes: number): ArrayLike<number> {
  if (weight === undefined) return new Float64Array(classes).fill(1);
  if (weight.ndim !== 1 || weight.size !== classes) {
    throw new ShapeError(
      `${where}: weight has shape ${printShape(weight.shape)}, expected [${classes}], one per class`,
    );
  }
  const { data, offset, size } = weight.contiguous();
  return data.subarray(offset, offset + size);
}
