import type { Module } from "./module.ts";

/**
 * Puts `around` between the module and those who call its `forward`. `call` runs the original.
 *
 * @returns what takes it out again.
 */
export function interceptForward(module: Module, around: (call: () => unknown) => unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(module, "forward");
  const forward = module.forward as (...inputs: unknown[]) => unknown;
  const value = (...inputs: unknown[]): unknown => around(() => forward.apply(module, inputs));
  Object.defineProperty(module, "forward", { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(module, "forward");
    else Object.defineProperty(module, "forward", own);
  };
}
