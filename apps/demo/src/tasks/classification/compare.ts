import { trainBaseline } from "./baseline.ts";
import { classOf } from "./objective.ts";
import { predict } from "./predict.ts";
import type { SavedModel } from "./saved/model-file.ts";
import { majority, type Score, scoreOf } from "./score.ts";
import type { Parts } from "./split.ts";

/** A way to classify texts, and how it did on the test part. */
export interface Competitor {
  readonly name: string;
  readonly score: Score;
  /** What it is, in a few words. */
  readonly note: string;
}

/** Judges the network, a bag-of-words baseline and the most frequent label, all from the same parts. */
export function compare(
  { model, task }: Pick<SavedModel, "model" | "task">,
  { train, test }: Parts,
): [Competitor, ...Competitor[]] {
  const { labels } = task;
  const texts = test.map(({ text }) => text);
  const actual = test.map(({ label }) => labels.indexOf(label));
  const network: Competitor = {
    name: model.config.cell,
    score: scoreOf(
      predict(model, task, texts).map(({ target }) => target),
      actual,
    ),
    note: "",
  };
  const frequent = majority(train.map(({ label }) => labels.indexOf(label)));
  const constant: Competitor = {
    name: "no learning",
    score: scoreOf(
      actual.map(() => frequent),
      actual,
    ),
    note: `always "${labels[frequent]}"`,
  };
  const baseline = trainBaseline(train, labels);
  if (baseline === undefined) return [network, constant];
  const bag: Competitor = {
    name: "bag of words",
    score: scoreOf(baseline.logits(texts).map(classOf), actual),
    note: "logistic regression on word counts",
  };
  return [network, bag, constant];
}
