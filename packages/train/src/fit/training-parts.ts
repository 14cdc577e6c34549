import type { Module } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import type { AverageState, ExponentialMovingAverage } from "../exponential-moving-average.ts";
import type { Optimizer, OptimizerState } from "../optimizers/optimizer.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Checkpoint, TensorState } from "./checkpoint.ts";

/**
 * What changes as a model is trained, and is saved in checkpoints.
 *
 * @public
 */
export interface TrainingParts {
  /** The model: its weights and buffers. */
  readonly model: Module;
  /** Updates the weights. */
  readonly optimizer: Optimizer;
  /** Changes the learning rates. */
  readonly schedule?: Schedule | undefined;
  /** Averages the weights; not while it is swapped into the model. */
  readonly ema?: ExponentialMovingAverage | undefined;
  /** What else belongs to the training, by name: a second model, a `CarriedState`. */
  readonly also?: Readonly<Record<string, TensorState>> | undefined;
}

/** Copies of all parts, as a checkpoint holds them. */
export function captureParts(parts: TrainingParts): Pick<Checkpoint, "state" | "tensors"> {
  const { model, optimizer, schedule, ema, also = {} } = parts;
  const { tensors: buffers, ...settings } = optimizer.stateDict();
  const averages = ema?.stateDict();
  return {
    state: {
      optimizer: settings,
      schedule: schedule?.stateDict() ?? null,
      averages: averages?.updates ?? null,
    },
    tensors: new Map([
      ...named("model", copied(model.stateDict())),
      ...named("optimizer", buffers),
      ...named("averages", averages?.tensors ?? []),
      ...Object.entries(also).flatMap(([name, part]) => named(`also.${name}`, copied(part.stateDict()))),
    ]),
  };
}

/** Throws if a checkpoint has a schedule or averages where there are none to load them into, or the other way round. */
export function checkParts(where: string, { schedule, ema }: TrainingParts, { state }: Checkpoint): void {
  const pairs = { schedule: [schedule, state.schedule], ema: [ema, state.averages] };
  for (const [name, [present, saved = null]] of Object.entries(pairs)) {
    if ((present === undefined) === (saved === null)) continue;
    throw new RangeError(`${where}: the checkpoint was saved with${saved === null ? "out" : ""} ${name}`);
  }
}

/** Puts all parts back. */
export function restoreParts(parts: TrainingParts, { state, tensors }: Checkpoint): void {
  const { model, optimizer, schedule, ema, also = {} } = parts;
  model.loadStateDict(within("model", tensors));
  schedule?.loadStateDict(state.schedule as Record<string, unknown>);
  // after the schedule: the optimizer's options hold the rates in force
  optimizer.loadStateDict({ ...(state.optimizer as OptimizerState), tensors: within("optimizer", tensors) });
  ema?.loadStateDict({ updates: state.averages, tensors: within("averages", tensors) } as AverageState);
  for (const [name, part] of Object.entries(also)) part.loadStateDict(within(`also.${name}`, tensors));
}

/** Names with a first part in front. */
export function named(part: string, tensors: Iterable<readonly [string, Tensor]>): [string, Tensor][] {
  return Array.from(tensors, ([name, tensor]) => [`${part}.${name}`, tensor]);
}

/** The tensors whose names begin with a part, without it. */
export function within(part: string, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const entries = [...tensors].filter(([name]) => name.startsWith(`${part}.`));
  return new Map(entries.map(([name, tensor]) => [name.slice(part.length + 1), tensor]));
}

/** Tensors of their own with the same elements. */
export function copied(tensors: Iterable<readonly [string, Tensor]>): [string, Tensor][] {
  return Array.from(tensors, ([name, tensor]) => [name, tensor.clone()]);
}
