import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextSource } from "./chunks.ts";
import { jsonLines } from "./json-lines.ts";

async function all(source: TextSource): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const value of jsonLines(source)) list.push(value);
  return list;
}

describe("jsonLines", () => {
  test("gives one value per line and passes over empty lines", async () => {
    expect(await all('{"a": 1}\r\n\n \t\n[2]\n"3"\nnull')).toEqual([{ a: 1 }, [2], "3", null]);
  });

  test("gives back what JSON can hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ stringUnit: "binary" })), async (values) => {
        const text = values.map((value) => JSON.stringify(value)).join("\n");
        expect(await all([new TextEncoder().encode(text)])).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  test("a line with __proto__ sets nothing but its own member", async () => {
    const [value] = await all('{"__proto__": {"polluted": true}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
  });

  test("errors count all lines from 1", async () => {
    await expect(all('{"a": 1}\n\n{"a": \n')).rejects.toThrow(
      new SyntaxError('jsonLines: line 3 is not JSON: "{\\"a\\": "'),
    );
    await expect(all(5 as never)).rejects.toThrow(
      new TypeError("jsonLines: source must be a stream or another iterable of chunks, got 5"),
    );
    await expect(all([Uint8Array.of(0xff)])).rejects.toThrow(
      new TypeError(
        "jsonLines: bytes after line 0 are not valid utf-8; to read them as U+FFFD pass { fatal: false }",
      ),
    );
  });
});
