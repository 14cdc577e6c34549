import type { Module } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import type { StepEvent, TrainEvent } from "@rnn/train";
import type { CommonOptions } from "../options/common-options.ts";
import type { Parsed } from "../options/parse.ts";
import type { OptionGroups, OptionTable } from "../options/spec.ts";
import type { TrainingNote } from "../saved/note.ts";
import type { Paint } from "../terminal/colour.ts";
import type { Streams } from "../terminal/streams.ts";

/**
 * A kind of job that the command line can do, as plain data and functions: how to train it, what its saved models look
 * like, and what the commands do with them.
 *
 * `index.ts` beside this file lists the tasks; nothing else has to know of a new one.
 */
export interface Task<Saved = unknown> {
  /** What `train --task` calls it, for example "classification". */
  readonly name: string;
  /** What it does, after the name in lists of tasks, for example "texts to one of several classes". */
  readonly summary: string;
  /** What a saved model of it is, with its article, for example "a text classifier". */
  readonly noun: string;
  /** Where its models are saved, and looked for, unless the user says otherwise. */
  readonly folder: string;
  readonly training: TrainingPart;
  readonly saved: SavedPart<Saved>;
  /** What it does in the commands that read a saved model; a command that is absent refuses its models. */
  readonly commands: {
    readonly predict?: TaskCommand<Saved>;
    readonly generate?: TaskCommand<Saved>;
    readonly forecast?: TaskCommand<Saved>;
    readonly evaluate: TaskCommand<Saved>;
  };
  /** What `inspect` shows. */
  inspect(saved: Saved): Inspection;
}

/** The commands that read a saved model and are up to its task. */
export type TaskCommandName = keyof Task["commands"];

/** How a task is trained. */
export interface TrainingPart {
  /** First line of `train --task NAME --help`. */
  readonly title: string;
  /** Its own options in the groups that the help shows. `--task`, `--output`, `--json` and `--help` are added to them. */
  readonly groups: OptionGroups;
  /** Command lines to learn from, below the options. */
  readonly examples: readonly string[];
  /**
   * Reads and checks the data, builds the model. Write the type that the options really have: `Parsed<typeof OPTIONS>`.
   *
   * @throws InputError if options or files do not fit; nothing was written then.
   */
  prepare(options: Parsed<OptionTable>): Promise<Training>;
}

/** A training that can begin. The command shows its progress, saves the best model and prints what came out. */
export interface Training {
  /** Short name of the data, kept in the saved model. */
  readonly source: string;
  /** Lines above the progress: what is about to be trained on what. */
  readonly header: readonly string[];
  /** What the samples are called, in the plural, for the progress bar. */
  readonly unit: string;
  readonly samplesPerEpoch: number;
  readonly batchesPerEpoch: number;
  /** Most epochs. */
  readonly epochs: number;
  /** Epochs without improvement before stopping. */
  readonly patience: number;
  readonly seed: number;
  /** The metrics of the validation that are shown beside its loss; the first has a curve of its own. */
  readonly metrics: readonly ShownMetric[];
  /** How to go on if it is interrupted, where that is possible. */
  readonly resumeHint?: string | undefined;
  /** What the progress bar shows after the time left; default "loss 0.412". */
  stepNote?(event: StepEvent): string;
  /**
   * The events of `fit` as they happen; every epoch is validated. When they end, the model has the weights of the best
   * epoch, also if `signal` ended them early, or its last weights if no epoch was finished.
   *
   * Further trainings (a forecaster's on all data before the test, those of the models that `--compare` asks for) come
   * before the end: for each a start and steps, but no epochs.
   */
  events(signal: AbortSignal): AsyncIterable<TrainEvent<string>>;
  /** Judges the trained model on data that it has not seen, beside simple competitors. Comes after the events. */
  judge(): Verdict | Promise<Verdict>;
  /** The model as the bytes of a file: `encodeModelFile` makes them. Comes after the events. */
  encode(note: TrainingNote): Uint8Array<ArrayBuffer>;
  /** Lines about how to go on, given the folder that the model was saved in. */
  nextSteps(folder: string): readonly string[];
}

/** A metric of the validation as the report shows it. */
export interface ShownMetric {
  /** Its name in the events. */
  readonly name: string;
  /** What it is called in the report; default its name. */
  readonly title?: string;
  /** Digits after the point; default 3. */
  readonly digits?: number;
}

/** How a trained model did. */
export interface Verdict {
  /** What the trained model is called in tables, for example "gru"; `train --json` has it as `test.name`. */
  readonly name: string;
  /** Kept in the saved model and shown by `inspect`, for example `{ "test accuracy": 0.83 }`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What else `train --json` prints as "test": `models` by name, the trained one first, and what else was measured. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What the report prints. */
  lines(layout: Layout): readonly string[];
}

/** Where lines are printed. */
export interface Layout {
  /** Characters per line. */
  readonly width: number;
  readonly paint: Paint;
}

/** What a task knows about its saved models. */
export interface SavedPart<Saved> {
  /** The entry of the file's metadata with the description, for example "rnn.text-classifier". */
  readonly key: string;
  /**
   * Builds a model, in evaluation mode, from the description and the weights of a file. The file may come from anyone:
   * everything is checked first.
   *
   * @throws SavedModelError saying what is wrong.
   */
  decode(description: string, tensors: ReadonlyMap<string, Tensor>): Saved;
}

/** What a task does in one command that reads a saved model. */
export interface TaskCommand<Saved> {
  /** Options beside `--model`, `--json` and `--help`, which every command has. */
  readonly options: OptionTable;
  /** What the arguments that are not options are, for example "[TEXT ...]"; without it there are none. */
  readonly operands?: string;
  /** Command lines to learn from, for the help. */
  readonly examples: readonly string[];
  /**
   * Does the work and writes the result: with `--json` as one JSON document. Write the type that the options really have:
   * `Parsed<typeof OPTIONS & CommonOptions>`.
   *
   * @throws InputError if options or input do not fit.
   */
  run(saved: Saved, options: Parsed<OptionTable & CommonOptions>, streams: Streams): Promise<void>;
}

/** What `inspect` shows of a saved model. */
export interface Inspection {
  readonly note: TrainingNote;
  /** What the model is called in tables, for example "gru". */
  readonly name: string;
  /** What there is to know, in order, for example `["tokenizer", "basic_english"]`. */
  readonly facts: readonly (readonly [name: string, value: string | number])[];
  /** The network, whose layers are listed. */
  readonly module?: Module;
  /** The tokens, special ones first, then by falling frequency. */
  readonly vocabulary?: { readonly tokens: readonly string[]; readonly specials: number };
}
