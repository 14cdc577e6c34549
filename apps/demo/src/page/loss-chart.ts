import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** Share of the old value in the smoothed training loss. */
const SMOOTHING = 0.9;

/** Training loss (smoothed) and validation loss and accuracy over the steps. */
export class LossChart {
  readonly #host: HTMLElement;
  #plot: uPlot | null = null;
  #steps: number[] = [];
  #training: (number | null)[] = [];
  #validation: (number | null)[] = [];
  #accuracy: (number | null)[] = [];
  #smooth: number | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(host);
  }

  clear(): void {
    this.#steps = [];
    this.#training = [];
    this.#validation = [];
    this.#accuracy = [];
    this.#smooth = null;
    this.#draw();
  }

  addStep(step: number, loss: number): void {
    this.#smooth = this.#smooth === null ? loss : SMOOTHING * this.#smooth + (1 - SMOOTHING) * loss;
    this.#add(step, this.#smooth, null, null);
  }

  addEpoch(step: number, validationLoss: number, accuracy: number): void {
    this.#add(step, this.#smooth, validationLoss, accuracy);
  }

  #add(step: number, training: number | null, validation: number | null, accuracy: number | null): void {
    this.#steps.push(step);
    this.#training.push(training);
    this.#validation.push(validation);
    this.#accuracy.push(accuracy);
    this.#draw();
  }

  #draw(): void {
    const data: uPlot.AlignedData = [this.#steps, this.#training, this.#validation, this.#accuracy];
    if (this.#plot === null) this.#plot = new uPlot(this.#options(), data, this.#host);
    else this.#plot.setData(data);
  }

  #size(): { width: number; height: number } {
    return { width: this.#host.clientWidth, height: 260 };
  }

  #options(): uPlot.Options {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim() || "gray";
    const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 } };
    const digits = (value: number | null): string => (value === null ? "–" : value.toFixed(3));
    return {
      ...this.#size(),
      scales: { x: { time: false }, share: { range: [0, 1] } },
      axes: [
        { ...axis, label: "step" },
        { ...axis, label: "loss" },
        {
          ...axis,
          stroke: colour("--share"),
          scale: "share",
          side: 1,
          grid: { show: false },
          label: "accuracy",
        },
      ],
      series: [
        { label: "step" },
        {
          label: "training loss",
          stroke: colour("--accent"),
          width: 2,
          value: (_plot, value) => digits(value),
        },
        {
          label: "validation loss",
          stroke: colour("--high"),
          width: 2,
          spanGaps: true,
          value: (_plot, value) => digits(value),
        },
        {
          label: "validation accuracy",
          stroke: colour("--share"),
          width: 2,
          dash: [6, 4],
          spanGaps: true,
          scale: "share",
          value: (_plot, value) => digits(value),
        },
      ],
    };
  }
}
