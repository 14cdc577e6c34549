import { type ListOrBatch, type ListTransform, mapLists, type SameNesting } from "./list-transform.ts";
import { show } from "./show.ts";
import { Vocab } from "./vocab.ts";

/**
 * A transform that looks tokens up in a vocabulary.
 *
 * @remarks
 * Takes one list or a batch of lists. The vocabulary is not copied: tokens added later are found. As torchtext's
 * `VocabTransform`.
 *
 * @throws TypeError if `vocab` is not a {@link Vocab}.
 * @throws RangeError when applied, if a token is absent and the vocabulary has no default index.
 *
 * @example
 * ```ts
 * import { Vocab, vocabTransform } from "@rnn/text";
 *
 * const lookUp = vocabTransform(new Vocab(["<unk>", "a", "film"], { defaultIndex: 0 }));
 * lookUp(["a", "good", "film"]); // => [1, 0, 2]
 * lookUp([["film"], []]); // => [[2], []]
 * ```
 *
 * @public
 */
export function vocabTransform(vocab: Vocab): ListTransform<string, number> {
  if (!(vocab instanceof Vocab)) {
    throw new TypeError(`vocabTransform: vocab must be a Vocab, got ${show(vocab)}`);
  }
  return <Lists extends ListOrBatch<string>>(lists: Lists) =>
    mapLists("vocabTransform", lists, (list) => vocab.lookupIndices(list)) as SameNesting<Lists, number>;
}
