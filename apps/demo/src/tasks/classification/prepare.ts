import { basename } from "node:path";
import type { Example } from "../../data/example.ts";
import { labelsOf } from "../../data/labels.ts";
import { loadExamples, loadShipped } from "../../data/load.ts";
import { InputError } from "../../errors.ts";
import { type Parts, splitExamples, splitWithTest } from "./split.ts";
import type { TrainOptions } from "./train-options.ts";

/** The data of a run. */
export interface PreparedData {
  /** What it is, for the first line of the report. */
  readonly title: string;
  /** What one example is called, in the plural. */
  readonly unit: string;
  /** Short name, kept in the saved model. */
  readonly name: string;
  readonly parts: Parts;
  readonly labels: readonly string[];
  /** Rows left out for lack of a text or a label. */
  readonly skipped: number;
}

/**
 * Loads and divides the data that the options ask for.
 *
 * @throws {@link InputError} if the options or the files do not fit.
 */
export async function prepareData(options: TrainOptions, given: ReadonlySet<string>): Promise<PreparedData> {
  if (options.data === undefined) {
    for (const name of ["text", "label", "group", "test"]) {
      if (given.has(name))
        throw new InputError(`--${name}: describes your own data; give its file with --data FILE`);
    }
    return shipped(options.seed);
  }
  if (options.text === options.label) {
    throw new InputError(
      `--text and --label both name the column "${options.text}"; choose two with --text COLUMN --label COLUMN`,
    );
  }
  const columns = { text: options.text, label: options.label, group: options.group };
  const all = await loadExamples(options.data, columns);
  const name = basename(options.data);
  if (options.test === undefined) {
    return {
      title: `texts from ${name}`,
      unit: "texts",
      name,
      labels: labelsOf(all.examples, options.data),
      parts: splitExamples(all.examples, options.seed, options.data),
      skipped: all.skipped,
    };
  }
  const test = await loadExamples(options.test, { text: options.text, label: options.label });
  return {
    title: `texts from ${name} and ${basename(options.test)}`,
    unit: "texts",
    name,
    labels: labelsOf(all.examples, options.data),
    parts: splitWithTest(all.examples, test.examples, options.seed, options.data, options.test),
    skipped: all.skipped + test.skipped,
  };
}

async function shipped(seed: number): Promise<PreparedData> {
  const { examples } = await loadShipped();
  return {
    title: "sentences from Amazon, IMDb and Yelp reviews (UCI Sentiment Labelled Sentences, CC BY 4.0)",
    unit: "sentences",
    name: "UCI Sentiment Labelled Sentences",
    labels: labelsOf(examples, "the shipped sentences"),
    parts: splitExamples(examples, seed, "the shipped sentences"),
    skipped: 0,
  };
}

/** Texts to show at the end: our own for the shipped data, else the first test text of up to three classes. */
export function showcase(shippedData: boolean, test: readonly Example[]): string[] {
  if (shippedData) {
    return [
      "The food was delicious and the staff were friendly.",
      "Not worth the money, the battery died after two days.",
      "I expected a boring film, but it was not bad at all.",
    ];
  }
  const byLabel = new Map<string, string>();
  for (const { text, label } of test) if (!byLabel.has(label)) byLabel.set(label, text);
  return [...byLabel.values()].slice(0, 3);
}
