import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { lineBlocks } from "./lines.ts";

async function read(...chunks: (string | Uint8Array)[]): Promise<string[][]> {
  const stream = (async function* () {
    yield* chunks;
  })();
  const blocks: string[][] = [];
  for await (const block of lineBlocks(stream)) blocks.push(block);
  return blocks;
}

describe("lineBlocks", () => {
  it("gives the lines of each chunk, and the last one without a line end", async () => {
    expect(await read("a\nb", "c\r\n", "\nd")).toEqual([["a"], ["bc"], [""], ["d"]]);
    expect(await read("a\n")).toEqual([["a"]]);
    expect(await read("")).toEqual([]);
  });

  it("keeps U+0085, U+2028 and lone carriage returns inside a line", async () => {
    expect(await read("a\u0085b\u2028c\rd\n")).toEqual([["a\u0085b\u2028c\rd"]]);
  });

  it("puts characters cut between chunks together", async () => {
    const bytes = new TextEncoder().encode("é\n");
    expect(await read(bytes.subarray(0, 1), bytes.subarray(1))).toEqual([["é"]]);
  });

  it("refuses bytes that are not UTF-8, also when the input ends within a character", async () => {
    const message = "standard input: not UTF-8 text; save it as UTF-8";
    await expect(read(Uint8Array.of(0x74, 0xe9, 0x0a))).rejects.toEqual(new InputError(message));
    await expect(read(Uint8Array.of(0x74, 0xc3))).rejects.toEqual(new InputError(message));
  });
});
