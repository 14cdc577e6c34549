import type { Module } from "@rnn/nn";
import type { FitOptions } from "../fit/options.ts";
import { Replicas } from "./replicas.ts";

/** Starts the replicas that `fit` was asked for; or says why there can be none here. */
export async function startReplicas<Batch, Name extends string>(
  model: Module,
  count: number,
  { worker, shard, chunks }: FitOptions<Batch, Name>,
): Promise<Replicas<Batch> | string> {
  const missing = missingHere();
  if (missing !== null) return notice(count, missing);
  try {
    return await Replicas.start(model, {
      count,
      worker: worker!,
      divide: shard,
      serves: chunks === undefined ? "loss" : "chunks",
    });
  } catch (error) {
    // what `new Worker` throws where there is no such thing
    if (error instanceof ReferenceError && platform().Worker === undefined)
      return notice(count, error.message);
    throw error;
  }
}

function notice(count: number, reason: string): string {
  return `parallel: ${count} is not possible here, so one thread does all: ${reason}`;
}

interface Platform {
  readonly SharedArrayBuffer?: unknown;
  readonly crossOriginIsolated?: boolean;
  readonly Worker?: unknown;
}

const platform = (): Platform => globalThis as Platform;

/** What the platform lacks; `null` if nothing. */
function missingHere(): string | null {
  const { SharedArrayBuffer: memory, crossOriginIsolated } = platform();
  if (memory !== undefined && crossOriginIsolated !== false) return null;
  return (
    "there is no SharedArrayBuffer. A page has it when it is served with the headers " +
    "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp"
  );
}
