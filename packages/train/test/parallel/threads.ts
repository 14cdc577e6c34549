import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";

/** Starts a thread with a replica; `data` is what the module finds in `workerData`. */
export type Starter = (data?: unknown) => () => Worker;

/** `replicas/NAME.ts` and all it imports, from source: threads know neither TypeScript nor the source condition. */
export async function bundled(
  name: string,
  options: { format?: "esm"; define?: Record<string, string> } = {},
): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`replicas/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    conditions: ["@rnn/source"],
    logLevel: "error",
    ...options,
  });
  return outputFiles[0]!.text;
}

/** Makes threads that run `replicas/NAME.ts`. */
export async function replicaModule(name: string): Promise<Starter> {
  const code = await bundled(name);
  return (workerData) => () => new Worker(code, { eval: true, workerData });
}
