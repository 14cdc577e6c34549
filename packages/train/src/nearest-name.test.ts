import { Parameter } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { Adam } from "@rnn/train";
import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

const names = [
  "learningRate",
  "weightDecay",
  "earlyStopping",
  "validation",
  "epochs",
  "minDelta",
  "k1",
  "k2",
];

test.each([
  ["lr", "learningRate"],
  ["learning_rate", "learningRate"],
  ["learningrate", "learningRate"],
  ["lerningRate", "learningRate"],
  ["early_stopping", "earlyStopping"],
  ["validationData", "validation"],
  ["validation_data", "validation"],
  ["epoch", "epochs"],
  ["delta", "minDelta"],
  ["k3", "k1"],
  ["at", null],
  ["momentum", null],
])("%s: %s", (name, meant) => {
  expect(nearestName(name, names)).toBe(meant);
});

test.each([
  ["max_grad_norm", "clipNorm"],
  ["gradient_clip_val", "clipNorm"],
  ["patience", "earlyStopping"],
  ["max_length", "maxNewTokens"],
  ["eos_token_id", "stopTokens"],
  ["num_return_sequences", "branches"],
  ["lookback", "history"],
  ["sp", "season"],
  ["padding_idx", "padIndex"],
  ["lr_decay", "learningRateDecay"],
])("%s of another library is %s here", (name, meant) => {
  expect(nearestName(name, ["epochs", meant])).toBe(meant);
});

test("a name that other libraries use is not proposed where there is no such option", () => {
  expect(nearestName("lr", ["epochs"])).toBeNull();
});

test("an unknown option is answered with the one that was meant, and all there are", () => {
  const parameters = [new Parameter(tensor([1]))];
  expect(() => new Adam(parameters, { lr: 0.1 } as object)).toThrow(
    new TypeError(
      'Adam: unknown option "lr" (did you mean "learningRate"?); options are learningRate, betas, eps, weightDecay, amsgrad, maximize',
    ),
  );
});
