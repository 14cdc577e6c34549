import { batches, uniform, weights } from "../data.mjs";
import { requirePeer } from "../peers.mjs";
import { sum, timeMajor, transposed } from "./layout.mjs";

const tf = requirePeer("@tensorflow/tfjs");

/**
 * TensorFlow.js on WebAssembly SIMD (`"wasm"`) or in JavaScript (`"cpu"`), with the core API: the input projection of a
 * sequence is one product, the cell is written out, and there is one bias per gate, as in its layers.
 */
export async function tensorFlow(backend) {
  if (backend === "wasm") requirePeer("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error(`TensorFlow.js chose the backend ${tf.getBackend()}`);
  return { default: adapter };
}

const adapter = {
  gemm(m, k, n, a, b) {
    const left = tf.tensor2d(a, [m, k]);
    const right = tf.tensor2d(b, [k, n]);
    return () => tf.matMul(left, right).dispose();
  },

  train(spec) {
    const entries = weights(spec);
    const { layers, variables } = recurrentLayers(entries, spec, (value) => tf.variable(value));
    const linear = [
      tf.variable(tensor(transposed(entries.get("linear.weight")))),
      tf.variable(tensor(entries.get("linear.bias"))),
    ];
    variables.push(...linear);
    const table = spec.vocabulary ? tf.variable(tensor(entries.get("embedding.weight"))) : undefined;
    if (table) variables.push(table);
    const optimizer =
      spec.optimizer === "adam"
        ? tf.train.adam(spec.learningRate, 0.9, 0.999, 1e-8)
        : tf.train.sgd(spec.learningRate);
    const data = batches(spec).map((batch) => asTensors(batch, spec));
    let carried = spec.carriesState ? layers.map(() => zeroState(spec)) : undefined;

    return (i) => {
      const { x, y } = data[i % data.length];
      const finals = [];
      const loss = tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => {
          const inputs = table ? lookUp(table, x) : x;
          const { every, last, states } = runLayers(layers, inputs, spec, carried);
          if (carried) finals.push(...states.map((state) => state.map((part) => tf.keep(part.clone()))));
          const logits = tf.add(tf.matMul(spec.loss === "crossEntropy" ? every : last, linear[0]), linear[1]);
          return lossOf(logits, y, spec);
        }, variables);
        optimizer.applyGradients(spec.clipNorm ? clipped(grads, spec.clipNorm) : grads);
        return value;
      });
      if (carried) {
        tf.dispose(carried);
        carried = finals;
      }
      const result = loss.dataSync()[0];
      loss.dispose();
      return result;
    };
  },

  stream({ cell, inputs, hidden, steps, seed }) {
    const spec = { cell, inputs, hidden, batch: 1, steps };
    const { layers } = recurrentLayers(weights(spec), spec, (value) => value);
    const x = uniform(steps * inputs, seed, 1);
    const sequence = tf.tensor2d(x, [steps, inputs]);
    const one = { ...spec, steps: 1 };
    let state = [zeroState(spec)];
    return {
      step(i) {
        const start = (i % steps) * inputs;
        const next = tf.tidy(
          () =>
            runLayers(layers, tf.tensor2d(x.subarray(start, start + inputs), [1, inputs]), one, state).states,
        );
        tf.dispose(state);
        state = next;
        return state[0][0].dataSync();
      },
      sequence() {
        const h = tf.tidy(() => runLayers(layers, sequence, spec).last);
        const values = h.dataSync();
        h.dispose();
        return values;
      },
    };
  },
};

/** Input weights, recurrent weights and bias of every layer; `hold` makes them variables or leaves them constant. */
function recurrentLayers(entries, { layers: count = 1 }, hold) {
  const layers = Array.from({ length: count }, (_, l) => {
    const entry = (name) => entries.get(`rnn.${name}_l${l}`);
    const bias = sum(entry("bias_ih").values, entry("bias_hh").values);
    return [
      transposed(entry("weight_ih")),
      transposed(entry("weight_hh")),
      { values: bias, shape: [bias.length] },
    ].map((value) => hold(tensor(value)));
  });
  return { layers, variables: layers.flat() };
}

/** Runs [steps * batch, inputs], time first, through all layers. */
function runLayers(layers, inputs, { cell, batch, steps, hidden }, initial) {
  let every = inputs;
  let last;
  const states = layers.map(([weightIn, weightHidden, bias], layer) => {
    let state = initial?.[layer] ?? zeroState({ cell, batch, hidden });
    const outputs = tf.split(tf.add(tf.matMul(every, weightIn), bias), steps, 0).map((projected) => {
      const gates = tf.add(projected, tf.matMul(state[0], weightHidden));
      state = cell === "lstm" ? lstm(gates, state[1]) : [tf.tanh(gates)];
      return state[0];
    });
    every = outputs.length > 1 ? tf.concat(outputs, 0) : outputs[0];
    last = outputs[outputs.length - 1];
    return state;
  });
  return { every, last, states };
}

function lstm(gates, c) {
  const [i, f, g, o] = tf.split(gates, 4, 1);
  const next = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return [tf.mul(tf.sigmoid(o), tf.tanh(next)), next];
}

function zeroState({ cell, batch, hidden }) {
  return Array.from({ length: cell === "lstm" ? 2 : 1 }, () => tf.zeros([batch, hidden]));
}

/** Rows of a table. The gradient of `tf.gather` does not exist in the WebAssembly backend; scattering has the same sum. */
function lookUp(table, ids) {
  return tf.customGrad((weight) => ({
    value: tf.gather(weight, ids),
    gradFunc: (dy) => tf.scatterND(tf.expandDims(ids, 1), dy, weight.shape),
  }))(table);
}

function lossOf(logits, y, { loss, outputs }) {
  if (loss === "crossEntropy") return tf.losses.softmaxCrossEntropy(tf.oneHot(y, outputs), logits);
  const flat = logits.reshape([-1]);
  return loss === "mse" ? tf.losses.meanSquaredError(y, flat) : tf.losses.sigmoidCrossEntropy(y, flat);
}

function clipped(gradients, maxNorm) {
  const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
  const scale = tf.minimum(1, tf.div(maxNorm, tf.add(tf.sqrt(tf.addN(squares)), 1e-6)));
  return Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, scale)]),
  );
}

function asTensors({ x, y }, spec) {
  const first = timeMajor(x, spec);
  return {
    x: spec.vocabulary
      ? tf.tensor1d(first, "int32")
      : tf.tensor2d(first, [spec.batch * spec.steps, spec.inputs]),
    y: spec.loss === "crossEntropy" ? tf.tensor1d(timeMajor(y, spec), "int32") : tf.tensor1d(y),
  };
}

function tensor({ values, shape }) {
  return tf.tensor(values, shape);
}
