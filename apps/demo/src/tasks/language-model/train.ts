import { InputError } from "../../errors.ts";
import type { Parsed } from "../../options/parse.ts";
import type { Training, TrainingPart } from "../task.ts";
import { encodeCorpus, readTexts } from "./corpus.ts";
import { LanguageModelTraining } from "./language-model-training.ts";
import { GROUPS, type OPTIONS } from "./options.ts";
import { withRecipe } from "./recipes.ts";

/** How language models are trained. */
export const training: TrainingPart = {
  title: "Trains a network to predict every character or word of a text from those before it.",
  groups: GROUPS,
  examples: [
    "npm start -- train --task language-model",
    "npm start -- train --task language-model --data input.txt --recipe shakespeare",
    "npm start -- train --task language-model --data ptb --recipe zaremba-small --checkpoints runs/ptb",
  ],
  async prepare({ values, given }: Parsed<typeof OPTIONS>): Promise<Training> {
    const options = withRecipe(values, given);
    const { tied, embedding, hidden } = options;
    if (tied && embedding !== hidden) {
      throw new InputError(
        `--tied: needs --embedding and --hidden to be equal, got ${embedding} and ${hidden}`,
      );
    }
    const corpus = encodeCorpus(await readTexts(options.data), options.units, options["min-count"]);
    const least = 2 * options["batch-size"];
    if (corpus.parts.train.length < least) {
      throw new InputError(
        `${corpus.name}: ${corpus.parts.train.length} ${corpus.units} to learn from are too few for --batch-size ${options["batch-size"]}, which needs ${least}`,
      );
    }
    const prepared = new LanguageModelTraining(options, corpus);
    await prepared.checkCheckpoints();
    return prepared;
  },
};
