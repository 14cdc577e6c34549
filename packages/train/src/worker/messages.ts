import type { TrainEvent } from "../fit/events.ts";

/** What the thread that follows a training sends to the one that trains. */
export type ToTraining =
  | { readonly training: "start"; readonly settings: unknown }
  | { readonly training: "control"; readonly aborted: boolean; readonly paused: boolean };

/** What the thread that trains sends back. */
export type FromTraining =
  | { readonly training: "waiting" }
  | { readonly training: "event"; readonly event: TrainEvent<string> }
  /** `weights`: the model's, as a safetensors file. */
  | { readonly training: "done"; readonly weights: Uint8Array }
  | { readonly training: "failed"; readonly message: string; readonly stack: string | undefined };

/** A message of a training, or `null` for one that somebody else posted. */
export function asMessage<Message extends ToTraining | FromTraining>(data: unknown): Message | null {
  const isOurs = typeof data === "object" && data !== null && "training" in data;
  return isOurs ? (data as Message) : null;
}
