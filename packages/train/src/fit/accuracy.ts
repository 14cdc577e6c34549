import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkNumber, checkOptions, type OptionNames } from "../check.ts";
import type { Metric } from "./metrics.ts";

/**
 * Options of {@link accuracy}.
 *
 * @public
 */
export interface AccuracyOptions {
  /** Class whose targets do not count, such as padding. Default -100, as in the cross-entropy loss. */
  ignoreIndex?: number | undefined;
}

const OPTIONS: OptionNames<AccuracyOptions> = { ignoreIndex: true };

/**
 * The share of predictions that are right.
 *
 * @remarks
 * With targets of the output's shape: two classes, right where a positive logit meets target 1 and any other target 0.
 * Otherwise the output
 * is `[N, C, ...]` for targets `[N, ...]` of class numbers, as in the cross-entropy loss, and the prediction is the
 * class with the largest logit, the first one of equals.
 *
 * @throws ShapeError if output and targets fit neither way.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { accuracy } from "@rnn/train";
 *
 * const metric = accuracy();
 * metric.update(tensor([[2, 1], [0, 3], [4, 0]]), tensor([0, 1, 1], { dtype: "int32" }));
 * metric.value; // => 0.667
 * ```
 *
 * @public
 */
export function accuracy(options: AccuracyOptions = {}): Metric {
  checkOptions("accuracy", options, OPTIONS);
  const { ignoreIndex = -100 } = options;
  checkNumber("accuracy", "ignoreIndex", ignoreIndex);
  let right = 0;
  let count = 0;
  return {
    update(output, targets) {
      const logits = output.contiguous();
      const wanted = targets.contiguous();
      const classes = classesOf(output, targets);
      const inner = innerSize(output);
      for (let i = 0; i < targets.size; i++) {
        const target = wanted.data[wanted.offset + i]!;
        if (classes === 1) {
          right += Number(logits.data[logits.offset + i]! > 0 === target > 0.5);
        } else if (target === ignoreIndex) {
          continue;
        } else {
          // element i of [N, inner] has its logits at [n, :, inner position]
          const first = logits.offset + Math.floor(i / inner) * classes * inner + (i % inner);
          right += Number(argmax(logits, first, inner, classes) === target);
        }
        count++;
      }
    },
    get value() {
      return right / count;
    },
  };
}

/** Number of classes, 1 for two classes told apart by one logit. */
function classesOf(output: Tensor, targets: Tensor): number {
  if (String(output.shape) === String(targets.shape)) return 1;
  const classes = output.shape[1];
  const rest = output.shape.filter((_, dim) => dim !== 1);
  if (classes === undefined || String(rest) !== String(targets.shape)) {
    throw new ShapeError(
      `accuracy: output of shape [${output.shape.join(",")}] does not fit targets of shape ` +
        `[${targets.shape.join(",")}]; expected the same shape (one logit each) or [N, classes, ...] for [N, ...]`,
    );
  }
  return classes;
}

/** Elements after the class dimension. */
function innerSize({ shape }: Tensor): number {
  return shape.slice(2).reduce((size, n) => size * n, 1);
}

function argmax({ data }: Tensor, first: number, stride: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (data[first + c * stride]! > data[first + best * stride]!) best = c;
  }
  return best;
}
