import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { inputText } from "./input.ts";

/** Standard input that arrives in pieces. */
function read(...chunks: (string | Uint8Array)[]): Promise<string> {
  const input = (async function* () {
    yield* chunks;
  })();
  const nowhere = { write: () => undefined };
  return inputText({ out: nowhere, err: nowhere, input, env: {} }, "name a file");
}

describe("inputText", () => {
  it("puts pieces together, also those that a character is cut between", async () => {
    const bytes = new TextEncoder().encode("é\n");
    expect(await read("a", bytes.subarray(0, 1), bytes.subarray(1))).toBe("aé\n");
  });

  it("unpacks gzip, as from a file", async () => {
    const packed = gzipSync("text,label\nfine,good\n");
    expect(await read(packed.subarray(0, 1), packed.subarray(1))).toBe("text,label\nfine,good\n");
  });

  it("refuses what is empty, damaged or not UTF-8", async () => {
    const refused = (message: string) => new InputError(`standard input: ${message}`);
    await expect(read()).rejects.toEqual(refused("is empty; name a file"));
    await expect(read(" \n")).rejects.toEqual(refused("is empty; name a file"));
    await expect(read(gzipSync(""))).rejects.toThrow("standard input: the file is empty");
    await expect(read(gzipSync("fine").subarray(0, 12))).rejects.toEqual(
      refused("damaged gzip file (unexpected end of file)"),
    );
    await expect(read(Uint8Array.of(0x74, 0xe9))).rejects.toEqual(
      refused("not UTF-8 text; save it as UTF-8"),
    );
  });
});
