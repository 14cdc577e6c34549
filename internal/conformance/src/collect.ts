import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { CaseFile, GoldenCase, PeerCase } from "./cases.ts";

/** What is wrong with the arguments of a run; the command line prints it and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The case files found in some folders, and the JSON files that are not case files. */
export interface Collection {
  readonly files: readonly CaseFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Reads every `*.json` in the given folders and their subfolders; a folder may also be one file.
 *
 * @throws UsageError for a path that does not exist, a file that is not JSON, a malformed case, or no case at all.
 */
export function collect(paths: readonly string[], base: string): Collection {
  if (paths.length === 0)
    throw new UsageError("no folder given; usage: conformance DIR... [--backend NAME] [--json FILE]");
  const files: CaseFile[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const seen = new Set<string>();
  for (const path of paths.flatMap((given) => jsonFiles(resolve(base, given), given))) {
    if (seen.has(path)) continue;
    seen.add(path);
    const shown = relative(base, path);
    const file = recognise(shown, parse(path, shown));
    if (typeof file === "string") skipped.push({ path: shown, reason: file });
    else files.push(file);
  }
  if (files.every((file) => file.cases.length === 0))
    throw new UsageError(`no cases found in ${paths.join(", ")}: ${whyEmpty(files, skipped)}`);
  return { files, skipped };
}

/** Why there is no case: the first file and what is wrong with it, and how many others there are. */
function whyEmpty(files: Collection["files"], skipped: Collection["skipped"]): string {
  const reasons = [
    ...files.map(({ path }) => `the list of cases of ${path} is empty`),
    ...skipped.map(({ path, reason }) => `${path}: ${reason}`),
  ];
  const [first = "there is no JSON file"] = reasons;
  const others = reasons.length - 1;
  return others > 0 ? `${first}; ${others} other ${others === 1 ? "file" : "files"} without cases` : first;
}

/** The absolute paths of the JSON files under a path, in alphabetical order. */
function jsonFiles(path: string, given: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`no such folder: ${given}`);
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function parse(path: string, shown: string): unknown {
  try {
    return JSON.parse(keepShares(readFileSync(path, "utf8")));
  } catch (error) {
    throw new UsageError(`${shown}: cannot be read as JSON: ${(error as Error).message}`);
  }
}

/**
 * Scikit-learn takes a document-frequency limit of 1.0 for a share of the texts and 1 for a number of texts. JSON has
 * one kind of number, so shares become strings before they are parsed.
 */
function keepShares(json: string): string {
  return json.replace(/("(?:max|min)_df": ?)(\d+\.\d+)/g, '$1"$2"');
}

/** The file in its format, or the reason why it is in neither. */
function recognise(path: string, content: unknown): CaseFile | string {
  const { schema, cases, torch } = Object(content) as Record<string, unknown>;
  if (schema !== 1 && schema !== "peer-cases/1")
    return `schema is ${JSON.stringify(schema)}, not 1 or "peer-cases/1"`;
  if (!Array.isArray(cases)) return "has no list of cases";
  const title = schema === 1 ? "name" : "id";
  const malformed = cases.findIndex((c) => typeof c?.kind !== "string" || typeof c[title] !== "string");
  if (malformed >= 0) throw new UsageError(`${path}: case ${malformed} has no ${title} or no kind`);
  if (schema === 1) return { path, format: "golden", torch: String(torch), cases: cases as GoldenCase[] };
  return { path, format: "peer", cases: cases as PeerCase[] };
}
