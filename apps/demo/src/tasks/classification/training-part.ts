import type { Parsed } from "../../options/parse.ts";
import type { Training, TrainingPart } from "../task.ts";
import { ClassifierTraining } from "./classifier-training.ts";
import { prepareData } from "./prepare.ts";
import { TRAIN_GROUPS, type TRAIN_OPTIONS } from "./train-options.ts";

/** How text classifiers are trained. */
export const training: TrainingPart = {
  title:
    "Trains a recurrent network, or another model of texts, to classify them; by default 3,000 review sentences as positive or negative.",
  groups: TRAIN_GROUPS,
  examples: [
    "npm start -- train --cell lstm --hidden 128 --seed 1",
    "npm start -- train --compare",
    "npm start -- train --data reviews.csv --text review --label stars",
    "npm start -- train --data rare.csv --class-weights balanced --threshold f1",
    "npm start -- train --data train.jsonl.gz --test test.jsonl.gz --recipe reviews",
  ],
  async prepare({ values, given }: Parsed<typeof TRAIN_OPTIONS>): Promise<Training> {
    return new ClassifierTraining(values, given, await prepareData(values, given));
  },
};
