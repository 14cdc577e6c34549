import { statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
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

const USAGE = `usage: npm run conformance -- DIR... [--json FILE]

Runs every case of the JSON files in the folders against the public API of the packages.
  --json FILE   also write the complete result to FILE, in a folder that exists
Exit code: 0 all passed, 1 something failed, 2 wrong arguments.`;

/** The command line: returns the exit code. */
export function main(args: readonly string[], { base, print, complain }: Surroundings): 0 | 1 | 2 {
  try {
    const { dirs, json, help } = parseArguments(args);
    if (help) {
      print(USAGE);
      return 0;
    }
    if (json !== undefined) checkFolder(resolve(base, json), json);
    const result = runConformance(dirs, { base });
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
  help: boolean;
} {
  const dirs: string[] = [];
  let json: string | undefined;
  let help = false;
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] as string;
    if (argument === "--help" || argument === "-h") help = true;
    else if (argument === "--json") {
      json = args[++i];
      if (json === undefined) throw new UsageError("--json needs a file name");
    } else if (argument.startsWith("--json=")) json = argument.slice("--json=".length);
    else if (argument.startsWith("-"))
      throw new UsageError(`unknown option ${argument}; usage: conformance DIR... [--json FILE]`);
    else dirs.push(argument);
  }
  return { dirs, json, help };
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
