import { basename, resolve } from "node:path";
import { Generator } from "@rnn/tensor";
import { evaluate, type StepEvent, type TrainEvent } from "@rnn/train";
import { checkWritable } from "../../data/write-file.ts";
import { InputError } from "../../errors.ts";
import type { TrainingNote } from "../../saved/note.ts";
import { counted } from "../../terminal/format.ts";
import { quoted } from "../../terminal/quoted.ts";
import type { ShownMetric, Training, Verdict } from "../task.ts";
import { CheckpointFolder } from "./checkpoint-folder.ts";
import type { Corpus } from "./corpus.ts";
import { EpochHistory } from "./epoch-history.ts";
import { LanguageModel } from "./model.ts";
import { nGramCrossEntropies } from "./n-grams.ts";
import { headerLines } from "./report/header.ts";
import { nextSteps } from "./report/next-steps.ts";
import { type Scores, scoreLines, scoresJson } from "./report/scores.ts";
import { encodeModel } from "./saved/model-file.ts";
import { SCALES } from "./scale.ts";
import { settingsOf } from "./settings.ts";
import { judgedBatches, trainLanguageModel, WindowLoss } from "./train-language-model.ts";
import type { TrainOptions } from "./train-options.ts";

/** The training of one language model on a corpus. */
export class LanguageModelTraining implements Training {
  readonly source: string;
  readonly header: readonly string[];
  readonly unit: string;
  readonly samplesPerEpoch: number;
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly seed: number;
  readonly metrics: readonly ShownMetric[];
  readonly resumeHint: string | undefined;
  readonly #options: TrainOptions;
  readonly #corpus: Corpus;
  readonly #generator: Generator;
  readonly #model: LanguageModel;

  constructor(options: TrainOptions, corpus: Corpus) {
    const { cell, embedding, hidden, layers, dropout, tied, init, seed } = options;
    this.#options = options;
    this.#corpus = corpus;
    this.#generator = new Generator(seed);
    const tokens = corpus.vocabulary.length;
    const config = { cell, tokens, embedding, hidden, layers, dropout, tied };
    this.#model = new LanguageModel(config, this.#generator, init === 0 ? undefined : init);
    const { "batch-size": batchSize, "sequence-length": sequenceLength } = options;
    const perLane = Math.floor(corpus.parts.train.length / batchSize) - 1;
    const { title, digits } = SCALES[corpus.units];
    this.source = basename(resolve(corpus.name));
    this.header = headerLines(corpus, this.#model, options);
    this.unit = corpus.units;
    this.samplesPerEpoch = perLane * batchSize;
    this.batchesPerEpoch = Math.ceil(perLane / sequenceLength);
    this.epochs = options.epochs;
    this.patience = options.patience;
    this.seed = seed;
    this.metrics = [{ name: title, digits }];
    const { checkpoints } = options;
    this.resumeHint =
      checkpoints === undefined
        ? undefined
        : `to continue from here, run the same command again (--checkpoints ${quoted(checkpoints)})`;
  }

  stepNote({ loss }: StepEvent): string {
    const { title, of, digits } = SCALES[this.#corpus.units];
    return `${title} ${of(loss).toFixed(digits)}`;
  }

  /**
   * Looks into the folder of checkpoints, if there is to be one, before anything is said or done.
   *
   * @throws {@link InputError} if the training cannot go on from there.
   */
  async checkCheckpoints(): Promise<void> {
    const { checkpoints: folder } = this.#options;
    if (folder === undefined) return;
    await checkWritable(folder, "--checkpoints");
    const { step = 0 } = (await this.#store()?.load()) ?? {};
    const begun = Math.ceil(step / this.batchesPerEpoch);
    if (begun > this.epochs) {
      throw new InputError(
        `--epochs ${this.epochs}: the training in ${folder} is in epoch ${begun} already; give ${begun} or more, or another --checkpoints`,
      );
    }
  }

  async *events(signal: AbortSignal): AsyncGenerator<TrainEvent<string>> {
    const { checkpoints } = this.#options;
    const history = checkpoints === undefined ? null : new EpochHistory(checkpoints);
    const store = this.#store();
    const events = trainLanguageModel(
      this.#model,
      this.#corpus,
      this.#options,
      this.#generator,
      signal,
      store,
    );
    for await (const event of events) {
      if (event.type === "epoch") await history?.add(event);
      // only now: whoever finds the checkpoint of an epoch finds its line, too
      if (event.type !== "checkpoint") await store?.write();
      yield event;
      if (event.type !== "start") continue;
      const before = (await history?.until(store?.epochs ?? 0)) ?? [];
      if (event.steps === 0) continue;
      yield { type: "notice", message: `resuming after ${counted(event.steps, "update")}` };
      yield* before;
    }
  }

  async judge(): Promise<Verdict> {
    const { parts, units, vocabulary } = this.#corpus;
    const loss = new WindowLoss(this.#model);
    const batches = judgedBatches(parts.test, this.#options["sequence-length"]);
    const { cell } = this.#model.config;
    const network = await evaluate(this.#model, batches, { loss: (batch) => loss.of(batch) });
    const { bigram, unigram } = nGramCrossEntropies(parts.train, parts.test, vocabulary.length);
    const scores: Scores = { [cell]: network.loss, bigrams: bigram, unigrams: unigram };
    const { title, of } = SCALES[units];
    return {
      name: cell,
      metrics: { [`test ${title}`]: of(network.loss) },
      json: { [units]: parts.test.length, models: scoresJson(scores, units) },
      lines: ({ paint }) => scoreLines(scores, units, paint),
    };
  }

  encode(note: TrainingNote): Uint8Array<ArrayBuffer> {
    const { units, vocabulary } = this.#corpus;
    return encodeModel({ model: this.#model.eval(), units, vocabulary, note });
  }

  nextSteps(folder: string): readonly string[] {
    return nextSteps(folder, this.#corpus, this.#options.data);
  }

  #store(): CheckpointFolder | undefined {
    const { checkpoints } = this.#options;
    if (checkpoints === undefined) return undefined;
    return new CheckpointFolder(checkpoints, settingsOf(this.#options, this.#corpus));
  }
}
