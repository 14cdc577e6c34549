import { batches } from "../data.mjs";
import { requirePeer } from "../peers.mjs";

const { recurrent } = requirePeer("brain.js");

/** One pass over the sequences that are given, and nothing printed. */
const ONE_PASS = { iterations: 1, log: false, errorThresh: -1 };

/**
 * brain.js: networks of its own, trained on one sequence after another with RMSprop and a loss at every step. Losses do not
 * compare; the sizes do. The tiny network reads letters and predicts the next one, with relu.
 */
export default {
  train(spec) {
    const rows = batches(spec).map(({ x, y }) => rowsOf(x, y, spec));
    const network = spec.vocabulary ? letterNetwork(rows.flat(), spec) : numberNetwork(spec);
    const data = spec.vocabulary ? rows.map((batch) => batch.map((row) => row.slice(0, -1).join(""))) : rows;
    return (i) => network.train(data[i % data.length], ONE_PASS).error;
  },
};

/** Each row's inputs with its target at the end. */
function rowsOf(x, y, { batch, steps }) {
  return Array.from({ length: batch }, (_, row) => [...x.subarray(row * steps, (row + 1) * steps), y[row]]);
}

function numberNetwork({ inputs, hidden, outputs }) {
  return new recurrent.LSTMTimeStep({ inputSize: inputs, hiddenLayers: [hidden], outputSize: outputs });
}

function letterNetwork(rows, { vocabulary, hidden }) {
  const network = new recurrent.RNN({
    inputSize: vocabulary,
    inputRange: vocabulary,
    hiddenLayers: [hidden],
    outputSize: vocabulary,
  });
  // the first training decides which letters there are
  const letters = Array.from({ length: vocabulary }, (_, id) => String(id)).join("");
  network.train([letters, ...rows.map((row) => row.slice(0, -1).join(""))], ONE_PASS);
  return network;
}
