import {
  basicEnglish,
  buildVocabFromIterator,
  getTokenizer,
  type PaddedBatch,
  padSequences,
  type Tokenizer,
  Vocab,
  vectorize,
} from "@rnn/text";
import { expectTypeOf } from "vitest";

declare const lines: AsyncIterable<string[]>;
declare const maybe: number | undefined;

// a synchronous corpus gives a vocabulary, an asynchronous one a promise of it
expectTypeOf(buildVocabFromIterator([["a"]])).toEqualTypeOf<Vocab>();
expectTypeOf(buildVocabFromIterator(lines)).toEqualTypeOf<Promise<Vocab>>();

// options may be passed on when they are undefined
expectTypeOf(buildVocabFromIterator).toBeCallableWith([["a"]], { maxTokens: maybe, minFreq: maybe });
expectTypeOf(padSequences).toBeCallableWith([[1], Int32Array.of(2)], { maxLength: maybe });

// tokenizers are plain functions
expectTypeOf(basicEnglish).toExtend<Tokenizer>();
expectTypeOf(getTokenizer("words")).toEqualTypeOf<Tokenizer>();
// @ts-expect-error: not a tokenizer's name
getTokenizer("basic english");

expectTypeOf(vectorize(["a"], new Vocab(["a"]), 3, { padIndex: 0 })).toExtend<Int32Array>();
expectTypeOf<PaddedBatch["shape"]>().toEqualTypeOf<readonly [number, number]>();
expectTypeOf(new Vocab(["a"]).getDefaultIndex()).toEqualTypeOf<number | null>();
