/**
 * How well the simplest language models predict a text: what a network has to beat.
 *
 * The unigram model knows how frequent each unit is, P(b) = (c(b) + 1) / (n + V). The bigram model knows the unit before:
 * P(b | a) = (c(a b) + d(a) P(b)) / (c(a) + d(a)), with d(a) the number of different units seen after a
 * (Witten & Bell 1991).
 *
 * @returns mean cross-entropies in nats
 */
export function nGramCrossEntropies(
  train: Int32Array,
  test: Int32Array,
  vocabularySize: number,
): { unigram: number; bigram: number } {
  const counts = new Float64Array(vocabularySize);
  const followers = new Float64Array(vocabularySize);
  const starts = new Float64Array(vocabularySize);
  const pairs = new Map<number, number>();
  for (const unit of train) counts[unit]! += 1;
  for (let t = 1; t < train.length; t++) {
    const before = train[t - 1]!;
    const pair = before * vocabularySize + train[t]!;
    const count = pairs.get(pair) ?? 0;
    pairs.set(pair, count + 1);
    starts[before]! += 1;
    if (count === 0) followers[before]! += 1;
  }
  let unigram = 0;
  let bigram = 0;
  for (let t = 1; t < test.length; t++) {
    const [before, unit] = [test[t - 1]!, test[t]!];
    const alone = (counts[unit]! + 1) / (train.length + vocabularySize);
    const pair = pairs.get(before * vocabularySize + unit) ?? 0;
    const total = starts[before]! + followers[before]!;
    unigram -= Math.log(alone);
    bigram -= Math.log(total === 0 ? alone : (pair + followers[before]! * alone) / total);
  }
  return { unigram: unigram / (test.length - 1), bigram: bigram / (test.length - 1) };
}
