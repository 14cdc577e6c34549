import { InputError } from "../../errors.ts";
import type { Parsed } from "../../options/parse.ts";
import type { Training, TrainingPart } from "../task.ts";
import { encodeCorpus, readTexts } from "./corpus.ts";
import { LanguageModelTraining } from "./language-model-training.ts";
import { withRecipe } from "./recipes.ts";
import { countedUnits } from "./text-units.ts";
import { TRAIN_GROUPS, type TRAIN_OPTIONS, type TrainOptions } from "./train-options.ts";

/** How language models are trained. */
export const training: TrainingPart = {
  title: "Trains a network to predict every character or word of a text from those before it.",
  groups: TRAIN_GROUPS,
  examples: [
    "npm start -- train --task language-model",
    "npm start -- train --task language-model --data input.txt --recipe shakespeare",
    "npm start -- train --task language-model --data ptb --recipe zaremba-small --checkpoints runs/ptb",
  ],
  async prepare({ values, given }: Parsed<typeof TRAIN_OPTIONS>): Promise<Training> {
    const chosen = withRecipe(values, given);
    const { tied, embedding, hidden } = chosen;
    if (tied && embedding !== hidden) {
      throw new InputError(
        `--tied: needs --embedding and --hidden to be equal, got ${embedding} and ${hidden}`,
      );
    }
    const corpus = encodeCorpus(await readTexts(chosen.data), chosen.units, chosen["min-count"]);
    const options = given.has("batch-size") ? chosen : withLanes(chosen, corpus.parts.train.length);
    const least = 2 * options["batch-size"];
    if (corpus.parts.train.length < least) {
      throw new InputError(
        `${corpus.name}: ${countedUnits(corpus.parts.train.length, corpus.units)} to learn from are too few for --batch-size ${options["batch-size"]}, which needs ${least}`,
      );
    }
    const prepared = new LanguageModelTraining(options, corpus);
    await prepared.checkCheckpoints();
    return prepared;
  },
};

/** No more lanes than a short text fills with a window each. */
function withLanes(options: TrainOptions, length: number): TrainOptions {
  const filled = Math.floor(length / (options["sequence-length"] + 1));
  return { ...options, "batch-size": Math.max(1, Math.min(options["batch-size"], filled)) };
}
