import { InputError } from "../errors.ts";
import { type Epoch, epochLine, hasLine, learningCurve } from "../report/epochs.ts";
import { type Outcome, trainingJson } from "../report/training-json.ts";
import { savedModel, saveModel } from "../saved/model-folder.ts";
import type { TrainingNote } from "../saved/note.ts";
import type { Layout, Task, Training, Verdict } from "../tasks/task.ts";
import { painter } from "../terminal/colour.ts";
import { counted, visible } from "../terminal/format.ts";
import { jsonDocument } from "../terminal/json.ts";
import { widthOf } from "../terminal/output.ts";
import type { Streams } from "../terminal/streams.ts";
import { fold } from "../terminal/wrap.ts";
import { Interrupt } from "./interrupt.ts";
import { openFile } from "./open-model.ts";
import { TrainingProgress } from "./training-progress.ts";

/** What every training is told. */
export interface RunOptions {
  /** Folder of the model. */
  readonly output: string;
  /** One JSON document instead of lines. */
  readonly json: boolean;
}

/** The epoch whose weights were kept; undefined if no epoch was finished, or the log of a resumed training lacks it. */
function bestOf({ epochs, end: { bestEpoch } }: Outcome): Epoch | undefined {
  return epochs.find(({ epoch }) => epoch === bestEpoch);
}

/** One training of any task, from its first line to its last. */
export class TrainRun {
  readonly #task: Task;
  readonly #training: Training;
  readonly #options: RunOptions;
  readonly #streams: Streams;
  readonly #layout: Layout;

  constructor(task: Task, training: Training, options: RunOptions, streams: Streams) {
    this.#task = task;
    this.#training = training;
    this.#options = options;
    this.#streams = streams;
    this.#layout = { width: widthOf(streams.out), paint: painter(streams.out, streams.env) };
  }

  /** Trains, saves the best model, reports. Returns the exit code. */
  async run(): Promise<number> {
    const interrupt = new Interrupt(() =>
      this.#streams.err.write("\nstopping; press Ctrl-C again to leave at once\n"),
    );
    try {
      this.#print(...this.#folded([...this.#training.header, ...(await this.#replaced())]), "");
      const outcome = await this.#train(interrupt.signal);
      await this.#finish(outcome, interrupt.exitCode === undefined);
    } finally {
      interrupt.dispose();
    }
    return interrupt.exitCode ?? 0;
  }

  async #train(signal: AbortSignal): Promise<Outcome> {
    const progress = new TrainingProgress(this.#training, this.#streams.err);
    const epochs: Epoch[] = [];
    for await (const event of this.#training.events(signal)) {
      switch (event.type) {
        case "step":
          progress.update(event);
          break;
        case "start":
          progress.start(event);
          break;
        case "epoch":
          epochs.push(event as Epoch);
          if (hasLine(event)) {
            progress.clear();
            this.#printEpoch(event as Epoch);
          }
          break;
        case "notice":
          progress.clear();
          this.#print(...this.#folded([event.message]));
          break;
        case "end":
          progress.clear();
          return { epochs, end: event };
      }
    }
    throw new Error("training ended without saying so");
  }

  async #finish(outcome: Outcome, withReport: boolean): Promise<void> {
    const { end } = outcome;
    if (end.reason === "non-finite") {
      throw new InputError(
        `training diverged: ${end.message}; nothing was saved; try a smaller --learning-rate`,
      );
    }
    if (end.bestEpoch === null) return this.#finishUnjudged(outcome);
    let path = await this.#save(outcome);
    const best = bestOf(outcome);
    if (best !== undefined && !hasLine(best)) this.#printEpoch(best);
    this.#print(`${this.#whyStopped(outcome)}: keeping the weights of epoch ${end.bestEpoch}`, "");
    if (!withReport) {
      this.#printJson(outcome, path, null);
      this.#print(`model saved in ${path}`, ...this.#resumeHint(outcome));
      return;
    }
    const verdict = await this.#training.judge();
    path = await this.#save(outcome, verdict);
    this.#printJson(outcome, path, verdict);
    this.#report(outcome, verdict, path);
  }

  /** Without a finished epoch the weights are saved as they are, but never in place of a model that is there already. */
  async #finishUnjudged(outcome: Outcome): Promise<void> {
    const { steps } = outcome.end;
    if (outcome.epochs.length > 0) {
      throw new InputError(
        "training diverged: the validation loss was never a number; nothing was saved; try a smaller --learning-rate",
      );
    }
    const former = await savedModel(this.#options.output);
    const path = steps > 0 && former === undefined ? await this.#save(outcome) : null;
    this.#printJson(outcome, path, null);
    const stopped = this.#whyStopped(outcome);
    const updates = counted(steps, "update");
    if (path !== null) {
      this.#print(`${stopped} in epoch 1: keeping the weights after ${updates}, not judged yet`);
      this.#print(`model saved in ${path}`);
    } else if (steps > 0) {
      this.#print(`${stopped} in epoch 1, after ${updates}, which are not saved`);
      this.#print(`${former} stays as it was; --output DIR saves elsewhere`);
    } else {
      this.#print(`${stopped} before the first update: there is no model to save`);
    }
    for (const line of this.#resumeHint(outcome)) this.#print(line);
  }

  /** How to resume the training, if it was interrupted. */
  #resumeHint({ end: { reason, steps } }: Outcome): string[] {
    const { resumeHint } = this.#training;
    return resumeHint === undefined || steps === 0 || reason !== "aborted" ? [] : this.#folded([resumeHint]);
  }

  /** Saves the model, at first without, later with what its test found: whatever happens in between, it is there. */
  #save(outcome: Outcome, verdict?: Verdict): Promise<string> {
    const best = bestOf(outcome);
    const note: TrainingNote = {
      data: this.#training.source,
      seed: this.#training.seed,
      epochs: outcome.end.bestEpoch ?? 0,
      metrics: { ...(best === undefined ? {} : this.#measured(best)), ...verdict?.metrics },
    };
    return saveModel(this.#options.output, this.#training.encode(note));
  }

  /** What the validation of an epoch found. */
  #measured({ validation }: Epoch): Record<string, number> {
    const shown = this.#training.metrics.map(({ name, title = name }) => [
      `validation ${title}`,
      validation.metrics[name]!,
    ]);
    return { "validation loss": validation.loss, ...Object.fromEntries(shown) };
  }

  #report({ epochs }: Outcome, verdict: Verdict, path: string): void {
    const { output } = this.#options;
    const { paint } = this.#layout;
    const curve = learningCurve(epochs, this.#training.metrics, this.#layout);
    if (curve.length > 0) this.#print(...curve, "");
    this.#print(...verdict.lines(this.#layout), "");
    this.#print(`model saved in ${path}`);
    this.#print("", paint("bold", "what next"), ...this.#training.nextSteps(output));
  }

  #whyStopped({ epochs: { length }, end: { reason } }: Outcome): string {
    const { patience } = this.#training;
    if (reason === "aborted") return "stopped by you";
    if (reason === "early-stopping") return `no better validation loss in ${counted(patience, "epoch")}`;
    if (reason === "time-limit") return "the time is up";
    return length === 1 ? "1 epoch done" : `all ${length} epochs done`;
  }

  /** Says which model of other data will be gone, while it is still there. */
  async #replaced(): Promise<string[]> {
    const { output } = this.#options;
    const former = await openFile(output).catch(() => undefined);
    if (former?.opened === undefined) return [];
    const { task, saved } = former.opened;
    const { data } = task.inspect(saved).note;
    if (task === this.#task && data === this.#training.source) return [];
    const kept = "--output DIR saves elsewhere";
    return [`replaces ${task.noun} in ${visible(output)}, trained on ${visible(data)}; ${kept}`];
  }

  #folded(lines: readonly string[]): string[] {
    return lines.flatMap((line) => fold(line, this.#layout.width));
  }

  #printEpoch(epoch: Epoch): void {
    this.#print(epochLine(epoch, this.#training.metrics, this.#layout));
  }

  #print(...lines: readonly string[]): void {
    if (!this.#options.json) this.#streams.out.write(`${lines.join("\n")}\n`);
  }

  #printJson(outcome: Outcome, path: string | null, verdict: Verdict | null): void {
    if (!this.#options.json) return;
    const json = trainingJson(this.#task, this.#training, outcome, path, verdict);
    this.#streams.out.write(jsonDocument(json));
  }
}
