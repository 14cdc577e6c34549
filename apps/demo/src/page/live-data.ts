import amazon from "../../data/sentiment-labelled-sentences/amazon_cells_labelled.txt?raw";
import imdb from "../../data/sentiment-labelled-sentences/imdb_labelled.txt?raw";
import yelp from "../../data/sentiment-labelled-sentences/yelp_labelled.txt?raw";
import { labelsOf } from "../data/labels.ts";
import { parseSentences } from "../data/sentences.ts";
import { splitExamples } from "../tasks/classification/split.ts";
import { buildVocabulary, type TextTask } from "../tasks/classification/text-task.ts";
import { type EncodedExamples, encodeExamples } from "../tasks/classification/train-classifier.ts";

/** What the live model learns from. */
export interface LiveData {
  readonly task: TextTask;
  readonly train: EncodedExamples;
  readonly validation: EncodedExamples;
  readonly test: EncodedExamples;
}

/** The 3,000 shipped sentences, which are part of the page's own files, divided by a seed as `npm start` does it. */
export function liveData(seed: number): LiveData {
  const examples = [amazon, imdb, yelp].flatMap((content) => parseSentences(content, "sentences").examples);
  const parts = splitExamples(examples, seed, "sentences");
  const texts = parts.train.map(({ text }) => text);
  const task: TextTask = {
    vocabulary: buildVocabulary(texts, { maxWords: 20_000, minCount: 1 }),
    labels: labelsOf(examples, "sentences"),
    maxLength: 100,
    threshold: 0,
  };
  return {
    task,
    train: encodeExamples(parts.train, task),
    validation: encodeExamples(parts.validation, task),
    test: encodeExamples(parts.test, task),
  };
}
