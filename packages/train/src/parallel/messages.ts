import type { BatchMessage } from "./batch-message.ts";
import type { SharedMemory, TensorSpec } from "./shared-memory.ts";

/** What the training thread sends to a replica. */
export type ToReplica =
  | {
      readonly replica: "start";
      readonly index: number;
      readonly memory: SharedMemory;
      readonly specs: readonly TensorSpec[];
    }
  | {
      readonly replica: "batch";
      /** `null` if the batch has too few samples for all. */
      readonly shard: { readonly content: BatchMessage; readonly weight: number } | null;
      /** What the gradients are multiplied by. */
      readonly factor: number;
      /** Of the default generator, for this batch. */
      readonly seed: number;
    }
  | { readonly replica: "next" };

/** What a replica sends back. */
export type FromReplica =
  | { readonly replica: "waiting" }
  | { readonly replica: "ready"; readonly serves: "loss" | "chunks" }
  | ({ readonly replica: "done" } & Done)
  | { readonly replica: "failed"; readonly message: string; readonly stack: string | undefined };

/** What a replica reports after an exchange of gradients. */
export interface Done {
  /** `null` once its shard is finished. */
  readonly loss: number | null;
  readonly weight: number;
  /** Whether random numbers were drawn. */
  readonly drew: boolean;
}

/** A message of a training, or `null` for one that somebody else posted. */
export function asMessage<Message extends ToReplica | FromReplica>(data: unknown): Message | null {
  const isOurs = typeof data === "object" && data !== null && "replica" in data;
  return isOurs ? (data as Message) : null;
}
