// Bundles the package in the current folder into one readable ES module, dist/index.js, with a source map. Runs after tsc,
// which writes the declarations. One file loads several times as fast as the hundred or more that it is made of.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const { "@rnn/source": input, default: file } = exports["."];

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
await bundle.write({
  file,
  sourcemap: true,
  sourcemapExcludeSources: true, // src is published too
  comments: { legal: false, annotation: true, jsdoc: false }, // the declarations have the documentation
});
removeOldFiles();

/** Removes code that earlier builds left beside the bundle: it would be packed. */
function removeOldFiles() {
  const folder = dirname(file);
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (/\.js(\.map)?$/.test(name) && !path.startsWith(join(file))) rmSync(path);
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
