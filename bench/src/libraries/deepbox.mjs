import { batches, uniform, weights } from "../data.mjs";
import { requirePeer } from "../peers.mjs";

const nn = requirePeer("deepbox/nn");
const nd = requirePeer("deepbox/ndarray");
const optim = requirePeer("deepbox/optim");

/** deepbox: layers, autograd and optimizers in plain TypeScript, after PyTorch. */
export default {
  gemm(m, k, n, a, b) {
    const [left, right] = [array(a, [m, k]), array(b, [k, n])];
    return () => nd.dot(left, right);
  },

  train(spec) {
    const { vocabulary, inputs, hidden, layers = 1, outputs, batch, steps } = spec;
    const embedding = vocabulary ? new nn.Embedding(vocabulary, inputs) : undefined;
    const rnn = new { lstm: nn.LSTM, rnn: nn.RNN }[spec.cell](inputs, hidden, { numLayers: layers });
    const linear = new nn.Linear(hidden, outputs);
    const parts = { rnn, linear, ...(embedding ? { embedding } : {}) };
    load(parts, weights(spec));
    const parameters = Object.values(parts).flatMap((part) => [...part.parameters()]);
    const Optimizer = { adam: optim.Adam, sgd: optim.SGD }[spec.optimizer];
    const optimizer = new Optimizer(parameters, { lr: spec.learningRate });
    const data = batches(spec).map(({ x, y }) => ({
      x: vocabulary ? integers(x, [batch, steps]) : array(x, [batch, steps, inputs]),
      y: spec.loss === "crossEntropy" ? integers(y, [batch * steps]) : array(y, [batch, 1]),
    }));
    let state = [];
    return (i) => {
      const { x, y } = data[i % data.length];
      optimizer.zeroGrad();
      if (embedding) forgetGradient(embedding.weight);
      const [every, final] = rnn.forwardWithState(embedding ? embedding.forward(x) : x, ...state);
      if (spec.carriesState) state = final.map((part) => part.detach());
      const read =
        spec.loss === "crossEntropy"
          ? every.reshape([batch * steps, hidden])
          : every.slice({ start: 0, end: batch }, { start: steps - 1, end: steps }).reshape([batch, hidden]);
      const loss = losses[spec.loss](linear.forward(read), y);
      loss.backward();
      // its embedding makes a float64 gradient, which its optimizers refuse
      if (embedding) embedding.weight.setGrad(embedding.weight.grad.astype("float32"));
      if (spec.clipNorm) nn.clipGradNorm_(parameters, spec.clipNorm);
      optimizer.step();
      return loss.tensor.data[loss.tensor.offset ?? 0];
    };
  },

  stream({ cell, inputs, hidden, steps, seed }) {
    const rnn = new nn.LSTM(inputs, hidden);
    load({ rnn }, weights({ cell, inputs, hidden }));
    const x = uniform(steps * inputs, seed, 1);
    const sequence = array(x, [1, steps, inputs]);
    const frames = Array.from({ length: steps }, (_, t) =>
      array(x.slice(t * inputs, (t + 1) * inputs), [1, 1, inputs]),
    );
    let state = [];
    return {
      step: (i) =>
        nd.noGrad(() => {
          const [, final] = rnn.forwardWithState(frames[i % steps], ...state);
          state = final;
        }),
      sequence: () => nd.noGrad(() => rnn.forwardWithState(sequence)[1][0].tensor.data),
    };
  },
};

const losses = {
  crossEntropy: nn.crossEntropyLoss,
  bceWithLogits: nn.binaryCrossEntropyWithLogitsLoss,
  mse: nn.mseLoss,
};

/** Puts weights by PyTorch's names into the parts of a model. */
function load(parts, entries) {
  for (const [part, module] of Object.entries(parts)) {
    for (const [name, parameter] of module.namedParameters()) {
      parameter.tensor.data.set(entries.get(`${part}.${name}`).values);
    }
  }
}

/** `zeroGrad` leaves float32 zeros, to which the float64 gradient of an embedding cannot be added. */
function forgetGradient(weight) {
  weight.setRequiresGrad(false);
  weight.setRequiresGrad(true);
}

function array(values, shape) {
  return nd.reshape(nd.tensor(values), shape);
}

function integers(values, shape) {
  return nd.reshape(nd.tensor(values, { dtype: "int32" }), shape);
}
