// One training step of a text classifier on texts of different lengths: embedding and dropout of 64, recurrent layer of 64, max and
// mean over time, linear layer; forward and backward, without an update. Run after a build:
// node bench/texts.bench.mjs [lstm|gru|rnn ...] [--directions 2] [--rounds 12] [--cpu-time]
// Beside texts of 60 to 400 words in batches of about equal length there are batches whose texts all have 230 words, with and
// without lengths given. --cpu-time counts the processor time of this process, for machines that are busy with other work.

import { parseArgs } from "node:util";
import { cat, dropout, Embedding, GRU, Linear, LSTM, maxOverTime, meanOverTime, RNN } from "@rnn/nn";
import { Generator, manualSeed, randint } from "@rnn/tensor";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    directions: { type: "string", default: "1" },
    rounds: { type: "string", default: "12" },
    "cpu-time": { type: "boolean", default: false },
  },
});
const clock = flags["cpu-time"] ? processorTime : () => performance.now();
const layers = { lstm: LSTM, gru: GRU, rnn: RNN };
const chosen = positionals.length > 0 ? positionals : ["gru"];
const [words, width, batch] = [20_000, 64, 64];
const generator = new Generator(1);
const workloads = {
  "60 to 400 words": Array.from({ length: 8 }, (_, i) => texts(80 + 45 * i, 20)),
  "210 to 230 words": [texts(230, 20)],
  "230 words, with lengths": [texts(230, 0)],
  "230 words": [{ ...texts(230, 0), lengths: undefined }],
};

console.log(`node ${process.version}, ${process.arch}`);
console.log("texts of                        texts/s     us per word");
for (const name of chosen) {
  for (const [title, batches] of Object.entries(workloads)) {
    const step = trainingStep(layers[name], Number(flags.directions));
    for (const block of batches) step(block);
    const start = clock();
    for (let round = 0; round < Number(flags.rounds); round++) for (const block of batches) step(block);
    const seconds = (clock() - start) / 1000 / Number(flags.rounds);
    const count = batches.reduce((total, { ids }) => total + ids.size, 0);
    const rate = ((batches.length * batch) / seconds).toFixed(0).padStart(10);
    const perWord = ((seconds / count) * 1e6).toFixed(2).padStart(15);
    console.log(`${name.padEnd(5)} ${title.padEnd(24)} ${rate} ${perWord}`);
  }
}

/** A batch of texts of up to `longest` words, the shortest `spread` words shorter. */
function texts(longest, spread) {
  const lengths = Int32Array.from({ length: batch }, (_, n) => longest - ((n * 7) % (spread + 1)));
  return { ids: randint(1, words, [batch, longest], { generator }), lengths };
}

/** A function that runs one step on a batch. */
function trainingStep(Layer, directions) {
  manualSeed(1);
  const embedding = new Embedding({ numEmbeddings: words, embeddingDim: width });
  const sizes = { inputSize: width, hiddenSize: width, batchFirst: true, bidirectional: directions === 2 };
  const layer = new Layer(sizes);
  const linear = new Linear({ inFeatures: 2 * directions * width, outFeatures: 1 });
  return ({ ids, lengths }) => {
    for (const module of [embedding, layer, linear]) module.zeroGrad();
    const { output } = layer.forward(dropout(embedding.forward(ids)), { lengths });
    const layout = { batchFirst: true };
    const pooled = cat([maxOverTime(output, lengths, layout), meanOverTime(output, lengths, layout)], 1);
    linear.forward(pooled).sum().backward();
  };
}

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
