import { builtinModule } from "../builtin-module.ts";

/** What is used of Node's `fs/promises`. */
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
  return builtinModule(where, "node:fs/promises", "it needs Node, Bun or Deno");
}
