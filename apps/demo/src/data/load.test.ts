import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { loadExamples } from "./load.ts";

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

/** A folder with a class of empty texts. */
async function blank(label: string): Promise<string> {
  const root = join(folder, `blank-${label}`);
  await mkdir(join(root, label), { recursive: true });
  for (const name of ["1.txt", "2.txt"]) await writeFile(join(root, label, name), " \n");
  return root;
}

describe("loadExamples", () => {
  it("unpacks gzip whatever the name says", async () => {
    const packed = gzipSync('{"text":"good","label":1}\n{"text":"bad","label":0}\n');
    const expected = [
      { text: "good", label: "1" },
      { text: "bad", label: "0" },
    ];
    expect((await loadExamples(await file("a.jsonl.gz", packed), columns)).examples).toEqual(expected);
    expect((await loadExamples(await file("a.jsonl", packed), columns)).examples).toEqual(expected);
  });

  it("drops a byte order mark", async () => {
    const path = await file("bom.csv", "\ufefftext,label\nfine,1\n");
    expect((await loadExamples(path, columns)).examples).toEqual([{ text: "fine", label: "1" }]);
  });

  it("takes the folders of a folder for classes, but not IMDB's unlabelled one", async () => {
    const root = join(folder, "aclImdb");
    for (const [path, content] of [
      ["pos/0_9.txt", "Great film."],
      ["pos/readme.md", "not a review"],
      ["neg/1_2.txt", "Dull film."],
      ["unsup/2_0.txt", "Some film."],
      ["neg/2_2.txt", ""],
      ["neg/3_2.txt", "\ufeff\n"],
    ] as const) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    expect((await loadExamples(root, columns)).examples).toEqual(
      expect.arrayContaining([
        { text: "Great film.", label: "pos" },
        { text: "Dull film.", label: "neg" },
      ]),
    );
    expect(await loadExamples(root, columns)).toMatchObject({ examples: { length: 2 }, skipped: 2 });
    await expect(loadExamples(join(root, "unsup"), columns)).rejects.toEqual(
      new InputError(
        `${join(root, "unsup")}: no text found; expected one folder per class with .txt files in it`,
      ),
    );
    await expect(loadExamples(await blank("neg"), columns)).rejects.toEqual(
      new InputError(`${join(folder, "blank-neg")}: all 2 texts in it are empty`),
    );
    const latin1 = join(root, "pos", "1_1.txt");
    await writeFile(latin1, new Uint8Array([0x74, 0xe9]));
    await expect(loadExamples(root, columns)).rejects.toEqual(
      new InputError(`${latin1}: not UTF-8 text; save it as UTF-8`),
    );
  });

  it("says what is wrong with a file that cannot be used", async () => {
    const cases: [path: string, message: string][] = [
      [join(folder, "none.csv"), "no such file"],
      [
        await file("a.xlsx", "x"),
        "unknown kind of file; expected .csv, .tsv or .jsonl, each also with .gz, or a folder",
      ],
      [await file("empty.csv", ""), "the file is empty"],
      [await file("header.csv", "text,label\n"), "no row has both a text and a label"],
      [await file("latin1.csv", new Uint8Array([0x74, 0xe9])), "not UTF-8 text; save it as UTF-8"],
      [
        await file("cut.csv.gz", gzipSync("text,label\na,b\n").subarray(0, 20)),
        "damaged gzip file (unexpected end of file)",
      ],
    ];
    for (const [path, message] of cases) {
      await expect(loadExamples(path, columns)).rejects.toEqual(new InputError(`${path}: ${message}`));
    }
  });
});
