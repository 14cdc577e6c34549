// Megabytes per second of byte-pair encoding: training, encoding with and without pieces seen before, decoding.
// pnpm --filter @rnn/text bench:bpe [megabytes] [rounds] [vocabSize]
import { BytePairEncoding } from "../src/byte-pair-encoding.ts";
import { trainBytePairEncoding } from "../src/train-byte-pair-encoding.ts";
import { compare, megabytesOf } from "./compare.ts";
import { reviews } from "./reviews.ts";

const [megabytes = 1, rounds = 10, vocabSize = 8000] = process.argv.slice(2).map(Number);
const texts = reviews(megabytes, 1);
const encoding = trainBytePairEncoding(texts, { vocabSize });
const { merges } = encoding.toJSON();
const ids = texts.map((text) => encoding.encode(text));
console.log(`${encoding.length} ids`);

compare(
  megabytesOf(texts),
  {
    train: () => trainBytePairEncoding(texts, { vocabSize }),
    "encode, first time": () => encodeAll(new BytePairEncoding(merges)),
    "encode, pieces seen": () => encodeAll(encoding),
    decode: () => ids.map((list) => encoding.decode(list)),
  },
  rounds,
);

function encodeAll(by: BytePairEncoding): number {
  return texts.reduce((sum, text) => sum + by.encode(text).length, 0);
}
