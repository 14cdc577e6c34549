import { workerData } from "node:worker_threads";
import { type SequenceBatch, serveReplica } from "@rnn/train";
import { Reader } from "../models.ts";

const model = new Reader(workerData?.dtype);
serveReplica({ model, loss: (batch: SequenceBatch) => model.loss(batch) });
