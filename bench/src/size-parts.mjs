/**
 * Says what the program of W8 consists of: `node bench/src/size-parts.mjs`. Of each part, how many kilobytes smaller the
 * program would be without its files, minified and gzipped; built from the sources, and without the few bytes between files.
 * `--files` says it for every file.
 */
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const bench = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(dirname(bench), "packages");

/** A file belongs to the first part whose expression its path matches. */
const parts = Object.entries({
  "WebAssembly, as text": /wasm-module\.ts$/,
  "checks of options and names": /(options|check[\w-]*|nearest-name|advice|describe)\.ts$/,
  "tensors: random numbers of PyTorch": /^tensor\/src\/random\//,
  "tensors: matrix products": /^tensor\/.*(gemm|matmul|products)/,
  "tensors: other kernels and loops": /^tensor\/src\/(kernels|loops)\//,
  "tensors: other operations": /^tensor\/src\/ops\//,
  "tensors: the class, shapes, lists, printing": /^tensor\//,
  "layers: SIMD paths": /^nn\/.*(simd|resident|buffers\.ts|kernels\/|-pool|held-parts)/,
  "layers: plain paths": /^nn\/.*recurrent\/(lstm-plain|activations|products|lstm-sequence|lstm-cell)/,
  "layers: lengths, dropout, traces, projections":
    /^nn\/.*(row-order|valid-steps|timeline|trace|hidden-|forget-bias|lengths)/,
  "layers: the rest of LSTM and Linear": /^nn\/src\/(recurrent|layers|init)\//,
  "variables: operations": /^nn\/src\/functional\//,
  "variables: graph and backward": /^nn\/src\/autograd\//,
  "modules and state dicts": /^nn\//,
  "Adam, its state, parameter groups": /^train\//,
  "the program itself": /./,
});
const partOf = (path) => parts.find(([, files]) => files.test(path))[0];

const files = await minifiedFiles();
const program = [...files.values()].join("\n");
const whole = gzipped(program);
const nameOf = process.argv.includes("--files") ? (path) => path : partOf;
const names = [...new Set([...files.keys()].map(nameOf))];
const sizes = names.map((name) => {
  const rest = [...files].filter(([path]) => nameOf(path) !== name).map(([, text]) => text);
  return [name, whole - gzipped(rest.join("\n"))];
});
for (const [name, size] of sizes.sort((a, b) => b[1] - a[1])) print(size, name);
print(whole - sizes.reduce((sum, [, size]) => sum + size, 0), "repetitions between parts");
print(whole, "in all");
print(whole - gzipped(withoutMessages(program)), "of it in texts of errors");

/** The files of the program by path, with names and syntax as in the whole. */
async function minifiedFiles() {
  const { outputFiles } = await build({
    entryPoints: [join(bench, "programs/rnn.mjs")],
    bundle: true,
    minifySyntax: true,
    minifyIdentifiers: true, // but not white space: a comment before each file says its path
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["@rnn/source"],
    absWorkingDir: bench,
    logLevel: "error",
  });
  const [, ...pieces] = outputFiles[0].text.split(/^\/\/ (\S+)$/m);
  const found = new Map();
  for (let i = 0; i < pieces.length; i += 2) {
    const path = relative(packages, resolve(bench, pieces[i]));
    const { code } = await transform(pieces[i + 1], { minifyWhitespace: true, target: "es2022" });
    found.set(path, code.trimEnd());
  }
  return found;
}

function withoutMessages(code) {
  return code.replace(/(new \w+)\((`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*")(\+(`[^`]*`|"[^"]*"))*/g, "$1(0");
}

function gzipped(text) {
  return gzipSync(text, { level: 9 }).length;
}

function print(bytes, name) {
  console.log(`${(bytes / 1000).toFixed(2).padStart(6)} kB  ${name}`);
}
