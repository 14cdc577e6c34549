import { Worker } from "node:worker_threads";
import { fit } from "@rnn/train";
import { batchesOf, lossFunctions, networkOf, optimizerOf } from "./rnn-network.mjs";

const THREADS = 2;

/** This repository's packages, with every batch divided between two threads. */
export default {
  async train(spec) {
    const network = networkOf(spec);
    const data = batchesOf(spec);
    const { batch, clipNorm, loss } = spec;
    const perSample = data[0].y.size / batch; // targets
    const divide = ({ x, y }, index, count) => {
      const [start, end] = [index, index + 1].map((part) => Math.floor((batch * part) / count));
      return {
        x: x.slice([start, end]),
        y: y.slice([start * perSample, end * perSample]),
        size: end - start,
      };
    };
    const events = fit(network, repeated(data), {
      optimizer: optimizerOf(spec, network.parameters()),
      epochs: 1,
      loss: ({ x, y }) => lossFunctions[loss](network.forward(x).output, y),
      clipNorm,
      parallel: THREADS,
      worker: () => new Worker(new URL("./rnn-replica.mjs", import.meta.url), { workerData: spec }),
      shard: divide,
    });
    return async () => {
      for (;;) {
        const { value: event } = await events.next();
        if (event.type === "step") return event.loss;
      }
    };
  },
};

function* repeated(data) {
  for (let i = 0; ; i++) yield data[i % data.length];
}
