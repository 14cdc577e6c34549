// Every root command goes through here: it installs what is missing, then runs turbo. Needs only git, Node and npm.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const tools = join(root, ".tools");
const onWindows = process.platform === "win32";

const binaries = [join(root, "node_modules/.bin"), join(tools, "node_modules/.bin")];
process.env.PATH = [...binaries, process.env.PATH].join(delimiter);
process.env.TURBO_TELEMETRY_DISABLED = "1";

const commands = {
  start: (args) => {
    turbo(["build", "--filter=@rnn/demo..."], { quiet: true });
    return node("apps/demo/dist/cli.js", args);
  },
  test: (args) => turbo(["build", "check", "test", ...args]),
  "test:full": (args) => turbo(["build", "check", "test", "test:full", ...args]),
  build: (args) => turbo(["build", ...args]),
  check: (args) => {
    run("biome", ["check", "--error-on-warnings", "."]);
    const sources = ["packages", "internal", "apps", "examples"];
    run("depcruise", [...sources, "--config", ".dependency-cruiser.mjs", "--output-type", "err"]);
    run("knip");
    turbo(["check", ...args]);
  },
  format: (args) => run("biome", ["check", "--write", ...(args.length === 0 ? ["."] : args)]),
  api: (args) => turbo(["api", "--filter=./packages/*", ...args]),
  "api:update": (args) => turbo(["api:update", "--filter=./packages/*", ...args]),
  "pack-check": (args) => {
    turbo(["pack-check", ...args]);
    return node("scripts/check-packed.mjs");
  },
  demo: (args) => {
    turbo(["build", "--filter=@rnn/demo..."], { quiet: true });
    return node("apps/demo/scripts/page.mjs", args);
  },
  docs: (args) => {
    turbo(["build", "--filter=@rnn/docs..."], { quiet: true });
    run("pnpm", ["--filter", "@rnn/docs", "run", "preview", ...args]);
  },
  example: (args) => {
    turbo(["build", "--filter=./packages/*"], { quiet: true });
    return node("examples/src/cli.ts", args);
  },
  conformance: (args) => {
    turbo(["build", "--filter=@internal/conformance..."], { quiet: true });
    return node("internal/conformance/dist/cli.js", args);
  },
  bench: (args) => {
    turbo(["build", "--filter=./packages/*"], { quiet: true });
    const [name, ...rest] = args;
    if (name === "kernels") return kernelBenchmarks(rest);
    if (name === "compare" || name === "growth") return node(`bench/src/${name}.mjs`, rest);
    return node("bench/src/cli.mjs", args);
  },
  changeset: (args) => run("changeset", args),
  release: (args) => {
    turbo(["build"]);
    run("changeset", ["publish", ...args]);
  },
};

const [command, ...args] = process.argv.slice(2);
if (!Object.hasOwn(commands, command))
  fail(`run.mjs: unknown command "${command}"; expected one of ${Object.keys(commands).join(", ")}`);
checkNode();
install();
await commands[command](args);

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.version} is too old: this project needs Node >= 20.19`);
}

/** Installs pnpm and the dependencies unless the lockfile is the one installed last. */
function install() {
  const version = manifest.packageManager.split("@")[1];
  const installed = join(tools, "node_modules/pnpm/package.json");
  if (!existsSync(installed) || JSON.parse(readFileSync(installed, "utf8")).version !== version) {
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, "package.json"), '{ "private": true }\n');
    note(`installing pnpm ${version}`);
    const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];
    run("npm", ["install", ...quietly, `pnpm@${version}`], { cwd: tools, quiet: true });
  }
  const wanted = fingerprint();
  const stamp = join(root, "node_modules/.installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  note("installing dependencies");
  run("pnpm", ["install", "--frozen-lockfile", "--reporter=append-only"], { quiet: true });
  writeFileSync(stamp, wanted);
}

/** Changes when the lockfile or any manifest does. */
function fingerprint() {
  const folders = ["packages", "internal", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => join(folder, name)),
  );
  const manifests = [".", "docs", "bench", "examples", ...folders].map((folder) =>
    join(folder, "package.json"),
  );
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests]) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** `quiet` prints the output only if the command fails. */
function turbo(args, { quiet = false } = {}) {
  const output = quiet ? "errors-only" : "new-only";
  // test suites use several threads themselves: more tasks than cores would only make each other slow
  const concurrency = `--concurrency=${Math.max(2, availableParallelism())}`;
  run("turbo", ["run", ...args, concurrency, `--output-logs=${output}`], { quiet });
}

/** The packages' own benchmarks: all of them, or those whose name begins with the first argument, which get the rest. */
async function kernelBenchmarks([name, ...args]) {
  const files = readdirSync(join(root, "packages")).flatMap((folder) => {
    const bench = join("packages", folder, "bench");
    if (!existsSync(join(root, bench))) return [];
    const names = readdirSync(join(root, bench)).filter((file) => /\.bench\.(ts|mjs)$/.test(file));
    return names.map((file) => join(bench, file));
  });
  const chosen = files.filter((file) => name === undefined || basename(file).startsWith(name));
  if (chosen.length === 0) {
    const names = files.map((file) => basename(file)).join(", ");
    fail(`bench kernels: no benchmark "${name}"; there are ${names}`);
  }
  for (const file of chosen) {
    note(file);
    await node(file, args);
  }
}

/**
 * Runs a program of ours in the folder the user called from, so that paths mean what they typed.
 *
 * Signals are handed on: the program may have something to save. This process lives until it is done.
 */
async function node(file, args = []) {
  const loader = file.endsWith(".ts") ? ["--import", import.meta.resolve("tsx")] : [];
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const child = spawn(process.execPath, [...loader, join(root, file), ...args], { cwd, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  const { code, signal } = await new Promise((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal })),
  );
  if (code !== 0) process.exit(code ?? (signal === "SIGINT" ? 130 : 1));
}

function run(program, args = [], { cwd = root, quiet = false } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    stdio: quiet ? "pipe" : "inherit",
    encoding: "utf8",
    shell: onWindows,
  });
  if (result.error) fail(`${program}: ${result.error.message}`);
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`${result.stdout}${result.stderr}`);
  fail(`"${program} ${args.join(" ")}" failed`, result.status ?? 1);
}

function note(text) {
  process.stderr.write(`${text} ...\n`);
}

function fail(text, code = 1) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}
