import { type DType, Tensor, zeros } from "@rnn/tensor";
import { noGrad } from "./autograd/no-grad.ts";
import { Variable } from "./autograd/variable.ts";
import { describe } from "./describe.ts";
import { interceptForward } from "./forward-calls.ts";
import { GRU } from "./layers/gru.ts";
import { LSTM } from "./layers/lstm.ts";
import { RNN } from "./layers/rnn.ts";
import { checkModule, classOf, type Module } from "./module.ts";
import { checkOptions, type OptionNames } from "./options-check.ts";
import { printShape } from "./shape.ts";

/**
 * One row of a {@link Summary}.
 *
 * @public
 */
export interface LayerSummary {
  /** Dotted name in the model; empty for the model itself. */
  readonly name: string;
  /** Name of the class. */
  readonly type: string;
  /** Shape of the (first) output, -1 for a dimension that grows with the batch. */
  readonly outputShape: readonly number[];
  /** Number of elements of its parameters. */
  readonly parameters: number;
}

/**
 * What {@link summary} returns; as a string it is a table.
 *
 * @public
 */
export interface Summary {
  /** The layers in the order in which they run. */
  readonly layers: readonly LayerSummary[];
  /** Number of elements of all parameters of the model, each counted once. */
  readonly total: number;
  /** How many of them training changes. */
  readonly trainable: number;
  /** The layers as a table. */
  toString(): string;
}

/**
 * Options of {@link summary}.
 *
 * @public
 */
export interface SummaryOptions {
  /** Type of the input: `"int32"` for token ids. Default `"float32"`. */
  dtype?: DType | undefined;
  /**
   * Which dimension of the input is the batch: it is put there. Default: 1 for a sequence into an RNN, LSTM or GRU
   * without `batchFirst`, otherwise 0; a model that begins with such a layer needs a 1 here.
   */
  batchDim?: number | undefined;
}

const optionNames: OptionNames<SummaryOptions> = { dtype: true, batchDim: true };

/**
 * The layers of a model with output shapes and numbers of parameters.
 *
 * @remarks
 * Runs the model twice on zeros, in evaluation mode and without gradients, with a batch of 1 and of 2: dimensions that
 * differ are shown as -1.
 *
 * @param model - its `forward` takes one tensor
 * @param inputShape - shape of one input, without the batch dimension
 *
 * @throws TypeError if `model` is not a module, or `inputShape` not an array.
 *
 * @example
 * ```ts
 * import { Linear, Sequential, summary, tanh } from "@rnn/nn";
 *
 * const first = new Linear({ inFeatures: 4, outFeatures: 3 });
 * const model = new Sequential([first, tanh, new Linear({ inFeatures: 3, outFeatures: 1 })]);
 * const { layers, total } = summary(model, [4]);
 * layers.map((layer) => layer.parameters); // => [15, 4]
 * layers[0]?.outputShape; // => [-1, 3]
 * total; // => 19
 * ```
 *
 * @public
 */
export function summary(model: Module, inputShape: readonly number[], options: SummaryOptions = {}): Summary {
  checkModule("summary", "model", model);
  if (!Array.isArray(inputShape)) {
    throw new TypeError(
      `summary: inputShape must be an array, the shape of one input without the batch, got ${describe(inputShape)}`,
    );
  }
  checkOptions("summary", options, optionNames);
  const { dtype, batchDim = isTimeMajor(model) && inputShape.length === 2 ? 1 : 0 } = options;
  const run = (batch: number): TracedCall[] => {
    const shape = [...inputShape.slice(0, batchDim), batch, ...inputShape.slice(batchDim)];
    const input = zeros(shape, { dtype });
    try {
      return traceForward(model, input);
    } catch (cause) {
      if (dtype !== undefined || !(cause instanceof TypeError)) throw cause;
      const advice = 'summary ran the model on float32; for token ids pass { dtype: "int32" }';
      throw new TypeError(`${cause.message}; ${advice}`, { cause });
    }
  };
  const once = run(1);
  const twice = run(2);
  const layers = once.map(({ name, module, shape }, i) => ({
    name,
    type: classOf(module),
    outputShape: shape.map((size, dim) => (size === twice[i]?.shape[dim] ? size : -1)),
    parameters: countElements(module),
  }));
  const total = countElements(model);
  const trainable = countElements(model, true);
  return { layers, total, trainable, toString: () => table(layers, total, trainable) };
}

function isTimeMajor(model: Module): boolean {
  return (model instanceof RNN || model instanceof LSTM || model instanceof GRU) && !model.batchFirst;
}

/** One call of a layer's `forward`. */
interface TracedCall {
  readonly name: string;
  readonly module: Module;
  readonly shape: readonly number[];
}

/** Runs the model and notes the first call of each layer: a module with parameters of its own or without children. */
function traceForward(model: Module, input: Tensor): TracedCall[] {
  const calls: TracedCall[] = [];
  const restore: (() => void)[] = [];
  for (const [name, module] of model.namedModules()) {
    const { training } = module;
    restore.push(() => module.train(training));
    if (!isLayer(module)) continue;
    restore.push(
      interceptForward(module, (call) => {
        const output = call();
        if (!calls.some((known) => known.module === module)) {
          calls.push({ name, module, shape: shapeOf(output) });
        }
        return output;
      }),
    );
  }
  try {
    model.eval();
    noGrad(() => (model.forward as (x: Tensor) => unknown)(input));
  } finally {
    for (const undo of restore) undo();
  }
  return calls;
}

/** Whether a module is shown: it has no children, or parameters beside theirs. */
function isLayer(module: Module): boolean {
  const inChildren = new Set(module.children().flatMap((child) => child.parameters()));
  return (
    module.children().length === 0 || module.parameters().some((parameter) => !inChildren.has(parameter))
  );
}

/** The shape of an output, of its `output` field, or of its first part. */
function shapeOf(output: unknown): readonly number[] {
  if (output instanceof Variable || output instanceof Tensor) return output.shape;
  if (Array.isArray(output)) return shapeOf(output[0]);
  if (typeof output === "object" && output !== null && "output" in output) return shapeOf(output.output);
  return [];
}

function countElements(module: Module, onlyTrainable = false): number {
  let count = 0;
  for (const parameter of module.parameters()) {
    if (parameter.requiresGrad || !onlyTrainable) count += parameter.size;
  }
  return count;
}

function table(layers: readonly LayerSummary[], total: number, trainable: number): string {
  const rows = layers.map(({ name, type, outputShape, parameters }) => [
    name === "" ? type : `${name} (${type})`,
    printShape(outputShape),
    String(parameters),
  ]);
  const header = ["Layer (type)", "Output shape", "Parameters"];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = ([layer = "", shape = "", count = ""]: readonly string[]): string =>
    `${layer.padEnd(widths[0] ?? 0)}  ${shape.padEnd(widths[1] ?? 0)}  ${count.padStart(widths[2] ?? 0)}`;
  const rule = "-".repeat(line(header).length);
  const sum = `Total parameters: ${total}, trainable: ${trainable}`;
  return [line(header), rule, ...rows.map(line), rule, sum].join("\n");
}
