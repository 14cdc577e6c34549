import { expect, it } from "vitest";

/** Calls that the types forbid, as JavaScript makes them. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is here as its type says
export type Any = any;

/** A call and the error it must throw. */
export type WrongCall = readonly [call: string, run: () => unknown, error: Error];

export const any = (x: unknown): Any => x;

export const create = (Class: unknown, ...given: unknown[]): unknown => new (Class as Any)(...given);

/** One test per call, with the exact type and text of the error. */
export function itRefuses(calls: readonly WrongCall[]): void {
  it.each(calls)("%s", (_call, run, error) => {
    let thrown: unknown;
    try {
      run();
    } catch (e) {
      thrown = e;
    }
    expect(thrown).toStrictEqual(error);
  });
}
