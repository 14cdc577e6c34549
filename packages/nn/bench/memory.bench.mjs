// Whether memory stays flat while a model trains: what is in use every tenth of the way, after collecting garbage.
// Run after a build: node bench/memory.bench.mjs [--steps 10000]

import { parseArgs } from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
import { crossEntropy, Embedding, GRU, Linear, LSTM, Module, maxOverTime } from "@rnn/nn";
import { manualSeed, randint, simdKernels } from "@rnn/tensor";

const { values: flags } = parseArgs({ options: { steps: { type: "string", default: "10000" } } });
const steps = Number(flags.steps);
v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc");

/** Texts of different lengths through an LSTM, and a stream whose state is carried on through a GRU. */
class Model extends Module {
  embedding = this.child("embedding", new Embedding({ numEmbeddings: 50, embeddingDim: 8 }));
  lstm = this.child("lstm", new LSTM({ inputSize: 8, hiddenSize: 16, bidirectional: true }));
  gru = this.child("gru", new GRU({ inputSize: 8, hiddenSize: 16 }));
  words = this.child("words", new Linear({ inFeatures: 16, outFeatures: 50 }));
  classes = this.child("classes", new Linear({ inFeatures: 32, outFeatures: 3 }));

  classify(ids, lengths) {
    const { output } = this.lstm.forward(this.embedding.forward(ids), { lengths });
    return this.classes.forward(maxOverTime(output, lengths));
  }

  predict(ids, state) {
    const { output, state: next } = this.gru.forward(this.embedding.forward(ids), { state });
    return { logits: this.words.forward(output), state: { h: next.h.detach() } };
  }
}

manualSeed(0);
const model = new Model();
const losses = new Float64Array(steps + 1);
let carried;

function trainingStep(step) {
  const lengths = [...randint(0, 13, [8]).data];
  const logits = model.classify(randint(0, 50, [12, 8]), lengths);
  const text = crossEntropy(logits, randint(0, 3, [8]));
  const { logits: next, state } = model.predict(randint(0, 50, [12, 8]), carried);
  carried = state;
  const loss = text.add(crossEntropy(next.reshape([96, 50]), randint(0, 50, [96])));
  loss.backward();
  for (const { value, grad } of model.parameters()) {
    for (let i = 0; i < value.size; i++) value.data[i] -= 0.01 * grad.data[i];
  }
  model.zeroGrad();
  losses[step] = loss.item();
}

const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(2).padStart(10);
console.log(`node ${process.version}, ${process.arch}`);
console.log("  step      heap   external    buffers WebAssembly  resident   (MB)");
for (let step = 0; step <= steps; step++) {
  if (step % Math.max(1, Math.floor(steps / 10)) === 0) {
    // array buffers are freed after the collection that finds them unused
    gc();
    gc();
    const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
    const wasm = simdKernels(false)?.memory.floats.byteLength ?? 0;
    const columns = [heapUsed, external, arrayBuffers, wasm, rss].map(megabytes).join(" ");
    console.log(`${String(step).padStart(6)}${columns}`);
  }
  trainingStep(step);
}
console.log(`loss: ${losses[0].toFixed(3)} at first, ${losses[steps].toFixed(3)} in the end`);
