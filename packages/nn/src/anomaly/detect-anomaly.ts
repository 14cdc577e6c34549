import { watching } from "../autograd/watch.ts";
import { describe } from "../describe.ts";
import { interceptForward } from "../forward-calls.ts";
import { checkModule, classOf, type Module } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { AnomalyWatch, type Finding } from "./anomaly-watch.ts";

/**
 * Options of {@link detectAnomaly}.
 *
 * @public
 */
export interface AnomalyOptions {
  /** The model that runs: its layers are named in the message. */
  model?: Module | undefined;
}

const optionNames: OptionNames<AnomalyOptions> = { model: true };

/**
 * The first NaN or infinity that {@link detectAnomaly} found.
 *
 * @remarks
 * Its `cause`, for a gradient, is an error whose stack shows where the operation was called.
 *
 * @public
 */
export class AnomalyError extends Error {
  /** `"AnomalyError"`. */
  override readonly name: string = "AnomalyError";
  /** Name of the operation; `null` for a sum of gradients. */
  readonly operation: string | null;
  /** Whether it is a computed value or a gradient. */
  readonly pass: "forward" | "backward";
  /** Dotted name of the layer in the model, empty for the model itself; `null` if it is not known. */
  readonly layer: string | null;
  /** Name of the parameter that is not finite, or whose gradient is not; `null` if it is none. */
  readonly parameter: string | null;
  /** The step of the sequence, counted from 0 in the input; `null` outside of recurrent layers and {@link scan}. */
  readonly step: number | null;
  /** Where in the value or gradient it is. */
  readonly position: readonly number[];

  /** @internal */
  constructor({ message, operation, pass, layer, parameter, step, position, origin }: Finding) {
    super(`detectAnomaly: ${message}`, origin === null ? undefined : { cause: origin });
    this.operation = operation;
    this.pass = pass;
    this.layer = layer;
    this.parameter = parameter;
    this.step = step;
    this.position = position;
  }
}

/**
 * Runs `fn`, and stops at the first NaN or infinity in a computed value or in a gradient, naming the operation.
 *
 * @remarks
 * Every value and every gradient is looked at, which takes time: use it to find out, then leave it out again; elsewhere
 * nothing is looked at. Call `backward()` inside `fn` to have gradients checked. An infinity that comes in as a constant, as a
 * mask of `-Infinity` does, is let through; what turns NaN because of it is not. Named after
 * `torch.autograd.detect_anomaly`, which looks for NaN in gradients only.
 *
 * @returns what `fn` returns.
 * @throws {@link AnomalyError} that names operation, position, and layer, parameter and step where they are known.
 * @throws TypeError if `fn` is not a function, or returns a promise: nothing would be looked at after its first pause.
 *
 * @example
 * ```ts
 * import { detectAnomaly, variable } from "@rnn/nn";
 *
 * const x = variable([4, 0], { requiresGrad: true });
 * let message = "";
 * try {
 *   detectAnomaly(() => x.sqrt().sum().backward());
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message.startsWith('detectAnomaly: the backward of "sqrt" gave Infinity at position [1] of [2]'); // => true
 * ```
 *
 * @public
 */
export function detectAnomaly<T>(fn: () => T, options: AnomalyOptions = {}): T {
  if (typeof fn !== "function") {
    throw new TypeError(`detectAnomaly: expected a function, got ${describe(fn)}`);
  }
  checkOptions("detectAnomaly", options, optionNames);
  if (options.model !== undefined) checkModule("detectAnomaly", "model", options.model);
  const watch = new AnomalyWatch((finding) => new AnomalyError(finding));
  const modules = options.model === undefined ? [] : options.model.namedModules();
  const restore = modules.map(([name, module]) =>
    interceptForward(module, (call) => {
      watch.running.push([name, classOf(module)]);
      try {
        return call();
      } finally {
        watch.running.pop();
      }
    }),
  );
  let result: T;
  try {
    result = watching(watch, fn);
  } finally {
    for (const undo of restore) undo();
  }
  if (typeof (result as { then?: unknown } | null | undefined)?.then === "function") {
    throw new TypeError(
      "detectAnomaly: the function returned a promise, and nothing is looked at after its first pause; await first and wrap only the synchronous computation",
    );
  }
  return result;
}
