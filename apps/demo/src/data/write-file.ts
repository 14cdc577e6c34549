import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError, systemReason } from "../errors.ts";
import { makeFolder } from "./make-folder.ts";

/**
 * Writes a file whole or not at all: to a temporary file beside it, to the disk, then over the name. A crash in between
 * leaves the previous file as it was.
 *
 * @throws {@link InputError} if the folder cannot be made or written to.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(path));
    const handle = await open(temporary, "w");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new InputError(`${path}: cannot be written: ${systemReason(error)}`);
  }
}

/**
 * Makes sure, before any work is spent, that a file can be written in a folder; makes the folder.
 *
 * @param option - The option that named the folder, for the message.
 * @throws {@link InputError} if it cannot.
 */
export async function checkWritable(folder: string, option = "--output"): Promise<void> {
  const probe = `${folder}/.${process.pid}.tmp`;
  try {
    await makeFolder(folder);
    await (await open(probe, "w")).close();
    await rm(probe);
  } catch (error) {
    throw new InputError(`${option} ${folder}: ${whyNot(error as NodeJS.ErrnoException)}`);
  }
}

function whyNot(error: NodeJS.ErrnoException): string {
  if (error.code === "EEXIST") return "is a file, expected a folder";
  if (error.code === "ENOENT") return "no folder can be made there; choose another";
  return systemReason(error);
}
