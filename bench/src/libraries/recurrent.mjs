import { batches } from "../data.mjs";
import { requirePeer } from "../peers.mjs";

const { Graph, RandMat, RNN } = requirePeer("recurrent-js");

/**
 * recurrent-js: column vectors of float64, one sample after another. Its RNN has relu and draws its own weights, so the
 * losses do not compare; the number of operations does.
 */
export default {
  train(spec) {
    const { vocabulary, inputs, hidden, batch, steps, outputs, learningRate } = spec;
    const network = new RNN({
      architecture: { inputSize: inputs, hiddenUnits: [hidden], outputSize: outputs },
    });
    const table = new RandMat(vocabulary, inputs, 0, 0.1);
    const data = batches(spec);
    return (i) => {
      const { x, y } = data[i % data.length];
      let loss = 0;
      for (let row = 0; row < batch; row++) {
        const graph = new Graph();
        graph.memorizeOperationSequence(true);
        let state = null;
        for (let step = 0; step < steps; step++) {
          state = network.forward(graph.rowPluck(table, x[row * steps + step]), state, graph);
        }
        const difference = state.output.w[0] - y[row];
        state.output.dw[0] = (2 * difference) / batch;
        graph.backward();
        loss += (difference * difference) / batch;
      }
      network.update(learningRate);
      table.update(learningRate);
      return loss;
    };
  },
};
