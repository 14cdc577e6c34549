import type { Module } from "@rnn/nn";
import { defaultGenerator, Generator, type GeneratorState } from "@rnn/tensor";
import { checkList, checkObject } from "../check.ts";
import type { BestWeights } from "./best-weights.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { EarlyStopping } from "./early-stopping.ts";
import type { FitOptions } from "./options.ts";
import {
  captureParts,
  checkParts,
  named,
  restoreParts,
  type TrainingParts,
  within,
} from "./training-parts.ts";
import type { TrainingProgress, TrainingProgressState } from "./training-progress.ts";

/** What {@link RunState} gathers. */
interface RunParts {
  readonly model: Module;
  /** Training and validation batches. */
  readonly sources: readonly unknown[];
  readonly options: Pick<FitOptions<never>, "optimizer" | "schedule" | "ema" | "checkpoints">;
  readonly progress: TrainingProgress;
  readonly stopping: EarlyStopping;
  readonly best: BestWeights;
}

/** Everything in a run of {@link fit} that changes as it goes on. */
export class RunState {
  readonly #parts: TrainingParts;
  readonly #progress: TrainingProgress;
  readonly #stopping: EarlyStopping;
  readonly #best: BestWeights;
  readonly #generators: readonly Generator[];
  #atEpochStart: readonly GeneratorState[] = [];

  constructor({ model, sources, options, progress, stopping, best }: RunParts) {
    const { optimizer, schedule, ema, checkpoints } = options;
    this.#parts = { model, optimizer, schedule, ema, also: checkpoints?.also };
    this.#progress = progress;
    this.#stopping = stopping;
    this.#best = best;
    const ofSources = sources.map((source) => Object(source).generator);
    const given = [defaultGenerator(), ...ofSources, ...(checkpoints?.generators ?? [])];
    this.#generators = [...new Set(given)].filter((generator) => generator instanceof Generator);
  }

  /** Remembers the state of the generators that the epoch's batches are drawn from. */
  beginEpoch(): void {
    this.#atEpochStart = this.#generatorStates();
  }

  /** A copy of everything. */
  capture(): Checkpoint {
    const progress = this.#progress.stateDict();
    const { state, tensors } = captureParts(this.#parts);
    return {
      step: progress.steps,
      epoch: progress.epochs,
      state: {
        ...state,
        progress,
        stopping: this.#stopping.stateDict(),
        generators: { epochStart: this.#atEpochStart, now: this.#generatorStates() },
      },
      tensors: new Map([...tensors, ...named("best", this.#best.copy ?? [])]),
    };
  }

  /**
   * Puts everything back. In the middle of an epoch the generators are set to the start of it, so that its batches can be drawn
   * again; the function that is returned then sets them to the moment of the checkpoint.
   */
  restore(checkpoint: Checkpoint): () => void {
    const { state, tensors } = checkpoint;
    checkParts("fit", this.#parts, checkpoint);
    checkObject("fit", "generators in the checkpoint", state.generators);
    const { epochStart, now } = state.generators as SavedGenerators;
    for (const list of [epochStart, now]) checkList("fit", "generators in the checkpoint", list, "states");
    if (now.length !== this.#generators.length) {
      throw new RangeError(
        `fit: the checkpoint was saved with ${now.length} random generators, but there are ${this.#generators.length}`,
      );
    }
    restoreParts(this.#parts, checkpoint);
    this.#stopping.loadStateDict(state.stopping as ReturnType<EarlyStopping["stateDict"]>);
    this.#progress.loadStateDict(state.progress as TrainingProgressState);
    const best = within("best", tensors);
    this.#best.copy = best.size === 0 ? null : best;
    this.#atEpochStart = epochStart;
    const resume = () => this.#setGenerators(now);
    if (this.#progress.batches === 0) resume();
    else this.#setGenerators(epochStart);
    return resume;
  }

  #generatorStates(): GeneratorState[] {
    return this.#generators.map((generator) => generator.getState());
  }

  #setGenerators(states: readonly GeneratorState[]): void {
    this.#generators.forEach((generator, k) => {
      generator.setState(states[k] as GeneratorState);
    });
  }
}

/** The states of the generators at the start of the epoch and at the moment of a checkpoint. */
interface SavedGenerators {
  readonly epochStart: readonly GeneratorState[];
  readonly now: readonly GeneratorState[];
}
