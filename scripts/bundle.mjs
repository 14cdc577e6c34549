// Bundles the package in the current folder into one readable ES module per entry point, such as dist/index.js, with source
// maps; what several entry points use lies in modules of its own, so that it exists once. Runs after tsc, which writes the
// declarations. One file loads several times as fast as the hundred or more that it is made of.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.values(exports).filter((entry) => typeof entry === "object");
const input = Object.fromEntries(
  entries.map(({ "@rnn/source": source, default: file }) => [file.replace(/^\.\/dist\/|\.js$/g, ""), source]),
);

const bundle = await rolldown({
  input,
  external: /^[^./]/, // siblings stay imports by name
  platform: "neutral",
  transform: { target: "es2022" },
  plugins: [pureSpreads()],
  onLog(_level, { message }) {
    throw new Error(`bundle: ${message}`);
  },
});
const { output } = await bundle.write({
  dir: "dist",
  entryFileNames: "[name].js",
  chunkFileNames: "shared/[name].js",
  sourcemap: true,
  sourcemapExcludeSources: true, // src is published too
  comments: { legal: false, annotation: true, jsdoc: false }, // the declarations have the documentation
});
removeOldFiles(new Set(output.map(({ fileName }) => join(fileName))));

/** Removes code that earlier builds left beside the bundle: it would be packed. */
function removeOldFiles(written) {
  for (const name of readdirSync("dist", { recursive: true })) {
    if (/\.js(\.map)?$/.test(name) && !written.has(name.replace(/\.map$/, ""))) rmSync(join("dist", name));
  }
}

/**
 * Lets bundlers drop unused constants like `const names = { ...others, dtype: true }`. They would keep one for its spread,
 * which could call a getter; there are none here.
 */
function pureSpreads() {
  return {
    name: "pure-spreads",
    transform(code, _id, { magicString }) {
      for (const statement of this.parse(code, { lang: "ts" }).body) {
        for (const { init } of (statement.declaration ?? statement).declarations ?? []) {
          if (!init?.properties?.some(({ type }) => type === "SpreadElement")) continue;
          magicString.appendLeft(init.start, "/* @__PURE__ */ (() => (").appendRight(init.end, "))()");
        }
      }
      return { code: magicString };
    },
  };
}
