import type { Module } from "@rnn/nn";
import { defaultGenerator, Generator, type GeneratorState, type Tensor } from "@rnn/tensor";
import { checkList, checkObject } from "../check.ts";
import type { AverageState } from "../exponential-moving-average.ts";
import type { OptimizerState } from "../optimizers/optimizer.ts";
import type { BestWeights } from "./best-weights.ts";
import type { Checkpoint, TensorState } from "./checkpoint.ts";
import type { EarlyStopping } from "./early-stopping.ts";
import type { FitOptions } from "./options.ts";
import type { Progress, ProgressState } from "./progress.ts";

/** What {@link RunState} gathers. */
interface Parts {
  readonly model: Module;
  /** Training and validation batches. */
  readonly sources: readonly unknown[];
  readonly options: Pick<FitOptions<never>, "optimizer" | "schedule" | "ema" | "checkpoints">;
  readonly progress: Progress;
  readonly stopping: EarlyStopping;
  readonly best: BestWeights;
}

/** Everything of a training that changes while it runs. */
export class RunState {
  readonly #model: Module;
  readonly #options: Parts["options"];
  readonly #progress: Progress;
  readonly #stopping: EarlyStopping;
  readonly #best: BestWeights;
  readonly #generators: readonly Generator[];
  #atEpochStart: readonly GeneratorState[] = [];

  constructor({ model, sources, options, progress, stopping, best }: Parts) {
    this.#model = model;
    this.#options = options;
    this.#progress = progress;
    this.#stopping = stopping;
    this.#best = best;
    const ofSources = sources.map((source) => Object(source).generator);
    const given = [defaultGenerator(), ...ofSources, ...(options.checkpoints?.generators ?? [])];
    this.#generators = [...new Set(given)].filter((generator) => generator instanceof Generator);
  }

  /** Remembers from which random numbers the epoch's batches come. */
  beginEpoch(): void {
    this.#atEpochStart = this.#draws();
  }

  /** A copy of everything. */
  capture(): Checkpoint {
    const { optimizer, schedule, ema } = this.#options;
    const { tensors: buffers, ...settings } = optimizer.stateDict();
    const averages = ema?.stateDict();
    const progress = this.#progress.stateDict();
    return {
      step: progress.steps,
      epoch: progress.epochs,
      state: {
        progress,
        stopping: this.#stopping.stateDict(),
        optimizer: settings,
        schedule: schedule?.stateDict() ?? null,
        averages: averages?.updates ?? null,
        generators: { epochStart: this.#atEpochStart, now: this.#draws() },
      },
      tensors: new Map([
        ...named("model", copied(this.#model.stateDict())),
        ...named("optimizer", buffers),
        ...named("averages", averages?.tensors ?? []),
        ...named("best", this.#best.copy ?? []),
        ...this.#also().flatMap(([name, also]) => named(`also.${name}`, copied(also.stateDict()))),
      ]),
    };
  }

  /**
   * Puts everything back. In the middle of an epoch, random numbers then come from its start, so that its batches can be made
   * again; calling what is returned continues with those of the checkpoint.
   */
  restore({ state, tensors }: Checkpoint): () => void {
    const { schedule, ema, optimizer } = this.#options;
    const { averages, generators } = state as { averages?: number | null; generators?: SavedDraws };
    this.#checkPresence("schedule", schedule, state.schedule);
    this.#checkPresence("ema", ema, averages);
    checkObject("fit", "generators in the checkpoint", generators);
    const { epochStart, now } = generators as SavedDraws;
    for (const list of [epochStart, now]) checkList("fit", "generators in the checkpoint", list, "states");
    if (now.length !== this.#generators.length) {
      throw new RangeError(
        `fit: the checkpoint was saved with ${now.length} random generators, but there are ${this.#generators.length}`,
      );
    }
    this.#model.loadStateDict(within("model", tensors));
    schedule?.loadStateDict(state.schedule as Record<string, unknown>);
    optimizer.loadStateDict({
      ...(state.optimizer as OptimizerState),
      tensors: within("optimizer", tensors),
    });
    ema?.loadStateDict({ updates: averages, tensors: within("averages", tensors) } as AverageState);
    this.#stopping.loadStateDict(state.stopping as ReturnType<EarlyStopping["stateDict"]>);
    this.#progress.loadStateDict(state.progress as ProgressState);
    for (const [name, also] of this.#also()) also.loadStateDict(within(`also.${name}`, tensors));
    const best = within("best", tensors);
    this.#best.copy = best.size === 0 ? null : best;
    const resume = () => this.#draw(now);
    this.#atEpochStart = epochStart;
    if (this.#progress.batches === 0) resume();
    else this.#draw(epochStart);
    return resume;
  }

  #also(): [string, TensorState][] {
    return Object.entries(this.#options.checkpoints?.also ?? {});
  }

  #draws(): GeneratorState[] {
    return this.#generators.map((generator) => generator.getState());
  }

  #draw(states: readonly GeneratorState[]): void {
    this.#generators.forEach((generator, k) => {
      generator.setState(states[k] as GeneratorState);
    });
  }

  #checkPresence(name: string, present: unknown, saved: unknown): void {
    if ((present === undefined) === (saved === null)) return;
    throw new RangeError(`fit: the checkpoint was saved with${saved === null ? "out" : ""} ${name}`);
  }
}

interface SavedDraws {
  readonly epochStart: readonly GeneratorState[];
  readonly now: readonly GeneratorState[];
}

/** Names with a first part in front. */
function named(part: string, tensors: Iterable<readonly [string, Tensor]>): (readonly [string, Tensor])[] {
  return Array.from(tensors, ([name, tensor]) => [`${part}.${name}`, tensor] as const);
}

/** The tensors whose names begin with a part, without it. */
function within(part: string, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const entries = [...tensors].filter(([name]) => name.startsWith(`${part}.`));
  return new Map(entries.map(([name, tensor]) => [name.slice(part.length + 1), tensor]));
}

/** Tensors of their own with the same elements. */
export function copied(tensors: Iterable<readonly [string, Tensor]>): Map<string, Tensor> {
  return new Map(Array.from(tensors, ([name, tensor]) => [name, tensor.clone()] as const));
}
