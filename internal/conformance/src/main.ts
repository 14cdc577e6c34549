import { statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { withBackend } from "./backend.ts";
import { UsageError } from "./collect.ts";
import { count, formatReport, jsonReport } from "./report.ts";
import { runConformance } from "./run.ts";

/** Where the command line runs and writes. */
export interface Surroundings {
  /** Folder that relative paths start from. */
  readonly base: string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

const USAGE = `usage: npm run conformance -- DIR... [--backend NAME] [--json FILE]

Runs every case of the JSON files in the folders against the public API of the packages.
  --backend NAME  force wasm-fma, wasm-simd or js on float32 operations of every size
  --json FILE     also write the complete result to FILE, in a folder that exists
Exit code: 0 all passed, 1 something failed, 2 wrong arguments.`;

/** The command line: returns the exit code. */
export function main(args: readonly string[], { base, print, complain }: Surroundings): 0 | 1 | 2 {
  try {
    const { dirs, json, backend, help } = parseArguments(args);
    if (help) {
      print(USAGE);
      return 0;
    }
    if (json !== undefined) checkFolder(resolve(base, json), json);
    const result = withBackend(backend, () => runConformance(dirs, { base }));
    print(formatReport(result));
    if (json !== undefined) writeJson(resolve(base, json), json, jsonReport(result));
    return count(result.files.flatMap((file) => file.cases)).failed > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`conformance: ${oneLine(error.message)}`);
    return 2;
  }
}

function parseArguments(args: readonly string[]): {
  dirs: string[];
  json: string | undefined;
  backend: string;
  help: boolean;
} {
  const dirs: string[] = [];
  let json: string | undefined;
  let backend = "auto";
  let help = false;
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] as string;
    const valueAfter = (option: string, what: string): string => {
      const value = argument === option ? args[++i] : argument.slice(option.length + 1);
      if (value === undefined) throw new UsageError(`${option} needs a ${what}`);
      return value;
    };
    if (argument === "--help" || argument === "-h") help = true;
    else if (/^--json(=|$)/.test(argument)) json = valueAfter("--json", "file name");
    else if (/^--backend(=|$)/.test(argument)) backend = valueAfter("--backend", "name");
    else if (argument.startsWith("-"))
      throw new UsageError(
        `unknown option ${argument}; usage: conformance DIR... [--backend NAME] [--json FILE]`,
      );
    else dirs.push(argument);
  }
  return { dirs, json, backend, help };
}

/** Refuses a file in a folder that does not exist before the cases are run: it may be a typing error. */
function checkFolder(path: string, shown: string): void {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (!folder?.isDirectory())
    throw new UsageError(`cannot write ${shown}: no such folder: ${dirname(shown)}`);
}

/** Quotes of a file, as in errors of the JSON parser, may hold line breaks. */
function oneLine(message: string): string {
  return message.replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}

function writeJson(path: string, shown: string, content: unknown): void {
  try {
    writeFileSync(path, `${JSON.stringify(content, nonFinite, 1)}\n`);
  } catch (error) {
    throw new UsageError(`cannot write ${shown}: ${(error as Error).message}`);
  }
}

/** JSON has no NaN and no infinities: written as the case files write them. */
function nonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
