import { Generator, type Tensor } from "@rnn/tensor";
import type { Vocab } from "@rnn/text";
import {
  distinctTexts,
  members,
  numberIn,
  oneOf,
  SavedModelError,
  wholeIn,
} from "../../saved/json-checks.ts";
import { checkWeights, descriptionMembers, encodeModelFile } from "../../saved/model-file.ts";
import { readNote, type TrainingNote, writeNote } from "../../saved/note.ts";
import { linearShapes, recurrentShapes } from "../../saved/weight-shapes.ts";
import { LanguageModel, type LanguageModelConfig } from "./model.ts";
import { END_OF_LINE, UNKNOWN_WORD, type UnitName, vocabularyOf } from "./text-units.ts";

/** Metadata entry of the description, and its format. */
export const KEY = "rnn.language-model";
const VERSION = 1;
/** Bounds of sizes in a file; generous, but no file can make a reader allocate without end. */
const MAX_TOKENS = 2_000_000;
const MAX_UNITS = 16_384;
const MAX_LAYERS = 64;
const SIZES = ["cell", "embedding", "hidden", "layers", "dropout", "tied"] as const;

/** A trained language model with all that is needed to use it. */
export interface SavedModel {
  readonly model: LanguageModel;
  readonly units: UnitName;
  readonly vocabulary: Vocab;
  readonly note: TrainingNote;
}

/** A model as the bytes of one file. */
export function encodeModel({ model, units, vocabulary, note }: SavedModel): Uint8Array<ArrayBuffer> {
  const { tokens: _tokens, ...sizes } = model.config;
  const description = {
    format: KEY,
    version: VERSION,
    units,
    model: sizes,
    vocabulary: vocabulary.getItos(),
    training: writeNote(note),
  };
  return encodeModelFile(KEY, description, model.stateDict());
}

/**
 * The model that a description and weights make, in evaluation mode. Both may come from anyone.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function buildModel(description: string, tensors: ReadonlyMap<string, Tensor>): SavedModel {
  const root = descriptionMembers(description, KEY, [VERSION], ["units", "model", "vocabulary", "training"]);
  const units = oneOf<UnitName>(root.units as UnitName, '"units"', ["characters", "words"]);
  const vocabulary = distinctTexts(root.vocabulary, '"vocabulary"', 1, MAX_TOKENS);
  for (const special of units === "words" ? [UNKNOWN_WORD, END_OF_LINE] : []) {
    if (!vocabulary.includes(special)) throw new SavedModelError(`"vocabulary" lacks ${special}`);
  }
  const config = readConfig(root.model, vocabulary.length);
  const note = readNote(root.training);
  checkWeights(parameterShapes(config), tensors);
  const model = new LanguageModel(config, new Generator(0));
  model.loadStateDict(tensors);
  return { model: model.eval(), units, vocabulary: vocabularyOf(vocabulary, units), note };
}

function readConfig(value: unknown, tokens: number): LanguageModelConfig {
  const sizes = members(value, '"model"', SIZES);
  const config: LanguageModelConfig = {
    cell: oneOf(sizes.cell as "lstm", '"model.cell"', ["lstm", "gru"]),
    tokens,
    embedding: wholeIn(sizes.embedding, '"model.embedding"', 1, MAX_UNITS),
    hidden: wholeIn(sizes.hidden, '"model.hidden"', 1, MAX_UNITS),
    layers: wholeIn(sizes.layers, '"model.layers"', 1, MAX_LAYERS),
    dropout: numberIn(sizes.dropout, '"model.dropout"', 0, 0.99),
    tied: sizes.tied === true,
  };
  if (typeof sizes.tied !== "boolean") throw new SavedModelError('"model.tied" is not true or false');
  if (config.tied && config.embedding !== config.hidden) {
    throw new SavedModelError(
      `"model.tied" needs an embedding as wide as the layers, but they are ${config.embedding} and ${config.hidden}`,
    );
  }
  return config;
}

/** Names and shapes of the parameters that a configuration leads to, known without building the model. */
function parameterShapes(config: LanguageModelConfig): Map<string, readonly number[]> {
  const { tokens, embedding, hidden, tied } = config;
  return new Map([
    ["embedding.weight", [tokens, embedding]] as const,
    ...recurrentShapes({ ...config, inputSize: embedding, hiddenSize: hidden }),
    ...(tied ? [["bias", [tokens]] as const] : linearShapes("output", hidden, tokens)),
  ]);
}
