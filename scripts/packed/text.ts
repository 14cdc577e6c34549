import { basicEnglish, buildVocabFromIterator, vectorize } from "@rnn/text";

const samples = ["We are learning AI", "AI is a CS topic"];
const vocab = buildVocabFromIterator(samples.map(basicEnglish), {
  maxTokens: 8,
  specials: ["<unk>", "<pad>"],
});
vocab.setDefaultIndex(0);
const ids: Int32Array = vectorize("AI topic in CS is difficult", vocab, 5);
if (ids.join() !== "2,0,0,5,6") throw new Error(`expected 2,0,0,5,6, got ${ids.join()}`);

// what must not compile, with any TypeScript that is promised
export function mistakes(): void {
  // @ts-expect-error: torchtext's spelling
  buildVocabFromIterator([["a"]], { max_tokens: 8 });
  // @ts-expect-error: a vocabulary is not optional
  vectorize("AI topic", 5);
}
