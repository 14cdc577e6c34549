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
  openSync(path: string, flags: "a+" | "w+"): number;
  fstatSync(file: number): { readonly size: number };
  readSync(file: number, into: Uint8Array, offset: number, length: number, position: number): number;
  writeSync(file: number, data: string | Uint8Array): unknown;
  closeSync(file: number): void;
}

/** A file, or a sink that somebody else closes. */
export interface Target<Piece> {
  write(piece: Piece): unknown;
  /** The beginning of what was in it before; `""` if that is nothing. */
  readonly beginning: string;
  /** Lets the file go; the next piece opens it again. */
  close(): void;
}

/**
 * The sink itself, or the file at a path, opened to be appended to or, without `append`, emptied: each piece is handed to
 * the system at once.
 */
export function open<Piece extends string | Uint8Array>(
  where: string,
  to: string | { write(piece: Piece): unknown },
  append = true,
): Target<Piece> {
  if (typeof to === "string") return openFile(where, to, append);
  if (typeof Object(to).write !== "function") {
    throw wrongKind(where, "where to write", "a path or an object with the method write", to);
  }
  return { write: (piece) => to.write(piece), beginning: "", close() {} };
}

/** {@link open} for lines of text: they begin on a line of their own, also in a file whose last line was cut. */
export function openLines(where: string, to: string | TextSink, append: boolean): Target<string> {
  const target = open<string>(where, to, append);
  let isWhole = target.beginning === "" || (target as FileTarget<string>).lastByte() === NEWLINE;
  return {
    ...target,
    write(line) {
      const start = isWhole ? "" : "\n";
      isWhole = true;
      return target.write(start + line);
    },
  };
}

const NEWLINE = 10;
/** How much of a file is looked at. */
const BEGINNING = 65536;

interface FileTarget<Piece> extends Target<Piece> {
  lastByte(): number | undefined;
}

function openFile<Piece extends string | Uint8Array>(
  where: string,
  path: string,
  append: boolean,
): FileTarget<Piece> {
  const files = builtinModule<Files>(where, "node:fs", "pass an object with the method write");
  const folder = path.replace(/[/\\]?[^/\\]*$/, "");
  if (folder !== "") files.mkdirSync(folder, { recursive: true });
  let file: number | null = files.openSync(path, append ? "a+" : "w+");
  const opened = () => (file ??= files.openSync(path, "a+"));
  const { size } = files.fstatSync(file);
  const bytesAt = (position: number, length: number) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, files.readSync(opened(), bytes, 0, length, position));
  };
  return {
    beginning: utf8(bytesAt(0, Math.min(size, BEGINNING))),
    lastByte: () => bytesAt(size - 1, 1)[0],
    write: (piece) => files.writeSync(opened(), piece),
    close() {
      if (file !== null) files.closeSync(file);
      file = null;
    },
  };
}

function utf8(bytes: Uint8Array): string {
  const { TextDecoder } = globalThis as unknown as {
    TextDecoder: new () => { decode(bytes: Uint8Array): string };
  };
  return new TextDecoder().decode(bytes);
}
