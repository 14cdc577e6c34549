import type { Vocab } from "@rnn/text";
import {
  distinctTexts,
  members,
  numberIn,
  oneOf,
  SavedModelError,
  wholeIn,
} from "../../../saved/json-checks.ts";
import { descriptionMembers } from "../../../saved/model-file.ts";
import { readNote, type TrainingNote, writeNote } from "../../../saved/note.ts";
import type { LanguageModelConfig } from "../model.ts";
import { END_OF_LINE, UNKNOWN_WORD, type UnitName, vocabularyOf } from "../text-units.ts";

/** Metadata entry of the description, and its format. */
export const KEY = "rnn.language-model";
const VERSION = 1;
/** Bounds of sizes in a file; generous, but no file can make a reader allocate without end. */
const MAX_TOKENS = 2_000_000;
const MAX_UNITS = 16_384;
const MAX_LAYERS = 64;
const MEMBERS = ["units", "model", "vocabulary", "training"] as const;
const SIZES = ["cell", "embedding", "hidden", "layers", "dropout", "tied"] as const;

/** All of a saved model but its weights. */
export interface Description {
  readonly config: LanguageModelConfig;
  readonly units: UnitName;
  readonly vocabulary: Vocab;
  readonly note: TrainingNote;
}

/** A description as it is written. */
export function writeDescription({ config, units, vocabulary, note }: Description): object {
  const { tokens: _tokens, ...sizes } = config;
  return {
    format: KEY,
    version: VERSION,
    units,
    model: sizes,
    vocabulary: vocabulary.getItos(),
    training: writeNote(note),
  };
}

/**
 * Reads a description that may come from anyone.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function readDescription(text: string): Description {
  const root = descriptionMembers(text, KEY, [VERSION], MEMBERS);
  const units = oneOf<UnitName>(root.units as UnitName, '"units"', ["characters", "words"]);
  const tokens = distinctTexts(root.vocabulary, '"vocabulary"', 1, MAX_TOKENS);
  for (const special of units === "words" ? [UNKNOWN_WORD, END_OF_LINE] : []) {
    if (!tokens.includes(special)) throw new SavedModelError(`"vocabulary" lacks ${special}`);
  }
  return {
    config: readConfig(root.model, tokens.length),
    units,
    vocabulary: vocabularyOf(tokens, units),
    note: readNote(root.training),
  };
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
