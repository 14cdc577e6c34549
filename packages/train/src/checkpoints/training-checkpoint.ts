import { Module } from "@rnn/nn";
import { defaultGenerator, type Generator, type GeneratorState } from "@rnn/tensor";
import {
  checkFunction,
  checkInteger,
  checkList,
  checkObject,
  checkOptions,
  type OptionNames,
  wrongKind,
} from "../check.ts";
import { checkOptimizer } from "../check-optimizer.ts";
import type { Checkpoint } from "../fit/checkpoint.ts";
import type { EarlyStopping } from "../fit/early-stopping.ts";
import { captureParts, checkParts, restoreParts, type TrainingParts } from "../fit/training-parts.ts";

/**
 * What a training loop of your own saves with {@link captureTraining}.
 *
 * @public
 */
export interface TrainingCheckpointParts extends TrainingParts {
  /** Decides when to stop. */
  readonly stopping?: EarlyStopping | undefined;
  /**
   * Random generators that the loop draws from, such as `batches.generator`, always in the same order. The default generator is
   * always saved; `null` is skipped.
   */
  readonly generators?: readonly (Generator | null)[] | undefined;
}

const PARTS: OptionNames<TrainingCheckpointParts> = {
  model: true,
  optimizer: true,
  schedule: true,
  ema: true,
  also: true,
  stopping: true,
  generators: true,
};

/**
 * A checkpoint of a training loop of your own; `fit` makes its checkpoints itself, with its option `checkpoints`.
 *
 * @remarks
 * Everything is copied, so training may continue while a store writes it. Make it between two epochs: a loop that restarts
 * within one would draw its batches again. {@link restoreTraining} puts everything back.
 *
 * @param parts - what is trained, and with what
 * @param done - how many updates and epochs are done
 * @throws TypeError for a part of another kind or an unknown one.
 * @throws RangeError if `step` or `epoch` is not a whole number of at least 0.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { exponentialLR, LRScheduler, SGD, tensorBatches } from "@rnn/train";
 * import { captureTraining, FileCheckpoints, restoreTraining } from "@rnn/train/checkpoints";
 *
 * const store = new FileCheckpoints(mkdtempSync(join(tmpdir(), "training-")));
 * async function train(epochs: number): Promise<number> {
 *   const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 *   const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 });
 *   const schedule = new LRScheduler(optimizer, exponentialLR({ gamma: 0.9 }));
 *   const batches = tensorBatches(tensor([[0], [1], [2]]), tensor([[1], [3], [5]]), { batchSize: 2, seed: 0 });
 *   const parts = { model, optimizer, schedule, generators: [batches.generator] };
 *   const saved = await store.load();
 *   if (saved !== null) restoreTraining(parts, saved);
 *   let { step, epoch } = saved ?? { step: 0, epoch: 0 };
 *   const first = epoch;
 *   while (epoch < epochs) {
 *     for (const { inputs, targets } of batches) {
 *       optimizer.zeroGrad();
 *       mseLoss(model.forward(inputs), targets).backward();
 *       optimizer.step();
 *       step++;
 *     }
 *     schedule.step();
 *     await store.save(captureTraining(parts, { step, epoch: ++epoch }));
 *   }
 *   return first;
 * }
 * await train(3); // begins with epoch => 0
 * await train(5); // continues after epoch => 3
 * ```
 *
 * @public
 */
export function captureTraining(
  parts: TrainingCheckpointParts,
  done: { readonly step: number; readonly epoch: number },
): Checkpoint {
  const where = "captureTraining";
  checkKinds(where, parts);
  checkObject(where, "done", done, "{ step, epoch }");
  const { step, epoch } = done;
  checkInteger(where, "step", step, 0);
  checkInteger(where, "epoch", epoch, 0);
  const { state, tensors } = captureParts(parts);
  const now = generatorsOf(parts).map((generator) => generator.getState());
  const stopping = parts.stopping?.stateDict() ?? null;
  return { step, epoch, state: { ...state, stopping, generators: { now } }, tensors };
}

/**
 * Puts everything back as it was when {@link captureTraining} made the checkpoint.
 *
 * @param parts - the same parts, made again by a program that was restarted
 * @param checkpoint - what the `load` of a store returned
 * @throws TypeError for a part of another kind or an unknown one.
 * @throws RangeError if the checkpoint is of other parts, or of another model or optimizer.
 *
 * @example
 * ```ts
 * import { Linear } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { SGD } from "@rnn/train";
 * import { captureTraining, restoreTraining } from "@rnn/train/checkpoints";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * model.loadStateDict({ weight: tensor([[2]]), bias: tensor([0]) });
 * const parts = { model, optimizer: new SGD(model.parameters()) };
 * const saved = captureTraining(parts, { step: 0, epoch: 0 });
 * model.loadStateDict({ weight: tensor([[5]]), bias: tensor([0]) });
 * restoreTraining(parts, saved);
 * model.weight.item(); // => 2
 * ```
 *
 * @public
 */
export function restoreTraining(parts: TrainingCheckpointParts, checkpoint: Checkpoint): void {
  const where = "restoreTraining";
  checkKinds(where, parts);
  checkObject(where, "checkpoint", checkpoint, "what the load of a store returned");
  checkParts(where, parts, checkpoint);
  const { stopping = null } = checkpoint.state;
  if (parts.stopping !== undefined && stopping === null) {
    throw new RangeError(`${where}: the checkpoint was saved without stopping`);
  }
  const { now } = Object(checkpoint.state.generators) as { now?: readonly GeneratorState[] };
  checkList(where, "generators.now of the checkpoint", now, "states");
  const generators = generatorsOf(parts);
  if (now?.length !== generators.length) {
    throw new RangeError(
      `${where}: the checkpoint was saved with ${now?.length} random generators, but there are ${generators.length}; ` +
        "the default one counts",
    );
  }
  restoreParts(parts, checkpoint);
  parts.stopping?.loadStateDict(stopping as ReturnType<EarlyStopping["stateDict"]>);
  generators.forEach((generator, k) => {
    generator.setState(now[k]!);
  });
}

/** Throws for a part that is missing, unknown or of another kind. */
function checkKinds(where: string, parts: TrainingCheckpointParts): void {
  checkOptions(where, parts, PARTS, "parts");
  const { model, optimizer, schedule, ema, stopping, also = {}, generators = [] } = parts;
  if (!(model instanceof Module)) throw wrongKind(where, "model", "a Module", model);
  checkOptimizer(where, optimizer);
  checkObject(where, "also", also);
  checkList(where, "generators", generators, "generators");
  const others = Object.entries(also).map(([name, part]) => [`also.${name}`, part] as const);
  for (const [name, part] of [...Object.entries({ schedule, ema, stopping }), ...others]) {
    if (part === undefined) continue;
    checkFunction(where, `${name}.stateDict`, Object(part).stateDict);
    checkFunction(where, `${name}.loadStateDict`, Object(part).loadStateDict);
  }
}

/** The default generator and those of the parts, each once. */
function generatorsOf({ generators = [] }: TrainingCheckpointParts): Generator[] {
  return [...new Set([defaultGenerator(), ...generators])].filter((generator) => generator !== null);
}
