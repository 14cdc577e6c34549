import type { EndEvent } from "@rnn/train";
import type { Task, Training, Verdict } from "../tasks/task.ts";
import type { Epoch } from "./epochs.ts";
import { jsonName } from "./json-names.ts";

/** A training that has ended. */
export interface Outcome {
  /** With those before an interruption, if the training was resumed from checkpoints that have a log. */
  readonly epochs: readonly Epoch[];
  readonly end: EndEvent;
}

/** What `train --json` prints: where the model is, how the training went and how the model did. */
export function trainingJson(
  { name }: Task,
  { source, seed, metrics }: Training,
  { epochs, end }: Outcome,
  model: string | null,
  verdict: Verdict | null,
): object {
  return {
    task: name,
    data: source,
    seed,
    model,
    ended: end.reason,
    seconds: end.seconds,
    updates: end.steps,
    bestEpoch: end.bestEpoch,
    epochs: epochs.map(({ epoch, trainLoss, validation }) => ({
      epoch,
      loss: trainLoss,
      validation: {
        loss: validation.loss,
        ...Object.fromEntries(
          metrics.map(({ name, title = name }) => [jsonName(title), validation.metrics[name]]),
        ),
      },
    })),
    test: verdict === null ? null : { name: jsonName(verdict.name), ...verdict.json },
  };
}
