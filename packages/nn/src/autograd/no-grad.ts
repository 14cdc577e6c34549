import { describe } from "../describe.ts";

let enabled = true;

/**
 * Whether operations are being recorded: `false` only inside {@link noGrad}.
 *
 * @public
 */
export function isGradEnabled(): boolean {
  return enabled;
}

/**
 * Runs `fn` without recording operations, and returns what it returns.
 *
 * Nothing computed inside can be differentiated, and nothing is kept alive for it: use it for evaluation and
 * for updating parameters. Recording is switched back on even if `fn` throws.
 *
 * @throws TypeError if `fn` is not a function, or returns a promise: recording would be back on before its work is done.
 *
 * @example
 * ```ts
 * import { noGrad, variable } from "@rnn/nn";
 *
 * const x = variable([1, 2], { requiresGrad: true });
 * noGrad(() => x.mul(3)).requiresGrad; // => false
 * ```
 *
 * @public
 */
export function noGrad<T>(fn: () => T): T {
  if (typeof fn !== "function") throw new TypeError(`noGrad: expected a function, got ${describe(fn)}`);
  const before = enabled;
  enabled = false;
  let result: T;
  try {
    result = fn();
  } finally {
    enabled = before;
  }
  if (typeof (result as { then?: unknown } | null | undefined)?.then === "function") {
    throw new TypeError(
      "noGrad: the function returned a promise, and recording is on again before it settles; await first and wrap only the synchronous computation",
    );
  }
  return result;
}
