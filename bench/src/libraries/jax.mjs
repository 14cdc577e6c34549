import { pathToFileURL } from "node:url";
import { batches, uniform, weights } from "../data.mjs";
import { requirePeer } from "../peers.mjs";
import { timeMajor, transposed } from "./layout.mjs";

const jax = await import(pathToFileURL(requirePeer.resolve("@jax-js/jax")).href);
const { numpy: np, nn, jit, tree, valueAndGrad, vjp } = jax;
await jax.init("wasm"); // without a name it asks `navigator`, which Node 20 does not have
jax.defaultDevice("wasm");

/**
 * jax-js on WebAssembly, everything inside `jit`. It has no scan, so loops over time are unrolled as they are traced; an
 * array is used up by the function it is passed to unless `.ref` is passed instead.
 */
export default {
  gemm(m, k, n, a, b) {
    const left = array(a, [m, k]);
    const right = array(b, [k, n]);
    const matmul = jit((x, y) => np.matmul(x, y));
    return async () => {
      const product = matmul(left.ref, right.ref);
      await jax.blockUntilReady(product);
      product.dispose();
    };
  },

  train(spec) {
    const entries = weights(spec);
    let parameters = {
      layers: recurrentLayers(entries, spec),
      weight: asArray(transposed(entries.get("linear.weight"))),
      bias: asArray(entries.get("linear.bias")),
    };
    if (spec.vocabulary) parameters.table = asArray(entries.get("embedding.weight"));
    const data = batches(spec).map((batch) => asArrays(batch, spec));
    let carried = spec.carriesState ? parameters.layers.map(() => zeroState(spec)) : [];
    const { initial, update } = optimizers[spec.optimizer];
    let moments = initial(parameters);

    // the gradient of a look-up does not compile, so looking up and scattering are programs of their own
    const lookUp = jit((table, ids) => np.take(table, ids, 0));
    const scatter = jit((table, ids, gradient) => {
      const [rows, back] = vjp((weight) => np.take(weight, ids, 0), [table]);
      rows.dispose();
      const [result] = back(gradient);
      back.dispose();
      return result;
    });
    const differentiate = jit((p, x, y, state) => {
      const loss = (p, x) => lossOf(p, x, y, state, spec);
      const [[value, states], [gradients, dx]] = valueAndGrad(loss, { hasAux: true, argnums: [0, 1] })(p, x);
      return [value, states, gradients, dx];
    });
    const apply = jit((p, moments, gradients, scales) =>
      update(p, moments, clipped(gradients, spec.clipNorm), scales, spec),
    );

    return async (i) => {
      const { x, y } = data[i % data.length];
      const { table, ...rest } = parameters;
      const inputs = table ? lookUp(table.ref, x.ref) : x.ref;
      const [loss, states, gradients, dx] = differentiate(tree.ref(rest), inputs, y.ref, carried);
      if (table) gradients.table = scatter(table.ref, x.ref, dx);
      else dx.dispose();
      const scales = new Float32Array([spec.learningRate / (1 - 0.9 ** (i + 1)), 1 / (1 - 0.999 ** (i + 1))]);
      [parameters, moments] = apply(parameters, moments, gradients, array(scales, [2]));
      carried = states;
      return (await loss.data())[0];
    };
  },

  stream({ cell, inputs, hidden, steps, seed }) {
    const spec = { cell, inputs, hidden, batch: 1 };
    const layers = recurrentLayers(weights(spec), spec);
    const x = uniform(steps * inputs, seed, 1);
    const whole = array(x, [steps, inputs]);
    const run = (length) =>
      jit((layers, x, states) => {
        const { outputs, states: finals } = runLayers(layers, x, states, { ...spec, steps: length });
        for (const output of outputs) output.dispose();
        return finals;
      });
    const [one, all] = [run(1), run(steps)];
    let states = [zeroState(spec)];
    return {
      async step(i) {
        const start = (i % steps) * inputs;
        states = one(tree.ref(layers), array(x.slice(start, start + inputs), [1, inputs]), states);
        return states[0].h.ref.data();
      },
      async sequence() {
        const [{ h, c }] = all(tree.ref(layers), whole.ref, [zeroState(spec)]);
        c.dispose();
        return h.data();
      },
    };
  },
};

const optimizers = {
  sgd: {
    initial: () => ({}),
    update(parameters, moments, gradients, scales, { learningRate }) {
      scales.dispose();
      return [tree.map((p, g) => p.sub(g.mul(learningRate)), parameters, gradients), moments];
    },
  },
  adam: {
    initial(parameters) {
      const zeros = () => tree.map((p) => np.zeros(p.shape), parameters);
      return { mean: zeros(), square: zeros() };
    },
    update(parameters, moments, gradients, scales) {
      const [rate, correction] = np.unstack(scales, 0);
      const mean = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), moments.mean, tree.ref(gradients));
      const square = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), moments.square, gradients);
      const step = (p, m, v) => p.sub(m.mul(rate.ref).div(np.sqrt(v.mul(correction.ref)).add(1e-8)));
      const updated = tree.map(step, parameters, tree.ref(mean), tree.ref(square));
      rate.dispose();
      correction.dispose();
      return [updated, { mean, square }];
    },
  },
};

/** Loss of a batch and the final states. */
function lossOf({ layers, weight, bias }, x, y, initial, spec) {
  const start = spec.carriesState ? initial : layers.map(() => zeroState(spec));
  const { outputs, states } = runLayers(layers, x, start, spec);
  const everyStep = spec.loss === "crossEntropy";
  const last = everyStep ? undefined : outputs.pop();
  const read = everyStep ? np.concatenate(outputs, 0) : last;
  if (!everyStep) for (const output of outputs) output.dispose();
  if (!spec.carriesState) for (const state of states) tree.dispose(state);
  const logits = np.matmul(read, weight).add(bias);
  return [pointwise(logits, y, spec), spec.carriesState ? states : []];
}

function pointwise(logits, y, { loss, outputs, batch, steps }) {
  if (loss === "crossEntropy") {
    return nn
      .logSoftmax(logits, 1)
      .mul(nn.oneHot(y, outputs))
      .sum()
      .mul(-1 / (batch * steps));
  }
  const flat = logits.reshape([batch]);
  return loss === "mse" ? np.square(flat.sub(y)).mean() : nn.softplus(flat.ref).sub(flat.mul(y)).mean();
}

/** Runs [steps * batch, inputs], time first, through all layers; `outputs` are those of the last one. */
function runLayers(layers, x, initial, { cell, batch, steps, hidden }) {
  let outputs = [];
  const states = layers.map(({ weightIn, weightHidden, biasIn, biasHidden }, layer) => {
    const inputs = layer === 0 ? x : np.concatenate(outputs, 0);
    const gates = cell === "lstm" ? 4 : 1;
    const projected = np.matmul(inputs, weightIn).add(biasIn).add(biasHidden);
    let state = initial[layer];
    outputs = np.unstack(projected.reshape([steps, batch, gates * hidden]), 0).map((step) => {
      const sums = step.add(np.matmul(state.h, weightHidden.ref));
      state = cell === "lstm" ? lstm(sums, state.c) : { h: np.tanh(sums) };
      return state.h.ref;
    });
    weightHidden.dispose();
    return state;
  });
  return { outputs, states };
}

function lstm(gates, before) {
  const [i, f, g, o] = np.split(gates, 4, 1);
  const c = nn
    .sigmoid(f)
    .mul(before)
    .add(nn.sigmoid(i).mul(np.tanh(g)));
  return { h: nn.sigmoid(o).mul(np.tanh(c.ref)), c };
}

function clipped(gradients, maxNorm) {
  if (maxNorm === undefined) return gradients;
  const squares = tree.leaves(tree.ref(gradients)).map((gradient) => np.square(gradient).sum());
  const norm = np.sqrt(squares.reduce((total, square) => total.add(square)));
  const scale = np.minimum(1, np.trueDivide(maxNorm, norm.add(1e-6)));
  const result = tree.map((gradient) => gradient.mul(scale.ref), gradients);
  scale.dispose();
  return result;
}

function recurrentLayers(entries, { layers = 1 }) {
  return Array.from({ length: layers }, (_, l) => ({
    weightIn: asArray(transposed(entries.get(`rnn.weight_ih_l${l}`))),
    weightHidden: asArray(transposed(entries.get(`rnn.weight_hh_l${l}`))),
    biasIn: asArray(entries.get(`rnn.bias_ih_l${l}`)),
    biasHidden: asArray(entries.get(`rnn.bias_hh_l${l}`)),
  }));
}

function zeroState({ cell, batch, hidden }) {
  const zeros = () => np.zeros([batch, hidden]);
  return cell === "lstm" ? { h: zeros(), c: zeros() } : { h: zeros() };
}

function asArrays({ x, y }, spec) {
  const first = timeMajor(x, spec);
  return {
    x: spec.vocabulary ? integers(first) : array(first, [spec.batch * spec.steps, spec.inputs]),
    y: spec.loss === "crossEntropy" ? integers(timeMajor(y, spec)) : array(y, [y.length]),
  };
}

const array = (values, shape) => np.array(values).reshape(shape);
const asArray = ({ values, shape }) => array(values, shape);
const integers = (values) => np.array(values, { dtype: np.int32 });
