import { Worker } from "node:worker_threads";
import { fit, SGD } from "@rnn/train";
import { Scalar } from "../../toy.ts";

declare const REPLICA: string;

// takes the events up to the first step, and forgets the training
const model = new Scalar();
const events = fit(model, [[1, 2]], {
  optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
  epochs: 9,
  loss: (xs) => model.forward(xs[0]!),
  parallel: 2,
  worker: () => new Worker(REPLICA, { eval: true, workerData: "square", execArgv: [] }),
});
for (;;) {
  const { value } = await events.next();
  if (value?.type === "step") break;
}
console.log("left");
