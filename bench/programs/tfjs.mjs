// the same as rnn.mjs, with the layers that most users of TensorFlow.js would take
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";

tf.setBackend("wasm").then(async () => {
  const model = sequential();
  model.add(layers.lstm({ units: 32, inputShape: [48, 1] }));
  model.add(layers.dense({ units: 1 }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "meanSquaredError" });
  document.title = String(await model.trainOnBatch(tf.randomNormal([32, 48, 1]), tf.randomNormal([32, 1])));
});
