/**
 * Compares the sizes of W8 with the recorded ones in sizes.json: `node src/check-sizes.mjs [--update]`, after a build. Fails if
 * the program, what a package adds to it, or a function alone has grown by more than 5 %; sizes with all exports, which grow
 * with every new function, are only printed. `--update` records the sizes as they are.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { bundleSizes } from "./size.mjs";

const TOLERANCE = 0.05;

const file = new URL("../sizes.json", import.meta.url);
const sizes = Object.fromEntries(
  (await bundleSizes("rnn")).map(({ metric, value }) => [metric, Number(value.toFixed(1))]),
);
if (process.argv.includes("--update")) {
  writeFileSync(file, `${JSON.stringify(sizes, null, 2)}\n`);
} else {
  const recorded = JSON.parse(readFileSync(file, "utf8"));
  for (const [metric, size] of Object.entries(sizes)) {
    const isWithin = metric.includes("all exports") || size <= recorded[metric] * (1 + TOLERANCE);
    console.log(
      `${metric}: ${size} kB, recorded ${recorded[metric]} kB${isWithin ? "" : ": grown too much"}`,
    );
    if (!isWithin) process.exitCode = 1;
  }
  if (process.exitCode === 1) {
    console.error("if the growth is worth it, record it: node bench/src/check-sizes.mjs --update");
  }
}
