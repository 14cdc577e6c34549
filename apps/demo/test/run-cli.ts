import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { main } from "../src/main.ts";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

/** What a finished process left. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A running command line, from source. */
export interface Running {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Program and arguments that run the command line from source. */
export function cliCommand(args: readonly string[]): [program: string, ...args: string[]] {
  const node = ["--conditions=@rnn/source", `--import=${import.meta.resolve("tsx")}`, CLI];
  return [process.execPath, ...node, ...args];
}

/** Starts the command line with `cwd` as its folder, `input` on standard input, or null to leave that open. */
export function startCli(args: readonly string[], cwd: string, input: string | null = ""): Running {
  const [program, ...rest] = cliCommand(args);
  const { NO_COLOR: _none, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(program, rest, { cwd, env });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.on("error", () => undefined);
  if (input !== null) child.stdin.end(input);
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return { process: child, finished };
}

/** Runs the same in this process, which is much quicker; paths are relative to this process's folder. */
export async function runMain(args: readonly string[], input = ""): Promise<Finished> {
  let out = "";
  let err = "";
  const chunks = async function* () {
    if (input !== "") yield input;
  };
  const code = await main(args, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    input: chunks(),
    env: {},
  });
  return { code, out, err };
}
