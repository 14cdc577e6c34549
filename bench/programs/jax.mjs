// the same as rnn.mjs; jax-js has no layers, so the cell is written out
import { init, jit, nn, numpy as np, random, tree, valueAndGrad } from "@jax-js/jax";

function loss({ weightIn, weightHidden, bias, weightOut }, x, y) {
  let h = np.zeros([32, 32]);
  let c = np.zeros([32, 32]);
  for (const step of np.unstack(x, 0)) {
    const sums = np.matmul(step, weightIn.ref).add(np.matmul(h, weightHidden.ref)).add(bias.ref);
    const [i, f, g, o] = np.split(sums, 4, 1);
    c = nn
      .sigmoid(f)
      .mul(c)
      .add(nn.sigmoid(i).mul(np.tanh(g)));
    h = nn.sigmoid(o).mul(np.tanh(c.ref));
  }
  for (const used of [c, weightIn, weightHidden, bias]) used.dispose();
  return np.square(np.matmul(h, weightOut).sub(y)).mean();
}

init("wasm").then(async () => {
  const draw = (shape) => random.normal(random.key(0), shape);
  const parameters = {
    weightIn: draw([1, 128]),
    weightHidden: draw([32, 128]),
    bias: np.zeros([128]),
    weightOut: draw([32, 1]),
  };
  const differentiate = jit(valueAndGrad(loss));
  const [value, gradients] = differentiate(tree.ref(parameters), draw([48, 32, 1]), draw([32, 1]));
  tree.map((p, g) => p.sub(g.mul(0.001)), parameters, gradients);
  document.title = String(await value.data());
});
