import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inspect, isDeepStrictEqual } from "node:util";

/** One fenced `ts` block of a README, a guide or a TSDoc `@example`. */
export interface RunnableExample {
  /** File, relative to the package, and the line its code starts on: `"README.md:12"`. */
  readonly name: string;
  readonly code: string;
}

/**
 * Every ```` ```ts ```` block of a package's README.md and of the comments in its src, in file order.
 *
 * A block is a complete module: it imports what it uses, by package name. Lines may state their result, which
 * {@link runExample} checks: `lookup("a"); // => 3`, `const ids = encode("a b"); // => [3, 4]` or
 * `console.log(ids); // => [3, 4]`. Only whole one-line statements can carry such a comment.
 */
export function runnableExamples(packageRoot: string): RunnableExample[] {
  const sources = readdirSync(join(packageRoot, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .sort()
    .map((file) => join(packageRoot, "src", file));
  return [join(packageRoot, "README.md"), ...sources].flatMap((file) =>
    examplesIn(relative(packageRoot, file), readFileSync(file, "utf8")),
  );
}

/** The `ts` blocks of one text. `fileName` ending in `.ts` means that blocks are inside comments, after ` * `. */
export function examplesIn(fileName: string, text: string): RunnableExample[] {
  const margin = fileName.endsWith(".ts") ? /^\s*\* ?/ : /^/;
  const examples: RunnableExample[] = [];
  let block: string[] | null = null;
  let start = 0;
  text.split("\n").forEach((raw, index) => {
    const line = raw.replace(margin, "");
    if (block === null) {
      if (line.trim() === "```ts" && (raw !== line || !fileName.endsWith(".ts"))) {
        block = [];
        start = index + 2;
      }
    } else if (line.trim() === "```") {
      examples.push({ name: `${fileName}:${start}`, code: `${block.join("\n")}\n` });
      block = null;
    } else {
      block.push(line);
    }
  });
  if (block !== null) throw new Error(`${fileName}:${start}: the example is not closed with \`\`\``);
  return examples;
}

/**
 * Runs one example as a module of the package and checks the results stated in it.
 *
 * The module is written to a folder inside the package, so that Vitest resolves package names to their sources
 * (the package's own name too), and removed again. Works only inside a Vitest test.
 */
export async function runExample(packageRoot: string, example: RunnableExample): Promise<void> {
  mkdirSync(join(packageRoot, "temp"), { recursive: true });
  const folder = mkdtempSync(join(packageRoot, "temp", "example-"));
  const file = join(folder, "example.ts");
  try {
    writeFileSync(file, withChecks(example.code));
    await import(/* @vite-ignore */ file);
  } catch (error) {
    throw new Error(`${example.name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const STATED = /^(\s*)(.+?);\s*\/\/ => (.+)$/;
const DECLARATION = /^(?:const|let) (\w+)(?:: [^=]+)? = /;
const LOG = /^console\.log\((.+)\)$/;

/** Turns `statement; // => result` into a call of {@link checkStated}; the block keeps its line numbers. */
function withChecks(code: string): string {
  const lines = code.split("\n").map((line, index) => {
    const stated = STATED.exec(line);
    if (stated === null) return line;
    const [, indent = "", statement = "", want = ""] = stated;
    const declared = DECLARATION.exec(statement)?.[1];
    const value = declared ?? LOG.exec(statement)?.[1] ?? statement;
    const check = `checkStated(${index + 1}, ${value}, ${want});`;
    return indent + (declared === undefined ? check : `${statement}; ${check}`);
  });
  return `import { checkStated } from "@internal/testing"; ${lines.join("\n")}`;
}

/** Throws unless `got` is what an example states; typed arrays may be stated as arrays, maps as lists of pairs. */
export function checkStated(line: number, got: unknown, want: unknown): void {
  if (matches(plain(got), want)) return;
  throw new Error(`line ${line} of the block: got ${inspect(plain(got))}, stated ${inspect(want)}`);
}

/** What an example can write down: arrays for typed arrays, lists of pairs for maps. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && "length" in value)
    return Array.from(value as unknown as ArrayLike<unknown>);
  if (value instanceof Map) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
  }
  return value;
}

/** A number agrees when it rounds to the decimals that are stated; everything else must be equal. */
function matches(got: unknown, want: unknown): boolean {
  if (typeof got === "number" && typeof want === "number" && !Number.isInteger(want)) {
    const decimals = /\.(\d+)$/.exec(String(want))?.[1]?.length;
    return decimals === undefined
      ? Object.is(got, want)
      : Math.abs(got - want) <= 0.5000001 * 10 ** -decimals;
  }
  if (Array.isArray(got) && Array.isArray(want)) {
    return got.length === want.length && got.every((part, i) => matches(part, want[i]));
  }
  if (isObject(got) && isObject(want)) {
    const keys = Object.keys(want);
    return (
      isDeepStrictEqual(Object.keys(got).sort(), [...keys].sort()) &&
      keys.every((key) => matches(got[key], want[key]))
    );
  }
  return isDeepStrictEqual(got, want);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}
