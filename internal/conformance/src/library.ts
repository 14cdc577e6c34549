import * as nn from "@rnn/nn";
import * as tensor from "@rnn/tensor";
import * as text from "@rnn/text";
import * as train from "@rnn/train";
import { NotApplicable } from "./verdict.ts";

/** One of the published packages. */
export type PackageName = "text" | "tensor" | "nn" | "train";

/** What each package exports, by name: nothing else of the library is ever reached. */
const exported: Readonly<Record<PackageName, object>> = { text, tensor, nn, train };

/** Any function of the library; the cases decide at run time which one and with what. */
// biome-ignore lint/suspicious/noExplicitAny: a case names the function, so its types are not known here
export type AnyFunction = (...args: any[]) => any;

// biome-ignore lint/suspicious/noExplicitAny: as above, for classes
type AnyClass = new (...args: any[]) => any;

/** The first of the names that a package exports, or `undefined`. */
export function find(name: PackageName, ...names: readonly string[]): unknown {
  const api = exported[name] as Readonly<Record<string, unknown>>;
  const present = names.find((candidate) => Object.hasOwn(api, candidate));
  return present === undefined ? undefined : api[present];
}

/**
 * A function that a package exports under one of the names.
 *
 * @throws NotApplicable if there is none: the case is about a feature the library does not have.
 */
export function need<F extends AnyFunction = AnyFunction>(name: PackageName, ...names: readonly string[]): F {
  const value = find(name, ...names);
  if (typeof value !== "function") throw new NotApplicable(`@rnn/${name} exports no ${names.join(" or ")}`);
  return value as F;
}

/** Like {@link need}, for a class. */
export function needClass<C extends AnyClass = AnyClass>(name: PackageName, ...names: readonly string[]): C {
  return need(name, ...names) as unknown as C;
}

/**
 * Stands where an adapter would drive a feature that no package has.
 *
 * @throws NotApplicable as long as that is so; from then on an error, so that the cases fail until they are driven.
 */
export function absent(name: PackageName, ...names: readonly string[]): never {
  need(name, ...names);
  throw new Error(`@rnn/${name} exports ${names.join(" or ")} now, and the adapter does not use it yet`);
}
