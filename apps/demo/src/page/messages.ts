/** What the form asks for. */
export interface TrainingRequest {
  readonly cell: "rnn" | "lstm" | "gru";
  readonly hidden: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly seed: number;
}

/** From the page to the worker. */
export type ToWorker =
  | { readonly type: "start"; readonly request: TrainingRequest }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "stop" };

/** From the worker to the page. */
export type FromWorker =
  | {
      readonly type: "steps";
      readonly epoch: number;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
    }
  | {
      readonly type: "epoch";
      readonly epoch: number;
      readonly step: number;
      readonly validationLoss: number;
      readonly accuracy: number;
      /** The model as it is now, as the bytes of a saved model. */
      readonly model: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly type: "end";
      readonly reason: string;
      /** Share of the test sentences that the final model gets right. */
      readonly accuracy: number;
      readonly model: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: "error"; readonly message: string };
