import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkBoolean, checkNumber, checkOptions, checkTensor, type OptionNames } from "../check.ts";

/**
 * What the metrics of classification have in common.
 *
 * @public
 */
export interface ClassMetricOptions {
  /** Targets of this class do not count, such as padding. Default -100, as in the cross-entropy loss. */
  ignoreIndex?: number | undefined;
}

/**
 * How outputs and targets of metrics that count predictions are read.
 *
 * @public
 */
export interface PredictionOptions extends ClassMetricOptions {
  /** Where one output stands for two classes, class 1 is predicted above this. Default 0, for logits; pass 0.5 for probabilities. */
  threshold?: number | undefined;
  /** Every element is a decision of its own, 0 or 1; targets have the output's shape. Default `false`. */
  multilabel?: boolean | undefined;
}

/** The names of {@link ClassMetricOptions}. */
export const CLASS_METRIC: OptionNames<ClassMetricOptions> = { ignoreIndex: true };

/** The names of {@link PredictionOptions}. */
export const PREDICTION: OptionNames<PredictionOptions> = {
  ...CLASS_METRIC,
  threshold: true,
  multilabel: true,
};

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

/** Checked {@link PredictionOptions}. */
export interface Reading {
  readonly ignored: number;
  readonly threshold: number;
  readonly multilabel: boolean;
}

/** The checked options of a metric that counts predictions. */
export function readingOf<Options extends PredictionOptions>(
  where: string,
  options: Options,
  names: OptionNames<Options>,
): Reading {
  const ignored = ignoredOf(where, options, names);
  const { threshold = 0, multilabel = false } = options;
  checkNumber(where, "threshold", threshold);
  checkBoolean(where, "multilabel", multilabel);
  return { ignored, threshold, multilabel };
}

/** The logits of one target: element `first + c * stride` of the data is that of class c. */
export interface Logits {
  readonly data: Tensor["data"];
  readonly first: number;
  readonly stride: number;
  readonly classes: number;
}

/** No class: the prediction of logits with a NaN among them. */
export const NO_CLASS = -1;

/**
 * Calls `visit` with target class and predicted class of every element that counts; {@link NO_CLASS} if there is a NaN in
 * the output. Throws if output and targets do not fit, or a target is no class.
 */
export function eachPrediction(
  where: string,
  output: Tensor,
  targets: Tensor,
  { ignored, threshold, multilabel }: Reading,
  visit: (target: number, predicted: number, classes: number) => void,
): void {
  checkTensor(where, "output", output);
  checkTensor(where, "targets", targets);
  const isSame = sameShape(output, targets);
  if (multilabel && !isSame) throw misfit(where, output, targets, "the same shape, with multilabel");
  const columns = output.shape[1] ?? 1;
  if (columns === 1 || multilabel) {
    eachDecision(where, output, targets, ignored, (target, value) => {
      visit(target, Number.isNaN(value) ? NO_CLASS : Number(value > threshold), 2);
    });
  } else if (isSame) eachDistribution(where, output, targets, visit);
  else {
    eachTarget(where, output, targets, ignored, (target, logits) => {
      visit(target, largestOf(logits), logits.classes);
    });
  }
}

/**
 * Calls `visit` with target and output of every element that counts, where there is one number for each target; throws if
 * they do not fit, or a target is neither 0 nor 1.
 */
export function eachDecision(
  where: string,
  output: Tensor,
  targets: Tensor,
  ignored: number,
  visit: (target: number, value: number) => void,
): void {
  if (!sameShape(output, targets)) classesOf(where, output, targets);
  const { data, offset } = output.contiguous();
  const wanted = targets.contiguous();
  for (let i = 0; i < targets.size; i++) {
    const target = wanted.data[wanted.offset + i]!;
    if (target === ignored) continue;
    if (target !== 0 && target !== 1) {
      throw new RangeError(
        `${where}: target ${i} is ${target}; with one output for two classes it must be 0 or 1`,
      );
    }
    visit(target, data[offset + i]!);
  }
}

/** Targets of the output's shape: probabilities of the classes, as in the cross-entropy loss. */
function eachDistribution(
  where: string,
  output: Tensor,
  targets: Tensor,
  visit: (target: number, predicted: number, classes: number) => void,
): void {
  const [logits, wanted] = [output.contiguous(), targets.contiguous()];
  const stride = innerSize(output);
  const classes = output.shape[1]!;
  for (let i = 0; i < output.size / classes; i++) {
    const first = firstOf(i, stride, classes);
    const probabilities = { data: wanted.data, first: wanted.offset + first, stride, classes };
    checkDistribution(where, probabilities, i);
    const target = largestOf(probabilities);
    visit(target, largestOf({ data: logits.data, first: logits.offset + first, stride, classes }), classes);
  }
}

function checkDistribution(where: string, { data, first, stride, classes }: Logits, position: number): void {
  let sum = 0;
  let isShare = true;
  for (let c = 0; c < classes; c++) {
    const share = data[first + c * stride]!;
    isShare &&= share >= 0;
    sum += share;
  }
  if (isShare && Math.abs(sum - 1) <= 1e-3) return;
  throw new RangeError(
    `${where}: targets of the output's shape must be probabilities of the classes, but those of sample ${position} ` +
      `${isShare ? `add up to ${sum}` : "are not all >= 0"}; for a yes or no in every element pass multilabel: true`,
  );
}

/**
 * Calls `visit` with the target and the logits of every element that counts: output `[N, C, ...]` for class numbers
 * `[N, ...]`; throws if they do not fit, or a target is no class.
 */
export function eachTarget(
  where: string,
  output: Tensor,
  targets: Tensor,
  ignored: number,
  visit: (target: number, logits: Logits) => void,
): void {
  checkTensor(where, "output", output);
  checkTensor(where, "targets", targets);
  if (sameShape(output, targets)) throw misfit(where, output, targets, FOR_NUMBERS);
  const classes = classesOf(where, output, targets);
  const { data, offset } = output.contiguous();
  const wanted = targets.contiguous();
  const stride = innerSize(output);
  for (let i = 0; i < targets.size; i++) {
    const target = wanted.data[wanted.offset + i]!;
    if (target === ignored) continue;
    if (!(Number.isInteger(target) && target >= 0 && target < classes)) {
      throw new RangeError(`${where}: target ${i} is ${target}, which is no class 0..${classes - 1}`);
    }
    visit(target, { data, first: offset + firstOf(i, stride, classes), stride, classes });
  }
}

/** Where the logits of target i of `[N, inner]` begin: at `[n, 0, inner position]`. */
function firstOf(i: number, stride: number, classes: number): number {
  return Math.floor(i / stride) * classes * stride + (i % stride);
}

/** The class with the largest logit, the first one of equals; none if one of them is NaN. */
function largestOf({ data, first, stride, classes }: Logits): number {
  let best = 0;
  for (let c = 0; c < classes; c++) {
    const logit = data[first + c * stride]!;
    if (Number.isNaN(logit)) return NO_CLASS;
    if (logit > data[first + best * stride]!) best = c;
  }
  return best;
}

const FOR_NUMBERS = "[N, classes, ...] for [N, ...]";

/** Number of classes in an output for targets that are class numbers. */
function classesOf(where: string, output: Tensor, targets: Tensor): number {
  const classes = output.shape[1];
  const rest = output.shape.filter((_, dim) => dim !== 1);
  if (classes === undefined || String(rest) !== String(targets.shape)) {
    throw misfit(where, output, targets, `the same shape (one logit each) or ${FOR_NUMBERS}`);
  }
  return classes;
}

function misfit(where: string, output: Tensor, targets: Tensor, expected: string): ShapeError {
  const { shape } = output;
  const isClassesLast = shape.length > 2 && String(shape.slice(0, -1)) === String(targets.shape);
  const advice = isClassesLast
    ? `; if the last dimension is the classes, pass output.reshape([-1, ${shape.at(-1)}]) and targets.flatten()`
    : "";
  return new ShapeError(
    `${where}: output of shape [${shape.join(",")}] does not fit targets of shape ` +
      `[${targets.shape.join(",")}]; expected ${expected}${advice}`,
  );
}

function sameShape(a: Tensor, b: Tensor): boolean {
  return String(a.shape) === String(b.shape);
}

/** Elements after the class dimension. */
function innerSize({ shape }: Tensor): number {
  return shape.slice(2).reduce((size, n) => size * n, 1);
}
