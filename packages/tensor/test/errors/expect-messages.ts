import { expect, test } from "vitest";

/** A message, its class, and the call that must throw it. */
export type Row = readonly [message: string, type: new (...args: never) => Error, call: () => unknown];

/** One test per row; the whole message must match. */
export function expectMessages(rows: readonly Row[]): void {
  test.each(rows)("%s", (message, type, call) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(type);
    expect((thrown as Error).message).toBe(message);
  });
}

/** For arguments that only a caller without a type checker can pass. */
// biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types forbid
export const wrong = (value: unknown): any => value;
