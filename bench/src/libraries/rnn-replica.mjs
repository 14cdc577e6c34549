import { workerData as spec } from "node:worker_threads";
import { detachState, serveReplica } from "@rnn/train";
import { lossFunctions, networkOf } from "./rnn-network.mjs";

const model = networkOf(spec);
let state;
serveReplica({
  model,
  loss({ x, y }) {
    const result = model.forward(x, state);
    // every replica always gets the same rows, and carries their state on
    if (spec.carriesState) state = detachState(result.state);
    return lossFunctions[spec.loss](result.output, y);
  },
});
