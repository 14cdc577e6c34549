import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";

const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Blocks that name their file, ```` ```ts train.ts ````, by that name. */
function namedBlocks(file: string): Map<string, string> {
  const text = readFileSync(join(packageRoot, file), "utf8").replaceAll(/^ \* ?/gm, "");
  const blocks = [...text.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)];
  return new Map(blocks.map(([, name, code]) => [name!, code!]));
}

test.each(["README.md", "src/parallel/serve-replica.ts"])(
  "the modules in %s train together and print what they say",
  async (file) => {
    const blocks = namedBlocks(file);
    mkdirSync(join(packageRoot, "temp"), { recursive: true });
    const folder = mkdtempSync(join(packageRoot, "temp", "parallel-"));
    try {
      for (const [name, code] of blocks) writeFileSync(join(folder, name), code);
      await build({
        entryPoints: ["train.ts", "replica.ts"].map((name) => join(folder, name)),
        outdir: folder,
        outExtension: { ".js": ".js" },
        bundle: true,
        format: "esm",
        platform: "node",
        target: "node20",
        conditions: ["@rnn/source"],
        logLevel: "error",
      });
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "train.js")]);
      const said = [...blocks.get("train.ts")!.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(
        ([, text]) => text,
      );
      expect(said.length).toBeGreaterThan(0);
      expect(stdout.trim().split("\n")).toEqual(said);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
