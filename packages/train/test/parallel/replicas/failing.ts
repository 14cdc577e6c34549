import { Worker } from "node:worker_threads";
import { fit, SGD } from "@rnn/train";
import { Scalar } from "../../toy.ts";

declare const REPLICA: string;

// nothing but the training keeps the process alive while it ends its replicas, again and again
const model = new Scalar();
for (let i = 0; i < 15; i++) {
  const events = fit(model, [[1, 2]], {
    optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
    epochs: 1,
    loss: (xs) => model.forward(xs[0]!),
    parallel: 2,
    worker: () => new Worker(REPLICA, { eval: true, workerData: "throws-first", execArgv: [] }),
  });
  try {
    for await (const _ of events);
  } catch (error) {
    console.log(String(error).replace(/\d of/, "N of"));
  }
}
