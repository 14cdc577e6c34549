import { serveReplica } from "@rnn/train";
import { Forecaster } from "./network.ts";

const model = new Forecaster();
serveReplica({ model, loss: (batch: Parameters<Forecaster["loss"]>[0]) => model.loss(batch) });
