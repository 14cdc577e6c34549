import type { NumberSpec, WholeSpec } from "../options/spec.ts";

/** The options that every training has. */
export type TrainingOptions = {
  readonly epochs: WholeSpec;
  readonly patience: WholeSpec;
  readonly "learning-rate": NumberSpec;
  readonly "batch-size": WholeSpec;
  readonly clip: NumberSpec;
  readonly seed: WholeSpec;
};

/** The same, and the averaging of weights. */
export type AveragedTrainingOptions = TrainingOptions & { readonly average: NumberSpec };

/** What a task says of an option itself, above all its default. */
type Own<Spec> = Partial<Omit<Spec, "kind">>;
type OwnOptions<Options> = { readonly [Name in keyof Options]?: Own<Options[Name]> };

const SHARED: TrainingOptions = {
  epochs: { kind: "whole", min: 1, max: 10_000, default: 30, help: "most passes over the training part" },
  patience: {
    kind: "whole",
    min: 1,
    max: 10_000,
    default: 5,
    help: "epochs without improvement before stopping",
  },
  "learning-rate": { kind: "number", min: 1e-8, max: 10, default: 0.001, help: "Adam's step size" },
  "batch-size": { kind: "whole", min: 1, max: 10_000, default: 32, help: "samples per step" },
  clip: { kind: "number", min: 1e-6, max: 1e6, default: 1, help: "largest gradient norm" },
  seed: {
    kind: "whole",
    min: 0,
    max: 4_294_967_295,
    default: 0,
    help: "of the weights and the order",
  },
};

const AVERAGE: NumberSpec = {
  kind: "number",
  min: 0,
  max: 0.9999,
  default: 0.99,
  help: "decay of the averaged weights that are kept; 0 keeps the last step's",
};

/** The options of every training, with what a task says of them itself. */
export function trainingOptions(own: OwnOptions<TrainingOptions>): TrainingOptions {
  return {
    epochs: { ...SHARED.epochs, ...own.epochs },
    patience: { ...SHARED.patience, ...own.patience },
    "learning-rate": { ...SHARED["learning-rate"], ...own["learning-rate"] },
    "batch-size": { ...SHARED["batch-size"], ...own["batch-size"] },
    clip: { ...SHARED.clip, ...own.clip },
    seed: { ...SHARED.seed, ...own.seed },
  };
}

/** Options with other values in place of their defaults; what was given stays. */
export function withDefaults<Options extends object>(
  options: Options,
  given: ReadonlySet<string>,
  defaults: Partial<Options>,
): Options {
  const used = Object.entries(defaults).filter(([name]) => !given.has(name));
  return { ...options, ...Object.fromEntries(used) };
}

/** {@link trainingOptions} of a task whose weights are averaged. */
export function averagedTrainingOptions(own: OwnOptions<AveragedTrainingOptions>): AveragedTrainingOptions {
  const { seed, ...others } = trainingOptions(own);
  return { ...others, average: { ...AVERAGE, ...own.average }, seed };
}
