import { basicEnglish, buildVocabFromIterator, vectorize } from "@rnn/text";

/** What the page shows: every stage from the samples to the ids, or what is wrong with the input. */
export interface Stages {
  readonly error: string;
  readonly tokens: readonly { readonly text: string; readonly known: boolean }[];
  readonly vocabulary: readonly string[];
  readonly ids: readonly number[];
}

/** Builds the vocabulary of the samples and turns a sentence into ids, as the course page does by hand. */
export function textToNumbers(
  samples: readonly string[],
  sentence: string,
  maxTokens: number,
  sequenceLength: number,
): Stages {
  try {
    const vocab = buildVocabFromIterator(samples.map(basicEnglish), {
      maxTokens,
      specials: ["<unk>", "<pad>"],
    });
    vocab.setDefaultIndex(0);
    return {
      error: "",
      tokens: basicEnglish(sentence).map((text) => ({ text, known: vocab.contains(text) })),
      vocabulary: vocab.getItos(),
      ids: Array.from(vectorize(sentence, vocab, sequenceLength)),
    };
  } catch (error) {
    return { error: (error as Error).message, tokens: [], vocabulary: [], ids: [] };
  }
}
