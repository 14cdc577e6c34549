// What the workers of the tests run.
import { serveTraining } from "@rnn/train/worker";
import { type Settings, train } from "./training.ts";

serveTraining((settings: Settings, controls) => {
  if (settings.failure === "begin") throw new Error("no such data");
  if (settings.failure === "exit") process.exit(3);
  if (settings.failure === "nothing") return {} as never;
  return train(settings, controls);
});
