import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it where they are missing.
 *
 * One at a time: Node 20's recursive `mkdir` never returns where the system says that a folder is missing although its
 * parent exists, as in `/proc`.
 *
 * @throws the error of the system, EEXIST if there is something else than a folder.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if (code === "ENOENT" && parent !== path) {
      await makeFolder(parent);
      await makeLast(path);
    } else if (!(await isFolder(path))) throw error;
  }
}

/** Makes a folder whose parent exists; another program may have been quicker. */
async function makeLast(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
