// Megabytes per second of bags of words: splitting alone, counts in one pass and in two, pairs of words, tf-idf.
// pnpm --filter @rnn/text bench:vectorizers [megabytes] [rounds]
import { CountVectorizer } from "../src/count-vectorizer.ts";
import { splitWords } from "../src/split.ts";
import { TfidfVectorizer } from "../src/tfidf-vectorizer.ts";
import { compare, megabytesOf } from "./compare.ts";
import { reviews } from "./reviews.ts";

const [megabytes = 10, rounds = 5] = process.argv.slice(2).map(Number);
const texts = reviews(megabytes, 1);
const pairs = { ngramRange: [1, 2], minDf: { count: 2 } } as const;
const fitted = new CountVectorizer().fit(texts);

compare(
  megabytesOf(texts),
  {
    "splitWords alone": () => texts.reduce((sum, text) => sum + splitWords(text.toLowerCase()).length, 0),
    "CountVectorizer fitTransform": () => new CountVectorizer().fitTransform(texts),
    "CountVectorizer transform": () => fitted.transform(texts),
    "the same with pairs, minDf 2": () => new CountVectorizer(pairs).fitTransform(texts),
    "TfidfVectorizer fitTransform": () => new TfidfVectorizer().fitTransform(texts),
  },
  rounds,
);
