import { build } from "esbuild";
import { expect, test } from "vitest";

/** The files of a bundle that divides code where it is imported dynamically: what is loaded at once, and the rest. */
async function bundle(program: string): Promise<{ first: string; later: string }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    absWorkingDir: "/", // paths in the metafile are relative to it
    outdir: "/",
    format: "esm",
    target: "es2022",
    conditions: ["@rnn/source"],
    logLevel: "error",
  });
  const reached = new Set<string>();
  const reach = (path: string) => {
    reached.add(path);
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && !reached.has(next)) reach(next);
    }
  };
  reach("stdin.js");
  const textOf = (isFirst: boolean) =>
    outputFiles.filter(({ path }) => reached.has(path.slice(1)) === isFirst).map(({ text }) => text);
  return { first: textOf(true).join(""), later: textOf(false).join("") };
}

test("a program that trains loads the code of replicas only when it uses them", async () => {
  const { first, later } = await bundle('import { fit } from "@rnn/train"; globalThis.fit = fit;');
  expect(first).toContain("has no batches");
  expect(first).not.toContain("has not called serveReplica");
  expect(later).toContain("has not called serveReplica");
});
