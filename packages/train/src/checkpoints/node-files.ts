/** What is used of Node's `fs/promises`, which Bun and Deno have too: packages are compiled without Node's types. */
export interface NodeFiles {
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
  open(path: string, flags: "r" | "w"): Promise<FileHandle>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { force: true }): Promise<void>;
}

interface FileHandle {
  writeFile(data: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The file system; throws where there is none, as in a browser. */
export function nodeFiles(where: string): NodeFiles {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const files = process?.getBuiltinModule?.("node:fs/promises");
  if (files === undefined)
    throw new Error(`${where}: there is no file system here; it needs Node, Bun or Deno`);
  return files as NodeFiles;
}
