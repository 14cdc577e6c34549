import { builtinModule } from "../builtin-module.ts";
import { wrongKind } from "../check.ts";

/**
 * Where a logger writes text: a stream such as `process.stdout`, or any object with this method.
 *
 * @public
 */
export interface TextSink {
  /** Takes in the next piece. */
  write(text: string): unknown;
}

/** What is used of Node's `fs`. */
interface Files {
  mkdirSync(path: string, options: { recursive: true }): unknown;
  openSync(path: string, flags: "a"): number;
  fstatSync(file: number): { readonly size: number };
  writeSync(file: number, data: string | Uint8Array): unknown;
  closeSync(file: number): void;
}

/** An open file, or a sink that somebody else closes. */
export interface Target<Piece> {
  write(piece: Piece): unknown;
  /** Whether something was written to it before. */
  readonly isContinued: boolean;
  close(): void;
}

/** The sink itself, or the file at a path, opened to be appended to: each piece is handed to the system at once. */
export function open<Piece extends string | Uint8Array>(
  where: string,
  to: string | { write(piece: Piece): unknown },
): Target<Piece> {
  if (typeof to === "string") return openFile(where, to);
  if (typeof Object(to).write !== "function") {
    throw wrongKind(where, "where to write", "a path or an object with the method write", to);
  }
  return { write: (piece) => to.write(piece), isContinued: false, close() {} };
}

function openFile<Piece extends string | Uint8Array>(where: string, path: string): Target<Piece> {
  const files = builtinModule<Files>(where, "node:fs", "pass an object with the method write");
  const folder = path.replace(/[/\\]?[^/\\]*$/, "");
  if (folder !== "") files.mkdirSync(folder, { recursive: true });
  const file = files.openSync(path, "a");
  return {
    isContinued: files.fstatSync(file).size > 0,
    write: (piece) => files.writeSync(file, piece),
    close: () => files.closeSync(file),
  };
}
