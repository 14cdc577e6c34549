import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { checkWritable, writeFileAtomically } from "./write-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-write-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("writeFileAtomically", () => {
  it("makes folders, replaces the file and leaves nothing else behind", async () => {
    const path = join(folder, "new/deep/model.bin");
    await writeFileAtomically(path, Uint8Array.of(1));
    await writeFileAtomically(path, Uint8Array.of(2, 3));
    expect([...(await readFile(path))]).toEqual([2, 3]);
    expect(await readdir(join(folder, "new/deep"))).toEqual(["model.bin"]);
  });

  it("leaves no temporary file when the last step fails", async () => {
    const path = join(folder, "taken");
    await mkdir(join(path, "inside"), { recursive: true });
    await expect(writeFileAtomically(path, Uint8Array.of(1))).rejects.toThrow(InputError);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("checkWritable", () => {
  it("makes the folder and leaves it empty", async () => {
    await checkWritable(join(folder, "empty/one"));
    expect(await readdir(join(folder, "empty/one"))).toEqual([]);
  });

  it("refuses a file", async () => {
    const path = join(folder, "file");
    await writeFile(path, "x");
    await expect(checkWritable(path)).rejects.toEqual(
      new InputError(`--output ${path}: is a file, expected a folder`),
    );
    await expect(checkWritable(join(path, "deep/er"))).rejects.toEqual(
      new InputError(`--output ${join(path, "deep/er")}: part of the path is a file, not a folder`),
    );
  });

  it.skipIf(!existsSync("/proc/self"))("refuses a place where the system makes no folders", async () => {
    for (const path of ["/proc/none", "/proc/none/deeper"]) {
      await expect(checkWritable(path)).rejects.toEqual(
        new InputError(`--output ${path}: no folder can be made there; choose another`),
      );
    }
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "refuses a folder without permission",
    async () => {
      const path = join(folder, "locked");
      await mkdir(path);
      await chmod(path, 0o500);
      await expect(checkWritable(join(path, "a"))).rejects.toEqual(
        new InputError(`--output ${join(path, "a")}: permission denied`),
      );
    },
  );
});
