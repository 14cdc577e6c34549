// Installs each packed package alone in a scratch project, as a user would, compiles a strict TypeScript program against
// it (lib ES2022, no ambient types; with the oldest TypeScript that is promised and with today's) and runs it. An error must
// lead to the published source: the code is bundled, and its source map names the files of src.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), "rnn-packed-"));
const { resolve } = createRequire(import.meta.url);
const compilers = [resolve("typescript-5.4/bin/tsc"), resolve("typescript/bin/tsc")];

/** The packages, each with something that throws. */
const failures = {
  text: "basicEnglish(1)",
  tensor: "zeros(1)",
  nn: "new Linear(1)",
  train: "new Adam(1)",
};
const names = Object.keys(failures);

try {
  const tarballs = Object.fromEntries(names.map((name) => [`@rnn/${name}`, pack(name)]));
  for (const name of names) check(name, tarballs);
  console.log(`${names.length} packages install alone, compile and run`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function pack(name) {
  const folder = join(scratch, "tarballs", name);
  mkdirSync(folder, { recursive: true });
  execFileSync("pnpm", ["pack", "--pack-destination", folder], {
    cwd: join(root, "packages", name),
    stdio: "pipe",
  });
  return join(folder, readdirSync(folder)[0]);
}

function check(name, tarballs) {
  const project = join(scratch, name);
  mkdirSync(project);
  const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const needed = [manifest.name, ...Object.keys(manifest.dependencies ?? {})];
  const dependencies = Object.fromEntries(needed.map((key) => [key, `file:${tarballs[key]}`]));
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies, overrides: dependencies }),
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], project);
  copyFileSync(join(root, "scripts/packed", `${name}.ts`), join(project, "main.ts"));
  // the declarations of every entry point
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith(".json"));
  const imports = entries.map(
    (entry, i) => `export * as entry${i} from "${manifest.name}${entry.slice(1)}";\n`,
  );
  writeFileSync(join(project, "entries.ts"), imports.join(""));
  const options = {
    target: "ES2022",
    module: "NodeNext",
    lib: ["ES2022"],
    types: [],
    strict: true,
    skipLibCheck: false,
  };
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files: ["main.ts", "entries.ts"] }),
  );
  for (const tsc of compilers) run(process.execPath, [tsc, "-p", "."], project);
  run(process.execPath, ["main.js"], project);
  checkSourceMap(name, project);
  console.log(`@rnn/${name} (${manifest.version}): installed from its tarball, compiled, ran`);
}

function checkSourceMap(name, project) {
  const failure = failures[name];
  const symbol = /(\w+)\(/.exec(failure)[1];
  writeFileSync(
    join(project, "fail.js"),
    `import { ${symbol} } from "@rnn/${name}";\ntry { ${failure}; } catch (error) { console.log(error.stack); }\n`,
  );
  const stack = run(process.execPath, ["--enable-source-maps", "fail.js"], project);
  const source = /(\/[^\s()]+\/src\/[^\s()]+\.ts):\d+/.exec(stack)?.[1];
  if (source !== undefined && existsSync(source)) return;
  console.error(`@rnn/${name}: the stack of an error does not lead to the published source:\n${stack}`);
  process.exit(1);
}

function run(program, args, cwd) {
  try {
    return execFileSync(program, args, {
      cwd,
      stdio: "pipe",
      encoding: "utf8",
      shell: process.platform === "win32",
    });
  } catch (error) {
    console.error(
      `${program} ${args.join(" ")} failed in a project with only the packed package:\n${error.stdout}${error.stderr}`,
    );
    process.exit(1);
  }
}
