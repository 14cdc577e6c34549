import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";

/** Starts a thread with a replica; `data` is what the module finds in `workerData`. */
export type Starter = (data?: unknown) => () => Worker;

/** Bundles `replicas/NAME.ts` from source, once: threads know neither TypeScript nor the source condition. */
export async function replicaModule(name: string): Promise<Starter> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`replicas/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    conditions: ["@rnn/source"],
    logLevel: "error",
  });
  const code = outputFiles[0]!.text;
  return (workerData) => () => new Worker(code, { eval: true, workerData });
}
