import {
  addToken,
  basicEnglish,
  buildVocabFromIterator,
  getTokenizer,
  type PaddedBatch,
  padSequences,
  sequential,
  type Tokenizer,
  toTypedArray,
  truncate,
  Vocab,
  vectorize,
  vocabTransform,
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

// transforms give a list for a list and a batch for a batch
const lookUp = vocabTransform(new Vocab(["a"]));
expectTypeOf(lookUp(["a"])).toEqualTypeOf<number[]>();
expectTypeOf(lookUp([["a"]])).toEqualTypeOf<number[][]>();
expectTypeOf(truncate(2)(["a"])).toEqualTypeOf<string[]>();
expectTypeOf(toTypedArray()([1])).toEqualTypeOf<Int32Array>();
expectTypeOf(toTypedArray()([[1]])).toEqualTypeOf<PaddedBatch>();

// chains are checked from step to step
const toIds = sequential(basicEnglish, truncate(3), addToken("<bos>"), lookUp, addToken(0), toTypedArray());
expectTypeOf(toIds).toEqualTypeOf<(input: string) => Int32Array>();
// a chain that starts with a transform takes lists and batches too
const numbered = sequential(lookUp, addToken(0));
expectTypeOf(numbered(["a"])).toEqualTypeOf<number[]>();
expectTypeOf(numbered([["a"]])).toEqualTypeOf<number[][]>();
expectTypeOf(sequential(truncate<string>(3), lookUp)(["a"])).toEqualTypeOf<number[]>();
// @ts-expect-error: ids are added to tokens
sequential(basicEnglish, addToken(0));
// @ts-expect-error: tokens are not looked up yet
sequential(basicEnglish, toTypedArray());
