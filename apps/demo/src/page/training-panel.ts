import { decodeRecurrentModel, type RecurrentModel } from "../tasks/classification/saved/model-file.ts";
import { byId } from "./elements.ts";
import { LossChart } from "./loss-chart.ts";
import type { FromWorker, ToWorker, TrainingRequest } from "./messages.ts";

/** The lower half of the page: a form, a worker that trains, and its progress. */
export class TrainingPanel {
  readonly #worker = new Worker(new URL("./training-worker.ts", import.meta.url), { type: "module" });
  readonly #form = byId("training", HTMLFormElement);
  readonly #start = byId("start", HTMLButtonElement);
  readonly #pause = byId("pause", HTMLButtonElement);
  readonly #stop = byId("stop", HTMLButtonElement);
  readonly #progress = byId("progress", HTMLElement);
  readonly #chart = new LossChart(byId("loss", HTMLElement));
  readonly #onModel: (model: RecurrentModel, description: string) => void;
  #isPaused = false;

  /** @param onModel - hears of the model after every epoch and at the end */
  constructor(onModel: (model: RecurrentModel, description: string) => void) {
    this.#onModel = onModel;
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    this.#worker.addEventListener("error", (event) => this.#finish(`The worker failed: ${event.message}`));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin();
    });
    this.#pause.addEventListener("click", () => this.#setPaused(!this.#isPaused));
    this.#stop.addEventListener("click", () => this.#send({ type: "stop" }));
    this.#setRunning(false);
  }

  #begin(): void {
    const values = new FormData(this.#form);
    const request: TrainingRequest = {
      cell: values.get("cell") as TrainingRequest["cell"],
      hidden: Number(values.get("hidden")),
      learningRate: Number(values.get("learningRate")),
      epochs: Number(values.get("epochs")),
      seed: Number(values.get("seed")),
    };
    this.#chart.clear();
    this.#setRunning(true);
    this.#progress.textContent = "Building the vocabulary …";
    this.#send({ type: "start", request });
  }

  #hear(message: FromWorker): void {
    if (message.type === "steps") {
      this.#chart.addStep(message.step, message.loss);
      const share = Math.floor((100 * message.step) / message.steps);
      if (!this.#isPaused) this.#progress.textContent = `Epoch ${message.epoch}, ${share} % of all steps.`;
    } else if (message.type === "epoch") {
      this.#chart.addEpoch(message.step, message.validationLoss, message.accuracy);
      this.#onModel(decodeRecurrentModel(message.model), `your model after epoch ${message.epoch}`);
    } else if (message.type === "end") {
      this.#onModel(decodeRecurrentModel(message.model), "your model");
      const right = (100 * message.accuracy).toFixed(1);
      this.#finish(
        `${message.reason === "aborted" ? "Stopped" : "Done"}: ${right} % of the test sentences right.`,
      );
    } else {
      this.#finish(`Training failed: ${message.message}`);
    }
  }

  #setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#pause.textContent = paused ? "Resume" : "Pause";
    if (paused) this.#progress.textContent = "Paused.";
    this.#send({ type: paused ? "pause" : "resume" });
  }

  #finish(text: string): void {
    this.#progress.textContent = text;
    this.#setRunning(false);
  }

  #setRunning(running: boolean): void {
    this.#start.disabled = running;
    this.#pause.disabled = !running;
    this.#stop.disabled = !running;
    this.#isPaused = false;
    this.#pause.textContent = "Pause";
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
