import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkNumber, checkOptions, type OptionNames } from "../check.ts";

/**
 * What the metrics of classification have in common.
 *
 * @public
 */
export interface ClassMetricOptions {
  /** Class whose targets do not count, such as padding. Default -100, as in the cross-entropy loss. */
  ignoreIndex?: number | undefined;
}

/** The names of {@link ClassMetricOptions}. */
export const CLASS_METRIC: OptionNames<ClassMetricOptions> = { ignoreIndex: true };

/** The checked `ignoreIndex`. */
export function ignoredOf<Options extends ClassMetricOptions>(
  where: string,
  options: Options,
  names: OptionNames<Options>,
): number {
  checkOptions(where, options, names);
  const { ignoreIndex = -100 } = options;
  checkNumber(where, "ignoreIndex", ignoreIndex);
  return ignoreIndex;
}

/** The logits of one target: element `first + c * stride` of the data is that of class c. */
export interface Logits {
  readonly data: Tensor["data"];
  readonly first: number;
  readonly stride: number;
  readonly classes: number;
}

/**
 * Calls `visit` with the target and the logits of every element that counts; throws if output and targets do not fit, or a
 * target is no class.
 */
export function eachTarget(
  where: string,
  output: Tensor,
  targets: Tensor,
  ignored: number,
  visit: (target: number, logits: Logits) => void,
): void {
  const { data, offset } = output.contiguous();
  const wanted = targets.contiguous();
  const classes = classesOf(where, output, targets);
  const stride = classes === 1 ? 1 : innerSize(output);
  for (let i = 0; i < targets.size; i++) {
    const target = wanted.data[wanted.offset + i]!;
    if (target === ignored) continue;
    // element i of [N, inner] has its logits at [n, :, inner position]
    const first = offset + (classes === 1 ? i : Math.floor(i / stride) * classes * stride + (i % stride));
    if (classes > 1 && !(Number.isInteger(target) && target >= 0 && target < classes)) {
      throw new RangeError(`${where}: target ${i} is ${target}, which is no class 0..${classes - 1}`);
    }
    visit(classes === 1 ? Number(target > 0.5) : target, { data, first, stride, classes });
  }
}

/** The class with the largest logit, the first one of equals; of one logit, 1 if it is positive. */
export function predictionOf({ data, first, stride, classes }: Logits): number {
  if (classes === 1) return Number(data[first]! > 0);
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (data[first + c * stride]! > data[first + best * stride]!) best = c;
  }
  return best;
}

/** Number of classes, 1 for two classes told apart by one logit. */
function classesOf(where: string, output: Tensor, targets: Tensor): number {
  if (String(output.shape) === String(targets.shape)) return 1;
  const classes = output.shape[1];
  const rest = output.shape.filter((_, dim) => dim !== 1);
  if (classes === undefined || String(rest) !== String(targets.shape)) {
    throw new ShapeError(
      `${where}: output of shape [${output.shape.join(",")}] does not fit targets of shape ` +
        `[${targets.shape.join(",")}]; expected the same shape (one logit each) or [N, classes, ...] for [N, ...]`,
    );
  }
  return classes;
}

/** Elements after the class dimension. */
function innerSize({ shape }: Tensor): number {
  return shape.slice(2).reduce((size, n) => size * n, 1);
}
