import type { Writer } from "../../commands/generate.ts";
import { InputError } from "../../errors.ts";
import { visible } from "../../terminal/format.ts";
import { ModelStream } from "./model-stream.ts";
import type { SavedModel } from "./saved/model-file.ts";
import { END_OF_LINE, TEXT_UNITS, UNKNOWN_WORD } from "./text-units.ts";

/** A language model as `generate` sees it. */
export function writerOf({ model, units, vocabulary }: SavedModel): Writer {
  const { split, join } = TEXT_UNITS[units];
  // as if a line had just ended
  const beginning = vocabulary.contains("\n") ? ["\n"] : [vocabulary.lookupToken(0)];
  return {
    unit: units,
    read(prompt) {
      const tokens = prompt === "" ? (units === "words" ? [END_OF_LINE] : beginning) : split(prompt);
      const unknown = units === "words" ? undefined : tokens.find((token) => !vocabulary.contains(token));
      if (unknown !== undefined) {
        throw new InputError(
          `--prompt: the model does not know the character "${visible(unknown)}"; inspect shows those it knows`,
        );
      }
      return vocabulary.lookupIndices(tokens.length === 0 ? [END_OF_LINE] : tokens);
    },
    unknown: (prompt) => split(prompt).filter((token) => !vocabulary.contains(token)),
    write: (token, before) => join(vocabulary.lookupToken(token), before),
    source: () => new ModelStream(model),
    suppressTokens: units === "words" ? [vocabulary.lookupIndex(UNKNOWN_WORD)] : [],
  };
}
