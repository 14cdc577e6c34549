// Every root command goes through here: it installs what is missing, then runs turbo. Needs only git, Node and npm.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const tools = join(root, ".tools");
const onWindows = process.platform === "win32";

process.env.PATH = [join(root, "node_modules/.bin"), join(tools, "node_modules/.bin"), process.env.PATH].join(
  delimiter,
);
process.env.TURBO_TELEMETRY_DISABLED = "1";

const commands = {
  start: (args) => {
    turbo(["build", "--filter=@rnn/demo..."], { quiet: true });
    node("apps/demo/dist/cli.js", args);
  },
  test: (args) => turbo(["build", "check", "test", ...args]),
  "test:full": (args) => turbo(["build", "check", "test", "test:full", ...args]),
  build: (args) => turbo(["build", ...args]),
  check: (args) => {
    run("biome", ["check", "--error-on-warnings", "."]);
    run("depcruise", [
      "packages",
      "internal",
      "apps",
      "--config",
      ".dependency-cruiser.mjs",
      "--output-type",
      "err",
    ]);
    run("knip", []);
    turbo(["check", ...args]);
  },
  api: (args) => turbo(["api", "--filter=./packages/*", ...args]),
  "api:update": (args) => turbo(["api:update", "--filter=./packages/*", ...args]),
  "pack-check": (args) => {
    turbo(["pack-check", ...args]);
    node("scripts/check-packed.mjs");
  },
  demo: (args) => {
    turbo(["build", "--filter=@rnn/demo..."], { quiet: true });
    run("pnpm", ["--filter", "@rnn/demo", "run", "page", ...args]);
  },
  docs: (args) => {
    turbo(["build", "--filter=@rnn/docs..."], { quiet: true });
    run("pnpm", ["--filter", "@rnn/docs", "run", "preview", ...args]);
  },
  conformance: (args) => {
    turbo(["build", "--filter=@internal/conformance..."], { quiet: true });
    node("internal/conformance/dist/cli.js", args);
  },
  bench: (args) => {
    turbo(["build", "--filter=./packages/*"], { quiet: true });
    if (args[0] === "kernels") kernelBenchmarks(args.slice(1));
    else node("bench/src/cli.mjs", args);
  },
};

const [command, ...args] = process.argv.slice(2);
if (!(command in commands))
  fail(`run.mjs: unknown command "${command}"; expected one of ${Object.keys(commands).join(", ")}`);
checkNode();
install();
commands[command](args);

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
    run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `pnpm@${version}`], {
      cwd: tools,
      quiet: true,
    });
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
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"])
    hash.update(readFileSync(join(root, file)));
  for (const folder of ["packages", "internal", "apps"])
    for (const name of readdirSync(join(root, folder)).sort()) {
      const file = join(root, folder, name, "package.json");
      if (existsSync(file)) hash.update(readFileSync(file));
    }
  return hash.digest("hex");
}

/** `quiet` prints the output only if the command fails. */
function turbo(args, { quiet = false } = {}) {
  const output = quiet ? "errors-only" : process.env.CI ? "full" : "new-only";
  // test suites use several threads themselves: more tasks than cores would only make each other slow
  const concurrency = `--concurrency=${Math.max(2, availableParallelism())}`;
  run("turbo", ["run", ...args, concurrency, `--output-logs=${output}`], { quiet });
}

/** The packages' own benchmarks: all of them, or those whose name begins with the first argument, which get the rest. */
function kernelBenchmarks([name, ...args]) {
  const files = readdirSync(join(root, "packages")).flatMap((folder) => {
    const bench = join("packages", folder, "bench");
    if (!existsSync(join(root, bench))) return [];
    const names = readdirSync(join(root, bench)).filter((file) => /\.bench\.(ts|mjs)$/.test(file));
    return names.map((file) => join(bench, file));
  });
  const chosen = files.filter((file) => name === undefined || basename(file).startsWith(name));
  if (chosen.length === 0)
    fail(
      `bench kernels: no benchmark "${name}"; there are ${files.map((file) => basename(file)).join(", ")}`,
    );
  for (const file of chosen) {
    note(file);
    node(file, args);
  }
}

function node(file, args = []) {
  // Ctrl-C reaches the child as well, which may have something to save: live until it is done
  process.on("SIGINT", () => {});
  const loader = file.endsWith(".ts") ? ["--import", import.meta.resolve("tsx")] : [];
  const command = [...loader, join(root, file), ...args];
  const { status, signal } = spawnSync(process.execPath, command, { stdio: "inherit" });
  process.exitCode = status ?? (signal === "SIGINT" ? 130 : 1);
  if (process.exitCode !== 0) process.exit();
}

function run(program, args, { cwd = root, quiet = false } = {}) {
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
