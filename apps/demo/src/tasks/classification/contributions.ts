import type { TextModel } from "./models/text-model.ts";
import { logOddsOf } from "./objective.ts";
import { logitsOf, type Prediction, predictionOf } from "./predict.ts";
import { encodeText, type TextTask } from "./text-task.ts";

/** What one token of a text does to the prediction. */
export interface Contribution {
  readonly token: string;
  /** False for words the training part did not have. */
  readonly known: boolean;
  /** By how much the log-odds of the predicted label fall when this token is left out. */
  readonly contribution: number;
}

/** A prediction and what each token does to it. */
export interface Explanation {
  readonly prediction: Prediction;
  readonly contributions: readonly Contribution[];
}

/**
 * Classifies a text, then again without each of its tokens (occlusion).
 *
 * A word counts with its context: leaving out "not" changes what the words after it mean, so contributions do not add
 * up to the log-odds.
 */
export function explain(model: TextModel, task: TextTask, text: string): Explanation {
  const { tokens, ids } = encodeText(text, task);
  const without = tokens.map((_, position) => {
    const rest = ids.filter((_id, other) => other !== position);
    return rest.length === 0 ? encodeText("", task).ids : rest;
  });
  const [whole, ...occluded] = logitsOf(model, [ids, ...without]);
  const prediction = predictionOf(whole!, task);
  const logOdds = logOddsOf(whole!, prediction.target);
  return {
    prediction,
    contributions: tokens.map((token, position) => ({
      token,
      known: task.vocabulary.contains(token),
      contribution: logOdds - logOddsOf(occluded[position]!, prediction.target),
    })),
  };
}
