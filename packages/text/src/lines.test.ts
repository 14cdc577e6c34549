import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextSource } from "./chunks.ts";
import { type LinesOptions, lines } from "./lines.ts";

async function all(source: TextSource, options?: LinesOptions): Promise<string[]> {
  const list: string[] = [];
  for await (const line of lines(source, options)) list.push(line);
  return list;
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** A web stream as in engines where it is not an async iterable, which remembers what is done with it. */
function bareStream(chunks: (string | Uint8Array)[]) {
  const log: string[] = [];
  return {
    log,
    getReader: () => ({
      read: async () => ({ done: chunks.length === 0, value: chunks.shift() }),
      cancel: async () => log.push("cancel"),
      releaseLock: () => {
        log.push("release");
      },
    }),
  };
}

describe("lines", () => {
  test("end at \\n or \\r\\n and nowhere else", async () => {
    expect(await all("a\r\nb\rc\u0085d\u2028e\n\nf")).toEqual(["a", "b\rc\u0085d\u2028e", "", "f"]);
    expect(await all(["a\r", "\nb\r"])).toEqual(["a", "b\r"]);
  });

  test("there is none after the last end", async () => {
    expect(await all("a\n")).toEqual(["a"]);
    expect(await all("\n")).toEqual([""]);
    expect(await all("")).toEqual([]);
    expect(await all([])).toEqual([]);
  });

  test("a byte order mark is dropped at the beginning only", async () => {
    expect(await all("\ufeffa\n\ufeffb")).toEqual(["a", "\ufeffb"]);
    expect(await all([bytes(""), bytes("\ufeff").subarray(0, 2), bytes("\ufeff").subarray(2), "a"])).toEqual([
      "a",
    ]);
  });

  test("come from Node streams, web streams, generators and lists", async () => {
    const chunks = () => [bytes("gut\u0113 "), bytes("Na\u0308chte\nund "), bytes("mehr")];
    const expected = ["gut\u0113 Na\u0308chte", "und mehr"];
    expect(await all(Readable.from(chunks()))).toEqual(expected);
    expect(await all(new Blob(chunks()).stream())).toEqual(expected);
    expect(await all(new Response(new Blob(chunks())).body as ReadableStream<Uint8Array>)).toEqual(expected);
    expect(await all(bareStream(chunks()))).toEqual(expected);
    expect(await all(chunks().values())).toEqual(expected);
  });

  test("are the same however the bytes are cut into chunks", async () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom("\n", "\r", "\u0085", "\ud83d\ude00"),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 5 })), async (t, sizes) => {
        const whole = bytes(t);
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) chunks.push(whole.subarray(at, (at += size)));
        chunks.push(whole.subarray(at));
        const expected = t.replace(/^\ufeff/, "").split("\n");
        const cut = expected.map((line, i) => (i < expected.length - 1 ? line.replace(/\r$/, "") : line));
        if (cut.at(-1) === "") cut.pop();
        expect(await all(chunks)).toEqual(cut);
        expect(await all(t)).toEqual(cut);
      }),
    );
  });

  test("leaving early closes the source", async () => {
    const stream = bareStream(["a\nb\n", "c\n"]);
    for await (const line of lines(stream)) if (line === "b") break;
    expect(stream.log).toEqual(["cancel", "release"]);

    let isClosed = false;
    async function* chunks() {
      try {
        yield "a\n";
        yield "b\n";
      } finally {
        isClosed = true;
      }
    }
    for await (const _ of lines(chunks())) break;
    expect(isClosed).toBe(true);
  });

  test("a stream read to its end is released, not cancelled; its error comes through", async () => {
    const stream = bareStream(["a"]);
    await all(stream);
    expect(stream.log).toEqual(["release"]);
    const failing = {
      getReader: () => ({
        read: () => Promise.reject(new Error("connection lost")),
        cancel: async () => {},
        releaseLock: () => {},
      }),
    };
    await expect(all(failing)).rejects.toThrow(new Error("connection lost"));
  });

  test("other encodings, and bytes that are not valid read as U+FFFD", async () => {
    expect(await all([Uint8Array.of(0xe9, 0x74, 0xe9)], { encoding: "latin1" })).toEqual(["\u00e9t\u00e9"]);
    const broken = [Uint8Array.of(0x61, 0xff), Uint8Array.of(0x62, 0xc3)];
    expect(await all(broken, { fatal: false })).toEqual(["a\ufffdb\ufffd"]);
    expect(await all([Uint8Array.of(0xc3), "a"], { fatal: false })).toEqual(["\ufffda"]);
  });
});

describe("errors of lines", () => {
  test.each<[unknown, LinesOptions | undefined, Error]>([
    [5, undefined, new TypeError("lines: source must be a stream or another iterable of chunks, got 5")],
    [
      null,
      undefined,
      new TypeError("lines: source must be a stream or another iterable of chunks, got null"),
    ],
    [["a", 5], undefined, new TypeError("lines: chunk 1 must be a string or a Uint8Array, got 5")],
    [
      ["a\nb\n", Uint8Array.of(0x62, 0xff)],
      undefined,
      new TypeError(
        "lines: bytes after line 2 are not valid utf-8; to read them as U+FFFD pass { fatal: false }",
      ),
    ],
    [
      [Uint8Array.of(0x0a, 0xc3)],
      undefined,
      new TypeError(
        "lines: bytes after line 1 are not valid utf-8; to read them as U+FFFD pass { fatal: false }",
      ),
    ],
    [
      [Uint8Array.of(0xc3), "a"],
      undefined,
      new TypeError(
        "lines: bytes after line 0 are not valid utf-8; to read them as U+FFFD pass { fatal: false }",
      ),
    ],
  ])("%j", async (source, options, error) => {
    await expect(all(source as TextSource, options)).rejects.toThrow(error);
  });
});

test("an encoding that the platform does not know is named", async () => {
  const read = lines([Uint8Array.of(65)], { encoding: "utf-9" }).next();
  await expect(read).rejects.toThrow(new RangeError('lines: unknown encoding "utf-9"'));
});
