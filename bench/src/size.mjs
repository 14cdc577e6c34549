import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { libraries } from "./libraries/index.mjs";
import { peersFolder } from "./peers.mjs";

const bench = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = ["tensor", "nn", "train", "text"];

/**
 * Kilobytes (1000 bytes), minified and gzipped at level 9, of a browser program that builds an LSTM and trains one step;
 * WebAssembly is counted whether it is embedded or fetched.
 *
 * Of our packages, which do not count the packages that they depend on: what each adds to that program, that is how much
 * smaller the program is without it; one function, which shows that the rest can be left out; and all exports, which no program has.
 */
export async function bundleSizes(name) {
  const { program, wasm = [] } = libraries[name];
  if (program === undefined) return [];
  const source = readFileSync(join(bench, "programs", program), "utf8");
  const isOurs = name === "rnn";
  const fetched = wasm.map((file) => readFileSync(join(peersFolder, "node_modules", file)));
  const whole = await gzipKilobytes(source, isOurs ? bench : peersFolder, fetched);
  const results = [{ metric: "program", value: whole, unit: "kB" }];
  if (!isOurs) return results;
  for (const name of packages) {
    if (!source.includes(`"@rnn/${name}"`)) continue;
    const rest = await gzipKilobytes(source, bench, [], [name]);
    results.push({ metric: `@rnn/${name} in the program`, value: whole - rest, unit: "kB" });
  }
  const single = await gzipKilobytes('export { basicEnglish } from "@rnn/text";', bench, []);
  results.push({ metric: "basicEnglish of @rnn/text", value: single, unit: "kB" });
  for (const name of packages) {
    const others = packages.filter((other) => other !== name);
    const value = await gzipKilobytes(`export * from "@rnn/${name}";`, bench, [], others);
    results.push({ metric: `@rnn/${name} with all exports`, value, unit: "kB" });
  }
  return results;
}

/** @param without - our packages that are left out */
async function gzipKilobytes(contents, resolveDir, fetched, without = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
    nodePaths: [join(peersFolder, "node_modules")],
    external: [
      ...without.map((name) => `@rnn/${name}`),
      // what the peers' Node branches import
      ...["fs", "path", "os", "util", "crypto", "worker_threads", "perf_hooks", "module", "url", "node:*"],
    ],
  });
  const files = [...outputFiles.map((file) => file.contents), ...fetched];
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0) / 1000;
}
