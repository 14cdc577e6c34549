import type { Example } from "../../data/example.ts";
import { parameterCount } from "../../report/module-layers.ts";
import type { Answers } from "./answers.ts";
import { trainLogisticRegression } from "./logistic-regression.ts";
import { modelName } from "./models/model-note.ts";
import type { TextModel } from "./models/text-model.ts";
import { classOf } from "./objective.ts";
import { majority, type Score, scoreOf } from "./score.ts";
import type { Parts } from "./split.ts";

/** A way to classify texts, and how it did on the test part. */
export interface Competitor {
  readonly name: string;
  readonly score: Score;
  /** What it is, in a few words. */
  readonly note: string;
  /** What it cost, where that was measured. */
  readonly cost?: { readonly parameters: number; readonly seconds: number };
}

/** A trained model and what training it took. */
export interface TrainedModel {
  readonly model: TextModel;
  readonly seconds: number;
}

/** A trained model as a competitor. */
export function judged({ model, seconds }: TrainedModel, answers: Answers, threshold: number): Competitor {
  return {
    name: modelName(model.config),
    score: scoreAt(answers, threshold),
    note: "",
    cost: { parameters: parameterCount(model), seconds },
  };
}

/**
 * Those who are always there: logistic regression on word counts, unless the texts have none, and the most frequent label.
 *
 * @param thresholdOf - Chooses the threshold, given the answers on the validation part.
 */
export async function standardCompetitors(
  { train, validation, test }: Parts,
  labels: readonly string[],
  thresholdOf: (validation: Answers) => number,
): Promise<Competitor[]> {
  const regression = await trainLogisticRegression(train, labels);
  const constant = mostFrequent({ train, test }, labels);
  if (regression === undefined) return [constant];
  const answers = (examples: readonly Example[]): Answers => ({
    logits: regression.logits(examples.map(({ text }) => text)),
    targets: examples.map(({ label }) => labels.indexOf(label)),
  });
  const score = scoreAt(answers(test), thresholdOf(answers(validation)));
  return [{ name: "logistic regression", score, note: "on word counts" }, constant];
}

function scoreAt({ logits, targets }: Answers, threshold: number): Score {
  return scoreOf(
    logits.map((row) => classOf(row, threshold)),
    targets,
  );
}

/** Always answers the most frequent label. */
export function mostFrequent(
  { train, test }: Pick<Parts, "train" | "test">,
  labels: readonly string[],
): Competitor {
  const actual = test.map(({ label }) => labels.indexOf(label));
  const frequent = majority(train.map(({ label }) => labels.indexOf(label)));
  const score = scoreOf(
    actual.map(() => frequent),
    actual,
  );
  return { name: "no learning", score, note: `always "${labels[frequent]}"` };
}
