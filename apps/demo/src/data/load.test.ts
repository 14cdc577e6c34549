import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { loadFile } from "./load.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

const columns = { text: "text", label: "label" };
async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("loadFile", () => {
  it("unpacks gzip whatever the name says", async () => {
    const packed = gzipSync('{"text":"good","label":1}\n{"text":"bad","label":0}\n');
    const expected = [
      { text: "good", label: "1" },
      { text: "bad", label: "0" },
    ];
    expect((await loadFile(await file("a.jsonl.gz", packed), columns)).examples).toEqual(expected);
    expect((await loadFile(await file("a.jsonl", packed), columns)).examples).toEqual(expected);
  });

  it("drops a byte order mark", async () => {
    const path = await file("bom.csv", "\ufefftext,label\nfine,1\n");
    expect((await loadFile(path, columns)).examples).toEqual([{ text: "fine", label: "1" }]);
  });

  it("says what is wrong with a file that cannot be used", async () => {
    const cases: [path: string, message: string][] = [
      [join(folder, "none.csv"), "no such file"],
      [await file("a.xlsx", "x"), "unknown kind of file; expected .csv, .tsv or .jsonl, each also with .gz"],
      [await file("empty.csv", ""), "the file is empty"],
      [await file("header.csv", "text,label\n"), "no row has both a text and a label"],
      [await file("latin1.csv", new Uint8Array([0x74, 0xe9])), "not UTF-8 text; save it as UTF-8"],
      [
        await file("cut.csv.gz", gzipSync("text,label\na,b\n").subarray(0, 20)),
        "damaged gzip file (unexpected end of file)",
      ],
    ];
    for (const [path, message] of cases) {
      await expect(loadFile(path, columns)).rejects.toEqual(new InputError(`${path}: ${message}`));
    }
  });
});
