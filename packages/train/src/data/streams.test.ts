import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Generator, ShapeError, tensor } from "@rnn/tensor";
import { fit, SGD } from "@rnn/train";
import {
  collateSequences,
  readJSONLines,
  readLines,
  readTextFolder,
  streamBatches,
  type TextSource,
} from "@rnn/train/data";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { collect, only, Scalar } from "../../test/toy.ts";

const scratch = mkdtempSync(join(tmpdir(), "rnn-data-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllGlobals());

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* numbers(n: number): AsyncGenerator<number> {
  for (let i = 0; i < n; i++) yield i;
}

/** The same text cut into pieces of every length. */
const pieces = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];

describe("streamBatches", () => {
  const collate = (samples: number[]) => samples;

  test("cuts a stream, and opens it anew for every pass", async () => {
    const batches = streamBatches(() => numbers(5), { batchSize: 2, collate });
    for (const _ of [1, 2]) expect(await all(batches)).toEqual([[0, 1], [2, 3], [4]]);
    expect(batches.generator).toBeNull();
    expect(await all(streamBatches(() => numbers(5), { batchSize: 2, collate, dropLast: true }))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test("shuffles within its buffer, in an order of the seed, another one in every pass", async () => {
    const make = () =>
      streamBatches(() => numbers(100), { batchSize: 7, collate, shuffleBuffer: 20, seed: 3 });
    const [batches, again] = [make(), make()];
    const first = (await all(batches)).flat();
    expect((await all(again)).flat()).toEqual(first);
    expect((await all(batches)).flat()).not.toEqual(first);
    expect([...first].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(first).not.toEqual([...Array(100).keys()]);
    for (const [position, n] of first.entries()) expect(n).toBeLessThanOrEqual(position + 20);
    expect(batches.generator).toBeInstanceOf(Generator);
  });

  test("closes a stream that is left early", async () => {
    let isClosed = false;
    const open = async function* () {
      try {
        yield* numbers(100);
      } finally {
        isClosed = true;
      }
    };
    for await (const _ of streamBatches(open, { batchSize: 2, collate })) break;
    expect(isClosed).toBe(true);
  });

  test("is what fit trains on", async () => {
    const model = new Scalar();
    const { events } = await collect(
      fit(
        model,
        streamBatches(() => numbers(4), { batchSize: 2, collate }),
        {
          optimizer: new SGD(model.parameters()),
          epochs: 2,
          loss: (batch) => model.forward(batch[0]!),
        },
      ),
    );
    expect(only(events, "step").length).toBe(4);
  });

  test.each<[() => unknown, Error]>([
    [
      () => streamBatches([1] as never, { batchSize: 1, collate }),
      new TypeError(
        "streamBatches: open must be a function, got [1]; pass a function that opens the stream, so that there can be several passes",
      ),
    ],
    [
      () => streamBatches(() => numbers(1), { batchSize: 0, collate }),
      new RangeError("streamBatches: batchSize must be an integer >= 1, got 0"),
    ],
    [
      () => streamBatches(() => numbers(1), { batchSize: 1 } as never),
      new TypeError("streamBatches: collate must be a function, got undefined"),
    ],
    [
      () => streamBatches(() => numbers(1), { batchSize: 1, collate, shuffleBuffer: -1 }),
      new RangeError("streamBatches: shuffleBuffer must be an integer >= 0, got -1"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });

  test("what open returns is checked", async () => {
    const batches = streamBatches(() => 5 as never, { batchSize: 1, collate });
    await expect(all(batches)).rejects.toThrow(
      "streamBatches: what open returns must be something to iterate over",
    );
  });
});

describe("collateSequences", () => {
  test("pads on the right, and tells the lengths", () => {
    const samples = [
      { ids: [1], target: 2 },
      { ids: Int32Array.of(3, 4, 5), target: 0 },
      { ids: [], target: 1 },
    ];
    const { ids, lengths, targets, size } = collateSequences(samples, { padIndex: 9, targetDType: "int32" });
    expect(ids.toArray()).toEqual([
      [1, 9, 9],
      [3, 4, 5],
      [9, 9, 9],
    ]);
    expect([...lengths]).toEqual([1, 3, 0]);
    expect([targets.dtype, targets.toArray(), size]).toEqual(["int32", [2, 0, 1], 3]);
  });

  test("targets may be tensors of one shape", () => {
    const samples = [
      { ids: [1], target: tensor([1, 2]) },
      { ids: [1], target: tensor([3, 4]) },
    ];
    expect(collateSequences(samples).targets.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(() => collateSequences([samples[0]!, { ids: [1], target: tensor([1]) }])).toThrow(ShapeError);
  });

  test.each<[() => unknown, Error]>([
    [() => collateSequences([]), new RangeError("collateSequences: there are no samples")],
    [
      () => collateSequences([{ ids: [0.5], target: 0 }]),
      new RangeError("collateSequences: samples[0].ids has 0.5 at step 0; ids are int32"),
    ],
    [
      () => collateSequences([{ ids: [1], target: 0 }], { padIndex: 0.5 }),
      new RangeError("collateSequences: padIndex must be an int32, got 0.5"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});

describe("readers", () => {
  test("lines, wherever the pieces are cut", async () => {
    const text = "\ufeffone\r\n\ntwo 𝄞\nthree";
    for (let size = 1; size <= text.length; size++) {
      expect(await all(readLines(pieces(text, size)))).toEqual(["one", "", "two 𝄞", "three"]);
    }
    expect(await all(readLines([]))).toEqual([]);
    expect(await all(readLines(["a\n"]))).toEqual(["a"]);
  });

  test("lines of a file", async () => {
    const path = join(scratch, "text.txt");
    const text = Array.from({ length: 20_000 }, (_, n) => `line ${n} é`);
    writeFileSync(path, text.join("\n"));
    expect(await all(readLines(path))).toEqual(text);
  });

  test("JSON lines, blank ones passed over; the broken one is named", async () => {
    expect(await all(readJSONLines(['{"a":1}\n\n[2]\r\n"x"']))).toEqual([{ a: 1 }, [2], "x"]);
    const path = join(scratch, "broken.jsonl");
    writeFileSync(path, '{"a":1}\n{"a":\n');
    await expect(all(readJSONLines(path))).rejects.toThrow(`readJSONLines: ${path}: line 2 is not JSON: `);
  });

  test("gzip, whatever the name of the file", async () => {
    const path = join(scratch, "packed.txt");
    // random letters: several pieces, packed and unpacked
    const letters = Array.from({ length: 200_000 }, (_, k) =>
      String.fromCharCode(97 + (((k * k) % 8191) % 26)),
    );
    const lines = [letters.join(""), "naïve", "last"];
    writeFileSync(path, gzipSync(`\ufeff${lines.join("\n")}`));
    expect(await all(readLines(path))).toEqual(lines);
    writeFileSync(path, gzipSync(lines.join("\n")).subarray(0, 100));
    await expect(all(readLines(path))).rejects.toThrow(
      new RangeError(`readLines: ${path}: damaged gzip file (unexpected end of file)`),
    );
  });

  test("a file of few bytes, or none", async () => {
    const path = join(scratch, "short.txt");
    for (const text of ["", "a", "\ufeffa"]) {
      writeFileSync(path, text);
      expect(await all(readLines(path))).toEqual(text === "" ? [] : ["a"]);
    }
  });

  test("a file that is not UTF-8", async () => {
    const path = join(scratch, "latin1.txt");
    writeFileSync(path, Uint8Array.of(0x74, 0xe9, 0x0a));
    await expect(all(readLines(path))).rejects.toThrow(
      new RangeError(`readLines: ${path}: not UTF-8 text; save it as UTF-8`),
    );
    writeFileSync(path, Uint8Array.of(0x74, 0xc3)); // the file ends within a character
    await expect(all(readLines(path))).rejects.toThrow(
      new RangeError(`readLines: ${path}: not UTF-8 text; save it as UTF-8`),
    );
  });

  test("a folder of texts by class, unlabelled ones left out", async () => {
    const folder = join(scratch, "aclImdb");
    for (const label of ["pos", "neg", "unsup"]) {
      mkdirSync(join(folder, label), { recursive: true });
      for (let n = 0; n < 40; n++) writeFileSync(join(folder, label, `${n}_1.txt`), `${label} ${n}`);
    }
    writeFileSync(join(folder, "pos", "index.html"), "no text");
    const samples = await all(readTextFolder(folder));
    expect(samples.length).toBe(80);
    expect(samples[0]).toEqual({ text: "neg 0", label: "neg", file: "0_1.txt" });
    expect(samples[79]).toEqual({ text: "pos 9", label: "pos", file: "9_1.txt" });
    expect((await all(readTextFolder(folder, { ignore: ["pos"] }))).at(-1)?.label).toBe("unsup");
  });

  test("texts of a folder are read as other files are: without a byte order mark, unpacked, UTF-8 only", async () => {
    const folder = join(scratch, "encodings");
    mkdirSync(join(folder, "pos"), { recursive: true });
    writeFileSync(join(folder, "pos", "1.txt"), "\ufeffnaïve");
    writeFileSync(join(folder, "pos", "2.txt"), gzipSync("packed"));
    expect((await all(readTextFolder(folder))).map(({ text }) => text)).toEqual(["naïve", "packed"]);
    const path = `${folder}/pos/3.txt`;
    writeFileSync(path, Uint8Array.of(0x74, 0xe9));
    await expect(all(readTextFolder(folder))).rejects.toThrow(
      new RangeError(`readTextFolder: ${path}: not UTF-8 text; save it as UTF-8`),
    );
  });

  test.each<[AsyncIterable<unknown>, Error]>([
    [
      readLines(5 as unknown as TextSource),
      new TypeError("readLines: source must be a path or pieces of text, got 5"),
    ],
    [readTextFolder(5 as never), new TypeError("readTextFolder: folder must be a path, got 5")],
  ])("case %#", async (items, error) => {
    await expect(all(items)).rejects.toThrow(error);
  });

  test("a folder without texts, and a file that is not there", async () => {
    mkdirSync(join(scratch, "empty"));
    await expect(all(readTextFolder(join(scratch, "empty")))).rejects.toThrow(
      new RangeError(
        `readTextFolder: ${join(scratch, "empty")}: no text found; expected one folder per class with .txt files in it`,
      ),
    );
    await expect(all(readLines(join(scratch, "missing.txt")))).rejects.toThrow("ENOENT");
  });

  test("in a browser, a path is an error", async () => {
    vi.stubGlobal("process", undefined);
    await expect(all(readLines("x.txt"))).rejects.toThrow(
      new Error("readLines: there is no file system here; pass the text in pieces"),
    );
  });
});
